import { type EditorUpdate, readEditorUpdate } from '../../../src/protocol/imageEditor';
import { type FigureUpdate, readFigureUpdate } from '../../../src/protocol/figure';
import { readStylePickerUpdate, type StylePickerUpdate } from '../../../src/protocol/stylePicker';
import { readStudioUpdate, type StudioUpdate } from '../../../src/protocol/studio';
import { EditorScenes } from '../../../test/e2e/webview/editorScenes';
import { FigureScenes } from '../../../test/e2e/webview/figureScenes';
import type { PageName } from '../../../test/e2e/webview/previewServer';
import { StylePickerScenes } from '../../../test/e2e/webview/stylePickerScenes';
import { pointAt, StudioScenes } from '../../../test/e2e/webview/studioScenes';

/** What a page is told when all is well: the first of them is everything that it needs. */
export interface PageUpdates {
  readonly healthy: readonly { readonly type: string }[];
  /** Whether the page takes a message for one of its own. */
  readonly isUpdate: (message: unknown) => boolean;
}

/** @param url where a page finds a picture of the scenes */
export function updatesOf(name: PageName, url: (picture: string) => string): PageUpdates {
  switch (name) {
    case 'studio':
      return {
        healthy: studio(new StudioScenes(url)),
        isUpdate: message => readStudioUpdate(message) !== undefined,
      };
    case 'figure':
      return {
        healthy: figure(new FigureScenes(url)),
        isUpdate: message => readFigureUpdate(message) !== undefined,
      };
    case 'imageEditor':
      return {
        healthy: editor(new EditorScenes(url)),
        isUpdate: message => readEditorUpdate(message) !== undefined,
      };
    case 'stylePicker':
      return {
        healthy: stylePicker(new StylePickerScenes(url)),
        isUpdate: message => readStylePickerUpdate(message) !== undefined,
      };
  }
}

function stylePicker({ scene }: StylePickerScenes): StylePickerUpdate[] {
  const snapshot = scene();
  const [picture] = snapshot.sections[0]?.items ?? [];
  return [
    { type: 'snapshot', snapshot },
    { type: 'snapshot', snapshot: scene({ blend: 'none', searching: true }) },
    { type: 'picture', id: 'b.tif', uri: picture?.uri ?? '' },
  ];
}

function studio(scenes: StudioScenes): StudioUpdate[] {
  const snapshot = scenes.snapshot('running', 120);
  const status = scenes.status('running', 121);
  return [
    { type: 'snapshot', snapshot },
    { type: 'snapshot', snapshot: scenes.snapshot('done', 250) },
    { type: 'progress', points: [pointAt(121)], frames: snapshot.frames.slice(-1), status },
    { type: 'retuned', mark: { step: 121, label: 'γ 60 → 20' }, controls: scenes.run.controls },
    ...scenes.reconstructions.map(reconstruction => ({ type: 'reconstruction', reconstruction }) as const),
    { type: 'insights', insights: scenes.insights },
    { type: 'command', command: 'copyImage' },
  ];
}

function figure(scenes: FigureScenes): FigureUpdate[] {
  const snapshot = scenes.grid('running', 6);
  const { figure: shown, status } = snapshot;
  return [
    { type: 'snapshot', snapshot },
    { type: 'snapshot', snapshot: scenes.reconstructions('running', 3) },
    { type: 'cells', cells: shown.rows.flatMap(({ cells }) => cells).slice(0, 3) },
    { type: 'status', status },
  ];
}

function editor(scenes: EditorScenes): EditorUpdate[] {
  const { photograph: image, results, styles } = scenes;
  return [
    { type: 'snapshot', snapshot: scenes.snapshot({ results, styles }) },
    { type: 'image', image },
    { type: 'image', image: scenes.corrupt },
    { type: 'results', results },
    { type: 'styles', styles },
    { type: 'run', run: { label: '256 × 171, step 40 of 120', fraction: 0.3 } },
    {
      type: 'estimate',
      estimate: { size: 512, label: '370 MB', sentence: 'It takes 370 MB.', tooLarge: false, largest: 2000 },
    },
    { type: 'notice' },
    { type: 'command', command: 'zoomIn' },
  ];
}
