import type { StyleImage } from '../styleImage';
import type { Term } from '../terms/term';
import type { Window } from '../ops';
import { cropped, maskAt, sumOf, windowOf, withMeanOne, type Mask } from './mask';

/** A part of the picture with styles of its own. */
export interface GuidedRegion {
  /** From 1: what its terms are known by. */
  readonly number: number;
  readonly mask: Mask;
  readonly styles: readonly StyleImage[];
}

/**
 * Which part of the picture is painted how (Gatys et al. 2017, "Controlling perceptual factors"): soft masks of the
 * picture's size. At each pixel those of the regions, that of the rest and what is kept add up to 1.
 */
export interface Guidance {
  /** What no region covers, which is painted in the styles of the whole. */
  readonly rest: Mask;
  readonly regions: readonly GuidedRegion[];
  /** How much of each pixel is painted: where it is 0 the picture is the content image. Without it all of them wholly. */
  readonly free?: Mask;
}

/** What the positions of a layer count for one term. */
export interface Guide {
  /** Of the whole layer, with a mean of 1. */
  readonly weights: Mask;
  /** Outside of it nothing counts. */
  readonly window: Window;
  /** Of the window, with a mean of 1 in it. */
  readonly inWindow: Mask;
  /** Σm over the positions of the layer. The term counts as much, so that its pull on a pixel depends on no area. */
  readonly share: number;
}

/** Fewer positions tell nothing of a style. */
const LEAST_POSITIONS = 16;

/** A term that is not measured at a size: too few positions of its layer are in its region, or in its style's mask. */
export interface Unmeasured {
  readonly term: Term;
  readonly positions: number;
}

/** The terms at one size, and what they are guided by. */
export interface GuidedTerms {
  readonly terms: readonly Term[];
  /** By the term's id; of terms on the styles of a part of the picture. */
  readonly guides: ReadonlyMap<string, Guide>;
  readonly unmeasured: readonly Unmeasured[];
}

/** Guides for the terms on the style: `isStyle` tells them. Those with too few positions are left out. */
export function guideTerms(
  terms: readonly Term[],
  guidance: Guidance,
  isStyle: (term: Term) => boolean,
): GuidedTerms {
  const guides = new Map<string, Guide>();
  const unmeasured: Unmeasured[] = [];
  for (const term of terms.filter(isStyle)) {
    const { mask, styles } = partOf(guidance, term);
    const pooled = maskAt(mask, term.layer!);
    const ofStyles = styles.flatMap(style => (style.mask ? [sumOf(maskAt(style.mask, term.layer!))] : []));
    const sum = sumOf(pooled);
    const positions = Math.min(sum, ...ofStyles);
    if (positions < LEAST_POSITIONS) unmeasured.push({ term, positions });
    else {
      const window = windowOf(pooled);
      const inWindow = withMeanOne(cropped(pooled, window));
      guides.set(term.id, {
        ...{ window, inWindow, weights: withMeanOne(pooled) },
        share: sum / pooled.data.length,
      });
    }
  }
  const left = new Set(unmeasured.map(({ term }) => term.id));
  return { terms: terms.filter(({ id }) => !left.has(id)), guides, unmeasured };
}

function partOf({ rest, regions }: Guidance, { region }: Term): Pick<GuidedRegion, 'mask' | 'styles'> {
  if (region === undefined) return { mask: rest, styles: [] };
  const found = regions.find(({ number }) => number === region);
  if (found === undefined) throw new RangeError(`there is no region ${region}`);
  return found;
}
