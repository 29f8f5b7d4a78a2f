import { MILDER, CLASSIC, CONTESTANTS, FORMER, OURS, PRODUCT } from './contestants';
import type { Measurement } from './measurements';
import type { NetworkName, Problem } from './problem';

const PAIRS = [
  ['tuebingen', 'starry-night'],
  ['louvre', 'great-wave'],
  ['great-wall', 'night-cafe'],
  ['tuebingen', 'wheat-field'],
  ['still-life', 'impasto'],
  ['landscape', 'stained-glass'],
] as const;

/** The two starts, with the ratios they are used with. */
export const STARTS: readonly (readonly [Problem['start'], number])[] = [
  ['content', 0.005],
  ['noise', 0.05],
];

const SIDES: Readonly<Record<NetworkName, number>> = { lite: 128, vgg19: 96 };

export const NETWORKS: readonly NetworkName[] = ['lite', 'vgg19'];

/** Pairs from both starts on both networks. */
export const PROBLEMS: readonly Problem[] = NETWORKS.flatMap(network =>
  STARTS.flatMap(([start, ratio]) =>
    PAIRS.map(([content, style]): Problem => {
      const size = { width: SIDES[network], height: SIDES[network] };
      return { network, content, style, size, start, ratio };
    }),
  ),
);

/** Evaluations of a confirmation, and of a screening. */
export const BUDGETS: Readonly<Record<NetworkName, number>> = { lite: 250, vgg19: 100 };
export const SCREENING_BUDGET = 200;

/** One problem from each start, on which everybody is tried. */
export const SCREENED: readonly Problem[] = [
  { ...PROBLEMS[0]!, size: { width: 256, height: 256 } },
  { ...PROBLEMS[7]!, size: { width: 128, height: 128 } },
];

/** Those who are taken to all problems. */
export const FINALISTS: readonly string[] = [CLASSIC, FORMER, MILDER, OURS, PRODUCT];

export const SCREENING: readonly Measurement[] = SCREENED.flatMap(problem =>
  Object.keys(CONTESTANTS)
    .filter(solver => solver !== PRODUCT)
    .map(solver => ({ problem, solver, budget: SCREENING_BUDGET })),
);

export const CONFIRMATION: readonly Measurement[] = PROBLEMS.flatMap(problem =>
  FINALISTS.map(solver => ({ problem, solver, budget: BUDGETS[problem.network] })),
);

/** 20 problems of odd sizes, over four powers of ten in the ratio, from both starts, some in the paper's units. */
const STALL_PROBLEMS: readonly Problem[] = Array.from({ length: 20 }, (_, i): Problem => {
  const contents = ['tuebingen', 'louvre', 'great-wall'];
  const styles = ['starry-night', 'great-wave', 'night-cafe', 'monet', 'sunflowers', 'wheat-field'];
  return {
    network: 'lite',
    content: contents[i % 3]!,
    style: styles[i % 6]!,
    size: { width: 65 + ((i * 37) % 128), height: 63 + ((i * 53) % 96) },
    start: i % 2 === 0 ? 'content' : 'noise',
    ratio: Number((10 ** (-4 + (i % 5))).toPrecision(1)),
    tv: i % 4 === 3 ? 50 : 0,
    units: i % 7 === 6 ? 'paper' : 'mean',
    seed: i,
  };
});

/** The product's optimizer far from the usual. */
export const STALLING: readonly Measurement[] = STALL_PROBLEMS.map(problem => ({
  ...{ problem, solver: PRODUCT, budget: SCREENING_BUDGET },
}));
