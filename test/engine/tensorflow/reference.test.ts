import { beforeAll, expect, it } from 'vitest';
import { TensorflowExecutor } from '../../../src/backends/tensorflow/executor';
import { CHANNELS_FIRST, CHANNELS_LAST } from '../../../src/backends/tensorflow/layout';
import { describeShared } from '../../shared';
import { cases, expectReference, networkOf } from '../referenceCases';
import { tensorflowAddon } from './runtime';

let addon: string;
beforeAll(async () => (addon = await tensorflowAddon()), 600_000);

describeShared.each([CHANNELS_LAST, CHANNELS_FIRST])(
  'the objective on TensorFlow ($format) against float64 PyTorch',
  layout => {
    it('has reference cases', () => {
      expect(Object.keys(cases)).toHaveLength(10);
    });

    it.each(Object.entries(cases))('%s', async (name, expected) => {
      const executor = await TensorflowExecutor.create(networkOf(expected.case.network), {
        addon,
        threads: 2,
        layout,
      });
      await expectReference(executor, name, expected);
      await executor.dispose();
      expect(executor.session.tf.memory().numTensors).toBe(0);
    });
  },
);
