import { LossCurves } from './losses/curves';
import type { LayerInsight, Reconstruction } from '../../protocol/run';
import type { Frame, Snapshot, StudioUpdate } from '../../protocol/studio';

/** What the panel shows: the snapshot, brought up to date. `curves` is one object that grows; see `revision`. */
export interface PanelState extends Omit<Snapshot, 'history'> {
  readonly curves: LossCurves;
  /** Changes whenever the curves do. */
  readonly revision: number;
}

/** More frames than this are thinned to every second one; the first and the latest stay. */
export const MAX_FRAMES = 480;

/** The state after an update; undefined until the first snapshot. Commands change nothing. */
export function applyUpdate(state: PanelState | undefined, update: StudioUpdate): PanelState | undefined {
  if (update.type === 'snapshot') {
    const { history, ...rest } = update.snapshot;
    return { ...rest, curves: LossCurves.of(history), revision: (state?.revision ?? 0) + 1 };
  }
  if (state === undefined) return undefined;
  switch (update.type) {
    case 'progress':
      return progressed(state, update);
    case 'retuned':
      return {
        ...state,
        marks: [...state.marks, update.mark],
        controls: update.controls,
        revision: state.revision + 1,
      };
    case 'reconstruction':
      return { ...state, reconstructions: replaced(state.reconstructions, update.reconstruction) };
    case 'insights':
      return { ...state, insights: merged(state.insights, update.insights) };
    case 'command':
      return state;
  }
}

function progressed(
  state: PanelState,
  { points, frames, status }: StudioUpdate & { type: 'progress' },
): PanelState {
  for (const point of points) state.curves.push(point);
  return {
    ...state,
    status: status ?? state.status,
    frames: frames.length === 0 ? state.frames : thinned([...state.frames, ...frames]),
    revision: points.length === 0 ? state.revision : state.revision + 1,
  };
}

function thinned(frames: readonly Frame[]): readonly Frame[] {
  if (frames.length <= MAX_FRAMES) return frames;
  return frames.filter((_, index) => index % 2 === 0 || index === frames.length - 1);
}

function replaced(list: readonly Reconstruction[], one: Reconstruction): readonly Reconstruction[] {
  return list.some(({ id }) => id === one.id)
    ? list.map(old => (old.id === one.id ? one : old))
    : [...list, one];
}

/** Tells insights apart. */
export function insightKey({ kind, layer }: Pick<LayerInsight, 'kind' | 'layer'>): string {
  return `${kind} ${layer}`;
}

/** Layers stay in the order in which they came; pictures and matrices that an update leaves out are kept. */
function merged(list: readonly LayerInsight[], updates: readonly LayerInsight[]): readonly LayerInsight[] {
  const layers = new Map(list.map(insight => [insightKey(insight), insight]));
  for (const update of updates) {
    const old = layers.get(insightKey(update));
    layers.set(insightKey(update), {
      ...update,
      styleGram: update.styleGram ?? old?.styleGram,
      resultGram: update.resultGram ?? old?.resultGram,
      gradientOverlay: update.gradientOverlay ?? old?.gradientOverlay,
    });
  }
  return [...layers.values()];
}
