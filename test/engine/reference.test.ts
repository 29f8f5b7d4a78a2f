import { expect, it } from 'vitest';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import type { Provider } from '../../src/backends/onnx/runtime';
import { describeShared } from '../shared';
import { cases, expectReference, networkOf, statisticsCases } from './referenceCases';

describeShared.each<Provider>(['cpu', 'wasm'])(
  'the objective on onnxruntime (%s) against float64 PyTorch',
  provider => {
    it('has reference cases', () => {
      expect(Object.keys(cases)).toHaveLength(10);
      expect(Object.keys(statisticsCases)).toHaveLength(8);
    });

    it.each(Object.entries({ ...cases, ...statisticsCases }))('%s', async (name, expected) => {
      const executor = await OnnxExecutor.create(networkOf(expected.case.network), { provider, threads: 2 });
      await expectReference(executor, name, expected);
      await executor.dispose();
    });
  },
);
