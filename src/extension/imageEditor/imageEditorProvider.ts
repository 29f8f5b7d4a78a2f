import { promises as fs } from 'node:fs';
import * as vscode from 'vscode';
import { AtelierError, reportError } from '../../common/errors';
import { msg } from '../../common/messages';
import { localPath } from '../imageFiles';
import { RECIPE_ENDING } from '../recipes/recipeEnding';
import { problemOf } from '../problems';
import { ImageEditor, type EditorContext } from './imageEditor';
import { swatches } from '../stylize/swatches';
import { ImageDocument } from './regions/imageDocument';

/** Opens images in *Atelier Image* editors, several on one image if wanted: they paint the same regions. */
export class ImageEditorProvider implements vscode.CustomEditorProvider<ImageDocument> {
  static readonly viewType = 'atelier.imageEditor';
  private readonly editors = new Set<ImageEditor>();
  private readonly edits = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<ImageDocument>>();
  readonly onDidChangeCustomDocument = this.edits.event;

  constructor(private readonly context: EditorContext) {}

  /** The editor in front, for commands. */
  get active(): ImageEditor | undefined {
    return [...this.editors].find(({ panel }) => panel.active);
  }

  async openCustomDocument(
    uri: vscode.Uri,
    { backupId }: vscode.CustomDocumentOpenContext,
  ): Promise<ImageDocument> {
    const backup = backupId === undefined ? undefined : vscode.Uri.parse(backupId).fsPath;
    const document = await ImageDocument.open(uri, localPath(uri), backup);
    // With the document go its listeners.
    document.onDidEdit(({ before, after }) =>
      this.edits.fire({
        document,
        label: vscode.l10n.t('Paint Regions'),
        undo: () => document.show(before),
        redo: () => document.show(after),
      }),
    );
    return document;
  }

  async resolveCustomEditor(document: ImageDocument, panel: vscode.WebviewPanel): Promise<void> {
    const closing = new AbortController();
    panel.onDidDispose(() => {
      closing.abort();
    });
    // Its paintings are among the runs, which nobody may have looked at yet.
    await this.context.runs.ensureLoaded();
    if (closing.signal.aborted) return;
    const editor = new ImageEditor(panel, document, this.context);
    this.editors.add(editor);
    panel.onDidDispose(() => {
      this.editors.delete(editor);
      editor.dispose();
    });
  }

  saveCustomDocument(document: ImageDocument): Promise<void> {
    return said(() => document.save(this.styleOf(document)));
  }

  saveCustomDocumentAs(document: ImageDocument, destination: vscode.Uri): Promise<void> {
    return said(() => {
      const file = localPath(destination);
      if (!file.endsWith(RECIPE_ENDING))
        throw new AtelierError('write-failed', msg`Regions are saved in a recipe, not in an image.`, {
          next: msg`Choose a name that ends in .atelier.json.`,
        });
      document.saveAs(this.styleOf(document), file);
    });
  }

  revertCustomDocument(document: ImageDocument): Promise<void> {
    return document.revert();
  }

  backupCustomDocument(
    document: ImageDocument,
    { destination }: vscode.CustomDocumentBackupContext,
  ): Promise<vscode.CustomDocumentBackup> {
    return said(() => {
      document.backup(destination.fsPath);
      return { id: destination.toString(), delete: () => void fs.rm(destination.fsPath, { force: true }) };
    });
  }

  /** What the rest of the picture is painted in by a recipe that begins here. */
  private styleOf(document: ImageDocument): string {
    const editor = [...this.editors].find(one => one.document === document);
    return editor?.style ?? swatches()[0]!.style;
  }
}

/** VS Code shows what is thrown here: in words of the person's language. */
async function said<Result>(work: () => Result): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { sentence, next } = problemOf(reportError(error));
    throw new Error(next === undefined ? sentence : `${sentence} ${next}`, { cause: error });
  }
}
