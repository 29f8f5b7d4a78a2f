import { describe, expect, it } from 'vitest';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import type { Provider } from '../../src/backends/onnx/runtime';
import { describeShared } from '../shared';
import {
  embeddedNetwork,
  embeddedReferences,
  expectReference,
  gramReferences,
  networkOf,
  statisticsReferences,
} from './referenceCases';

describeShared.each<Provider>(['cpu', 'wasm'])(
  'the objective on onnxruntime (%s) against float64 PyTorch',
  provider => {
    it.each([
      ['Gram matrices', gramReferences, 10],
      ['mean and covariance', statisticsReferences, 8],
    ])('has reference cases of %s', (_, { cases }, count) => {
      expect(Object.keys(cases)).toHaveLength(count);
    });

    it.each(
      [gramReferences, statisticsReferences].flatMap(references =>
        Object.keys(references.cases).map(name => [name, references] as const),
      ),
    )('%s', async (name, references) => {
      const network = networkOf(references.cases[name]!.case.network);
      const executor = await OnnxExecutor.create(network, { provider, threads: 2 });
      await expectReference(executor, references, name);
      await executor.dispose();
    });
  },
);

describe('the network that ships against float64 PyTorch', () => {
  it('has reference cases', () => expect(Object.keys(embeddedReferences.cases)).toHaveLength(6));

  it.each(Object.keys(embeddedReferences.cases))('%s', async name => {
    const executor = await OnnxExecutor.create(embeddedNetwork(), { provider: 'cpu', threads: 1 });
    await expectReference(executor, embeddedReferences, name);
    await executor.dispose();
  });
});
