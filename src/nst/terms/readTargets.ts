import type { Evaluation, Objective, ObjectiveRequest } from '../executor';
import { blendMoments, type Moments } from '../moments';
import type { ObjectiveSpec, Strengths } from '../objective';
import { guideTerms } from '../regions/guidance';
import type { StyleImage } from '../styleImage';
import type { LayerName } from '../vgg19';
import { kindOf } from './kinds';
import { targetsOf, type ContentFeatures, type Targets } from './targets';
import { REST, type Term } from './term';

type Eventually<T> = T | Promise<T>;

/** What reads targets on a device. */
export interface TargetSource<F> {
  /** At the layers whose features are compared. */
  content(): Eventually<ReadonlyMap<LayerName, ContentFeatures<F>>>;
  /** At the layers whose moments are; of the part of the image that its mask shows. */
  moments(style: StyleImage): Eventually<readonly Moments[]>;
}

/** What is measured at one size, and against what. */
export interface ReadTargets<F> {
  readonly spec: ObjectiveSpec;
  readonly targets: Targets<F>;
}

/** The terms that can be measured at the size of the content image, and their targets. */
export async function readTargets<F>(
  { spec, styles, guidance }: ObjectiveRequest,
  source: TargetSource<F>,
): Promise<ReadTargets<F>> {
  const { terms, guides } =
    guidance === undefined
      ? { terms: spec.terms, guides: undefined }
      : guideTerms(spec.terms, guidance, term => kindOf(term).reads === 'moments');
  const blends = new Map<number, Map<LayerName, Moments>>();
  const parts = [{ number: REST, styles }, ...(guidance?.regions ?? [])];
  for (const { number, styles } of parts.filter(part => isCompared(terms, part.number))) {
    const shares = [];
    for (const style of styles) shares.push({ weight: style.weight, moments: await source.moments(style) });
    blends.set(number, blendMoments(shares));
  }
  const measured = { ...spec, terms };
  return { spec: measured, targets: targetsOf(measured, await source.content(), blends, guides) };
}

function isCompared(terms: readonly Term[], part: number): boolean {
  return terms.some(term => kindOf(term).reads === 'moments' && (term.region ?? REST) === part);
}

/** The objective with a loss of 0 for those of its terms that are not measured at its size: curves go on over all sizes. */
export function reportingAll<V>(objective: Objective<V>, terms: readonly Term[]): Objective<V> {
  return {
    size: objective.size,
    async evaluate(image: V, strengths: Strengths): Promise<Evaluation<V>> {
      const { losses, gradient } = await objective.evaluate(image, strengths);
      const all = terms.map(({ id }) => [id, losses.terms[id] ?? 0] as const);
      return { losses: { ...losses, terms: Object.fromEntries(all) }, gradient };
    },
    dispose: () => objective.dispose(),
  };
}
