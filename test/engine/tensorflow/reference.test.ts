import { beforeAll, describe, expect, it } from 'vitest';
import { TensorflowExecutor } from '../../../src/backends/tensorflow/executor';
import { CHANNELS_FIRST, CHANNELS_LAST, type Layout } from '../../../src/backends/tensorflow/layout';
import { describeShared } from '../../shared';
import {
  embeddedNetwork,
  expectReference,
  gramReferences,
  networkOf,
  statisticsReferences,
} from '../referenceCases';
import { expectRegionReference, regionReferences } from '../regionCases';
import { turnOnPlanar } from './planar';
import { tensorflowAddon } from './runtime';

let addon: string;
beforeAll(async () => {
  turnOnPlanar();
  addon = await tensorflowAddon();
}, 600_000);

/** TensorFlow's CPU build has no maximum pooling over planar features, which are the layout of graphics cards. */
const isComputable = (pooling: string, { format }: Layout): boolean => format === 'NHWC' || pooling === 'avg';

describeShared.each([
  { layout: CHANNELS_LAST, name: 'channels last', count: 18 },
  { layout: CHANNELS_FIRST, name: 'planar', count: 9 },
])('the objective on TensorFlow ($name) against float64 PyTorch', ({ layout, count }) => {
  const computable = [gramReferences, statisticsReferences].flatMap(references =>
    Object.entries(references.cases)
      .filter(([, each]) => isComputable(each.case.pooling, layout))
      .map(([name, each]) => [name, each, references] as const),
  );

  it('has reference cases', () => {
    expect(computable).toHaveLength(count);
  });

  it.each(computable)('%s', { timeout: 300_000 }, async (name, expected, references) => {
    const executor = await TensorflowExecutor.create(networkOf(expected.case.network), {
      ...{ addon, threads: 2, layout },
    });
    const before = executor.session.tf.memory().numTensors;
    await expectReference(executor, references, name);
    await executor.dispose();
    expect(executor.session.tf.memory().numTensors).toBe(before);
  });
});

describe.each([
  { layout: CHANNELS_LAST, name: 'channels last' },
  { layout: CHANNELS_FIRST, name: 'planar' },
])('regions on TensorFlow ($name) against float64 PyTorch', ({ layout }) => {
  const computable = Object.entries(regionReferences)
    .filter(([, each]) => isComputable(each.case.pooling, layout))
    .map(([name]) => name);

  it.each(computable)('%s', { timeout: 300_000 }, async name => {
    const executor = await TensorflowExecutor.create(embeddedNetwork(), { addon, threads: 2, layout });
    const before = executor.session.tf.memory().numTensors;
    await expectRegionReference(executor, name);
    await executor.dispose();
    expect(executor.session.tf.memory().numTensors).toBe(before);
  });
});
