import { safeMeanActivation, type Moments } from '../moments';
import type { ObjectiveSpec } from '../objective';
import type { Guide } from '../regions/guidance';
import type { LayerName } from '../vgg19';
import type { FeatureTarget, HostMatrix } from './kind';
import { kindOf } from './kinds';
import { REST, type Term } from './term';

/** What a term compares the picture with, and what makes a loss of its raw sum. */
export interface TermTarget<F> {
  readonly scale: number;
  readonly slope: number;
  /** P, for a kind that reads features. */
  readonly features?: F;
  /** Fixed matrices, for a kind that reads moments. */
  readonly matrices?: Readonly<Record<string, HostMatrix>>;
  /** What the positions of the layer count; without it all alike. */
  readonly guide?: Guide;
}

/** Targets by the terms' ids. */
export type Targets<F> = ReadonlyMap<string, TermTarget<F>>;

/** Features of a content image at one layer, in the memory of a device. */
export interface ContentFeatures<F> extends FeatureTarget {
  readonly features: F;
}

/** Moments by layer of the blends of styles: of the whole (or of what no region covers), and of regions by number. */
export type StyleMoments = ReadonlyMap<number, ReadonlyMap<LayerName, Moments>>;

/** The targets of all terms, from what was read of the content image and of the blends of styles. */
export function targetsOf<F>(
  spec: Pick<ObjectiveSpec, 'terms' | 'units' | 'tap'>,
  content: ReadonlyMap<LayerName, ContentFeatures<F>>,
  style: StyleMoments,
  guides: ReadonlyMap<string, Guide> = new Map(),
): Targets<F> {
  return new Map(
    spec.terms.map((term): [string, TermTarget<F>] => {
      const kind = kindOf(term);
      const { slope } = kind;
      switch (kind.reads) {
        case 'image':
          return [term.id, { scale: 1, slope }];
        case 'features': {
          const { features, ...read } = known(content, term);
          const meanActivation = safeMeanActivation(read.meanActivation);
          return [term.id, { scale: kind.scale(spec.units, { ...read, meanActivation }), slope, features }];
        }
        case 'moments': {
          const { scale, matrices } = kind.target(known(style.get(term.region ?? REST), term), spec);
          const guide = guides.get(term.id);
          if (guide === undefined) return [term.id, { scale, matrices, slope }];
          return [term.id, { scale: guide.share * scale, matrices, slope, guide }];
        }
      }
    }),
  );
}

/** The factor of a term's gradient. */
export function coefficientOf({ slope, scale }: TermTarget<unknown>, strength = 0): number {
  return slope * scale * strength;
}

/** @throws RangeError when there is none */
export function targetOf<F>(targets: Targets<F>, { id }: Pick<Term, 'id'>): TermTarget<F> {
  const target = targets.get(id);
  if (target === undefined) throw new RangeError(`no target for ${id}`);
  return target;
}

function known<T>(read: ReadonlyMap<LayerName, T> | undefined, { id, layer }: Term): T {
  const found = layer === undefined ? undefined : read?.get(layer);
  if (found === undefined) throw new RangeError(`nothing was read for ${id}`);
  return found;
}
