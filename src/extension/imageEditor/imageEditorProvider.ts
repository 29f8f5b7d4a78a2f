import type * as vscode from 'vscode';
import { localPath } from '../imageFiles';
import { ImageEditor, type EditorContext } from './imageEditor';

/** An image as VS Code's editors know it; its file is never written. */
interface ImageDocument extends vscode.CustomDocument {
  /** Absolute path. */
  readonly file: string;
}

/** Opens images in *Atelier Image* editors, several on one image if wanted. */
export class ImageEditorProvider implements vscode.CustomReadonlyEditorProvider<ImageDocument> {
  static readonly viewType = 'atelier.imageEditor';
  private readonly editors = new Set<ImageEditor>();

  constructor(private readonly context: EditorContext) {}

  /** The editor in front, for commands. */
  get active(): ImageEditor | undefined {
    return [...this.editors].find(({ panel }) => panel.active);
  }

  openCustomDocument(uri: vscode.Uri): ImageDocument {
    return { uri, file: localPath(uri), dispose: () => undefined };
  }

  async resolveCustomEditor({ file }: ImageDocument, panel: vscode.WebviewPanel): Promise<void> {
    const closing = new AbortController();
    panel.onDidDispose(() => {
      closing.abort();
    });
    // Its paintings are among the runs, which nobody may have looked at yet.
    await this.context.runs.ensureLoaded();
    if (closing.signal.aborted) return;
    const editor = new ImageEditor(panel, file, this.context);
    this.editors.add(editor);
    panel.onDidDispose(() => {
      this.editors.delete(editor);
      editor.dispose();
    });
  }
}
