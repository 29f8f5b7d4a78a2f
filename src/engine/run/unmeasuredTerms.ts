import type { ObjectiveRequest } from '../../nst/executor';
import { guideTerms } from '../../nst/regions/guidance';
import { kindOf } from '../../nst/terms/kinds';

/** For the log: which terms of regions are not measured at the size of a request, as too few positions are in them. */
export function unmeasuredTerms({ spec, content, guidance }: ObjectiveRequest): readonly string[] {
  if (guidance === undefined) return [];
  const { unmeasured } = guideTerms(spec.terms, guidance, term => kindOf(term).reads === 'moments');
  return unmeasured
    .filter(({ positions }) => positions > 0)
    .map(({ term, positions }) => {
      const place = term.region === undefined ? 'the rest' : `region ${term.region}`;
      const size = `${content.width} × ${content.height}`;
      return `${place} has ${positions.toFixed(1)} positions at ${String(term.layer)} for ${size}: too few for a term there`;
    });
}
