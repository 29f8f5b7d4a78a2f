import * as path from 'node:path';
import * as vscode from 'vscode';
import type { EditorRequest } from '../../protocol/imageEditor';
import { isAction } from '../problems';
import type { Run } from '../runs/run';
import type { Runs } from '../runs/runs';
import type { Settings } from '../settings';
import { notifyCopied } from '../studio/studioRequests';
import { imageOf } from '../stylize/plan';
import { droppedStyle, keepDropped, tooLargeToDrop } from '../stylize/droppedStyle';
import type { RecentStyles } from '../stylize/recentStyles';
import type { StylizeFlow } from '../stylize/stylizeFlow';
import type { ImageDocument } from './regions/imageDocument';
import { contentIn, type Result } from './results';

/** What an editor may ask for. */
export interface EditorDependencies {
  readonly runs: Runs;
  readonly flow: StylizeFlow;
  readonly recent: RecentStyles;
  readonly settings: Settings;
}

/** What requests are carried out on. */
export interface RequestedEditor {
  /** Absolute path. */
  readonly file: string;
  readonly document: ImageDocument;
  readonly activeRun: Run | undefined;
  choose(style: string): void;
  estimate(painting: EditorRequest & { type: 'estimate' }): Promise<void>;
  result(id: string): Result | undefined;
}

/** Carries out a request of an editor. Throws what goes wrong. */
export async function handleEditorRequest(
  request: Exclude<EditorRequest, { type: 'ready' }>,
  editor: RequestedEditor,
  { runs, flow, recent, settings }: EditorDependencies,
): Promise<void> {
  const { file } = editor;
  const adopt = async (styles: readonly string[] | undefined) => {
    const [style] = styles ?? [];
    if (style === undefined) return;
    await recent.add([style]);
    editor.choose(style);
  };
  switch (request.type) {
    case 'stylize': {
      const { type: _type, style, ...choice } = request;
      const regions = editor.document.forPainting(path.join(settings.storage, 'masks'));
      const options = { ...choice, ...(regions.length === 0 ? {} : { regions }) };
      if (style === undefined) return flow.stylize([file], options);
      return flow.paintWith([file], [style], options);
    }
    case 'retune': {
      const run = editor.activeRun;
      return run && runs.retune(run.folder, { ratio: request.ratio });
    }
    case 'estimate':
      return editor.estimate(request);
    case 'pickStyle':
      return adopt((await flow.askOneStyle(file, undefined, 'none'))?.map(imageOf));
    case 'editRegions':
      editor.document.edit(request.regions, editor);
      return;
    case 'pickRegionStyle': {
      const title = vscode.l10n.t('Choose a style for the region');
      const styles = (await flow.askOneStyle(file, title, 'equal'))?.map(imageOf);
      if (styles === undefined) return;
      await recent.add(styles);
      editor.document.setStyles(request.id, styles);
      return;
    }
    case 'dropStyle':
      return adopt([droppedStyle(request.uris)]);
    case 'dropFile':
      return adopt([await keepDropped(request.name, request.bytes, settings)]);
    case 'dropRefused':
      throw tooLargeToDrop(request.name);
    case 'showRun': {
      const run = editor.activeRun;
      runs.show(run && (await runs.open(run.folder)));
      return;
    }
    case 'openResult':
      return openResult(editor, request.id, runs);
    case 'copied':
      notifyCopied(request.error);
      return;
    case 'action':
      return handleAction(request.action, editor);
  }
}

async function openResult(editor: RequestedEditor, id: string, runs: Runs): Promise<void> {
  const result = editor.result(id);
  if (result?.saved !== undefined)
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(result.saved));
  else if (result?.folder !== undefined) runs.show(await runs.open(result.folder));
}

async function handleAction(id: string, editor: RequestedEditor): Promise<void> {
  if (isAction(id)) await vscode.commands.executeCommand(`atelier.${id}`);
  if (id !== 'compare') return;
  const content = await contentIn(editor.file);
  if (content !== undefined)
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(content), 'atelier.imageEditor');
}
