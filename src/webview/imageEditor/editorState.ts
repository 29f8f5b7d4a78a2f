import type { Problem } from '../../protocol/page';
import type { EditorSnapshot, EditorUpdate, SizeEstimate } from '../../protocol/imageEditor';

/** What the view shows: the snapshot, brought up to date. */
export interface EditorState extends EditorSnapshot {
  readonly notice?: Problem | undefined;
  readonly estimate?: SizeEstimate | undefined;
}

/** The state after an update; undefined until the first snapshot. Commands change nothing. */
export function applyUpdate(state: EditorState | undefined, update: EditorUpdate): EditorState | undefined {
  if (update.type === 'snapshot') return update.snapshot;
  if (state === undefined) return undefined;
  switch (update.type) {
    case 'image':
      return { ...state, image: update.image };
    case 'results':
      return { ...state, results: update.results };
    case 'styles':
      return { ...state, styles: update.styles };
    case 'run':
      return { ...state, run: update.run };
    case 'estimate':
      return { ...state, estimate: update.estimate };
    case 'notice':
      return { ...state, notice: update.notice };
    case 'regions':
      return { ...state, regions: update.regions };
    case 'command':
      return state;
  }
}
