import { expect, it } from 'vitest';
import { hostVectors } from '../../../../src/nst/optimizers/hostVectors';
import type { ObjectiveSpec } from '../../../../src/nst/objective';
import {
  createOptimizer,
  objectiveShapeOf,
  type OptimizerChoice,
} from '../../../../src/nst/optimizers/optimizerChoice';
import { gainsFor } from '../../../../src/nst/optimizers/preconditioner';
import { termsOf } from '../../../../src/nst/terms/term';

const size = { width: 64, height: 48 };
const spec: ObjectiveSpec = {
  ...{ pooling: 'avg', padding: 'zero', tap: 'post', units: 'mean' },
  terms: termsOf({ style: ['conv1_1', 'conv4_1'] }),
};

/** The gains of the preconditioners that are asked for. */
function asked(choice: OptimizerChoice, init: 'content' | 'noise'): (readonly number[])[] {
  const gains: (readonly number[])[] = [];
  const space: typeof hostVectors = {
    ...hostVectors,
    preconditioner: (at, given) => {
      gains.push(given);
      return hostVectors.preconditioner(at, given);
    },
  };
  createOptimizer(space, choice, objectiveShapeOf(spec, size, init), new Float32Array(3 * 64 * 48));
  return gains;
}

it('preconditions as the layers and the start want it', () => {
  const [content, noise] = (['content', 'noise'] as const).map(init => asked({ kind: 'lbfgs' }, init));
  expect(content).toEqual([gainsFor(size, ['conv4_1'], 'content')]);
  expect(noise).toEqual([gainsFor(size, ['conv4_1'], 'noise')]);
  expect(noise).not.toEqual(content);
});

it('preconditions nothing where that is not wanted', () => {
  expect(asked({ kind: 'lbfgs', preconditioned: false }, 'content')).toEqual([]);
  expect(asked({ kind: 'adam' }, 'content')).toEqual([]);
});
