import type { LossHistory } from '../../jobs/history';
import type { Line } from '../../page/curves';

/** What the curves of a run are called. */
export interface LossNames {
  readonly total: string;
  readonly tv: string;
  /** In front of the layer's name. */
  readonly content: string;
  readonly style: string;
}

/** The losses of a run as lines: the total, total variation, each content layer, each style layer. */
export function lossLines(history: LossHistory, names: LossNames): readonly Line[] {
  const line = (name: string, values: readonly number[]): Line => ({ name, x: history.evaluations, values });
  const layers = (kind: 'content' | 'style') =>
    Object.entries(history[kind]).map(([layer, values]) => line(`${names[kind]} ${layer}`, values));
  return [
    line(names.total, history.total),
    line(names.tv, history.tv),
    ...layers('content'),
    ...layers('style'),
  ];
}
