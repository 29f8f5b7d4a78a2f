import type { LayerName } from '../vgg19';
import { bures } from './bures';
import { content } from './content';
import { gram } from './gram';
import type { FeatureKind, ImageKind, StatisticKind } from './kind';
import { range } from './range';
import { layersOfTerms, type Statistic, type Term, type TermKind } from './term';
import { totalVariation } from './totalVariation';
import { wasserstein } from './wasserstein';

/** The definition of every kind of term. */
const kinds = { content, gram, bures, wasserstein, tv: totalVariation, range } satisfies Readonly<
  Record<TermKind, FeatureKind | StatisticKind | ImageKind>
> &
  Readonly<Record<Statistic, StatisticKind>>;

/** The definition of a term's kind. */
export function kindOf({ kind }: Pick<Term, 'kind'>): FeatureKind | StatisticKind | ImageKind {
  return kinds[kind];
}

/** The layers whose features, or whose moments, terms compare. */
export function layersRead(terms: readonly Term[], reads: 'features' | 'moments'): readonly LayerName[] {
  return layersOfTerms(terms.filter(term => kindOf(term).reads === reads));
}
