import { bures } from './bures';
import { content } from './content';
import { gram } from './gram';
import type { Kind, StatisticKind } from './kind';
import { range } from './range';
import { totalVariation } from './totalVariation';
import { wasserstein } from './wasserstein';

/** How a style term compares the features of the picture with those of the style images. */
const statistics = { gram, bures, wasserstein } satisfies Readonly<Record<string, StatisticKind>>;
export type Statistic = keyof typeof statistics;

/** The definition of every kind of term. */
const kinds = { content, ...statistics, tv: totalVariation, range } satisfies Readonly<Record<string, Kind>>;
export type TermKind = keyof typeof kinds;

/** The definition of a term's kind. */
export function kindOf({ kind }: { readonly kind: TermKind }): Kind {
  return kinds[kind];
}
