import type { LossHistory } from '../../jobs/history';
import { partsOf, RANGE } from '../../nst/terms/term';
import type { Line } from '../../page/curves';

/** What the curves of a run are called. */
export interface LossNames {
  readonly total: string;
  readonly tv: string;
  /** In front of the layer's name. */
  readonly content: string;
  readonly style: string;
}

/** The losses of a run as lines: the total, then each term but for what is too small to be drawn beside the others. */
export function lossLines(history: LossHistory, names: LossNames): readonly Line[] {
  const line = (name: string, values: readonly number[]): Line => ({ name, x: history.evaluations, values });
  const nameOf = (id: string): string => {
    const [group, ...place] = partsOf(id);
    return [names[group as keyof LossNames], ...place].join(' ').trim();
  };
  return [
    line(names.total, history.total),
    ...Object.entries(history.terms)
      .filter(([id]) => id !== RANGE)
      .map(([id, values]) => line(nameOf(id), values)),
  ];
}
