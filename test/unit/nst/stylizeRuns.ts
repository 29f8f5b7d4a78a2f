import type { Executor } from '../../../src/nst/executor';
import type { ObjectiveSpec, Strengths } from '../../../src/nst/objective';
import { Random } from '../../../src/nst/random';
import { resample } from '../../../src/nst/resample';
import {
  type OptimizerChoice,
  type RunState,
  type Sources,
  type Step,
  type StylizePlan,
} from '../../../src/nst/stylize';
import { texture } from './pictures';
import { tinyNetwork } from './referenceOps';
import { termsOf } from '../../../src/nst/terms/term';

export const network = tinyNetwork(Random.seeded(7));
export const spec: ObjectiveSpec = {
  terms: termsOf({ content: ['conv2_1'], style: ['conv1_1', 'conv2_1'] }),
  pooling: 'avg',
  padding: 'zero',
  tap: 'post',
  units: 'mean',
};
export const strengths: Strengths = { 'content:conv2_1': 1, 'style:conv1_1': 30, 'style:conv2_1': 50, tv: 2 };
export const plan: StylizePlan = {
  scales: [
    { size: { width: 8, height: 9 }, steps: 4 },
    { size: { width: 11, height: 12 }, steps: 3 },
    { size: { width: 14, height: 15 }, steps: 4 },
  ],
  spec,
  strengths,
  optimizer: { kind: 'lbfgs', history: 3 },
  init: 'noise',
  seed: 5,
};

const painting = texture({ width: 20, height: 20 }, Random.seeded(1));
const photograph = texture({ width: 32, height: 34 }, Random.seeded(2));
export const sources: Sources = {
  content: size => Promise.resolve(resample(photograph, size)),
  styles: () => Promise.resolve([{ image: painting, weight: 1 }]),
  start: size => Promise.resolve(resample(painting, size)),
};

/** What a state is after a trip through a file: nothing shared with the run that it came from. */
export function written(state: RunState | undefined): RunState | undefined {
  if (state === undefined) return undefined;
  const { vectors, ...rest } = state;
  return {
    ...(JSON.parse(JSON.stringify(rest)) as Omit<RunState, 'vectors'>),
    vectors: Object.fromEntries(Object.entries(vectors).map(([name, vector]) => [name, vector.slice()])),
  };
}

/** A step as a person would see it. */
export function seen(step: Step) {
  const pixels = step.image().data.slice();
  const { scaleIndex, size, step: count, totalSteps, evaluations, losses } = step;
  return { scaleIndex, size, step: count, totalSteps, evaluations, losses, pixels };
}

export async function collect(run: AsyncIterable<Step>): Promise<ReturnType<typeof seen>[]> {
  const steps = [];
  for await (const step of run) steps.push(seen(step));
  return steps;
}

export const choices: readonly OptimizerChoice[] = [
  { kind: 'lbfgs', history: 3 },
  { kind: 'adam', rate: 0.005 },
];

/** An executor that tells of every evaluation before it happens, or refuses it by throwing. */
export function interrupting(
  executor: Executor<Float32Array>,
  before: (image: Float32Array) => void,
): Executor<Float32Array> {
  return wrapped(executor, evaluate => (image, weights) => {
    before(image);
    return evaluate(image, weights);
  });
}

/** An executor whose losses are undefined at some evaluations, counted from 1 for every objective. */
export function altered(
  executor: Executor<Float32Array>,
  broken: (call: number) => boolean,
): Executor<Float32Array> {
  return wrapped(executor, evaluate => {
    let calls = 0;
    return async (image, weights) => {
      const { losses, gradient } = await evaluate(image, weights);
      return { losses: broken(++calls) ? { ...losses, total: NaN } : losses, gradient };
    };
  });
}

type EvaluateFunction = Awaited<ReturnType<Executor<Float32Array>['prepare']>>['evaluate'];

function wrapped(
  executor: Executor<Float32Array>,
  wrap: (evaluate: EvaluateFunction) => EvaluateFunction,
): Executor<Float32Array> {
  return {
    space: executor.space,
    fromImage: image => executor.fromImage(image),
    toImage: (vector, size) => executor.toImage(vector, size),
    moments: (image, layers, reading) => executor.moments(image, layers, reading),
    dispose: () => executor.dispose(),
    prepare: async request => {
      const objective = await executor.prepare(request);
      return {
        size: objective.size,
        evaluate: wrap((image, weights) => objective.evaluate(image, weights)),
        dispose: () => objective.dispose(),
      };
    },
  };
}
