import type { LayerName } from '../vgg19';
import { kindOf } from './kinds';
import { layersOfTerms, type Term } from './term';

/** The layers whose features, or whose moments, terms compare. */
export function layersRead(terms: readonly Term[], reads: 'features' | 'moments'): readonly LayerName[] {
  return layersOfTerms(terms.filter(term => kindOf(term).reads === reads));
}
