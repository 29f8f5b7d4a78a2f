import { Random } from '../../nst/random';
import { gridValues, valueAt, type Span } from './span';

/** How the settings of a sweep are combined: all with all, by chance, or by chance and evenly (a Latin hypercube). */
export const DESIGNS = ['grid', 'random', 'latin'] as const;
export type Design = (typeof DESIGNS)[number];

/** The values of each picture, in the order of the spans. */
export function designOf(
  spans: readonly Span[],
  design: Design,
  { samples, seed }: { readonly samples: number; readonly seed: number },
): readonly (readonly string[])[] {
  if (design === 'grid') return gridOf(spans);
  const random = Random.seeded(seed);
  const places = spans.map(() => {
    // Of a Latin hypercube every picture has a slice of each setting to itself.
    const slices = shuffled(samples, random);
    return slices.map(slice =>
      design === 'latin' ? (slice + random.uniform()) / samples : random.uniform(),
    );
  });
  return Array.from({ length: samples }, (_, i) =>
    spans.map((span, axis) => valueAt(span, places[axis]?.[i] ?? 0)),
  );
}

function gridOf(spans: readonly Span[]): readonly (readonly string[])[] {
  return spans.reduce<readonly (readonly string[])[]>(
    (combined, span) => combined.flatMap(values => gridValues(span).map(value => [...values, value])),
    [[]],
  );
}

/** The numbers below `count` in an order by chance (Fisher and Yates). */
function shuffled(count: number, random: Random): readonly number[] {
  const numbers = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
  return numbers;
}
