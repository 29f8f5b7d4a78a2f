import { describe, expect, it } from 'vitest';
import { syntheticNetwork } from '../../bench/syntheticNetwork';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import type { FloatImage } from '../../src/nst/image';
import type { ObjectiveSpec } from '../../src/nst/objective';

/** Wide enough everywhere but in the first block for minimal filtering to be chosen. */
const network = syntheticNetwork([16, 96, 96, 96, 96]);
const styleLayers = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] as const;

function waves(width: number, height: number, phase: number): FloatImage {
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const grain = ((i * 2654435761) % 1009) / 1009 - 0.5;
    return 0.5 + 0.3 * Math.sin(phase + (i % width) / 7 + Math.floor(i / width) / 11) + 0.2 * grain;
  });
  return { width, height, data };
}

async function evaluate(
  convolution: 'direct' | 'winograd',
  [width, height]: readonly [number, number],
  spec: Partial<ObjectiveSpec>,
) {
  const executor = await OnnxExecutor.create(network, { provider: 'cpu', threads: 2, convolution });
  const objective = await executor.prepare({
    spec: {
      ...{ contentLayers: ['conv2_2', 'conv4_2'], styleLayers, pooling: 'avg', padding: 'zero' },
      ...{ tap: 'post', units: 'mean' },
      ...spec,
    },
    content: waves(width, height, 1),
    styles: [{ image: waves(80, 72, 2), weight: 1 }],
  });
  try {
    return await objective.evaluate(waves(width, height, 3).data, {
      content: { conv2_2: 0.5, conv4_2: 1 },
      style: Object.fromEntries(styleLayers.map(layer => [layer, 60])),
      tv: 60,
    });
  } finally {
    await objective.dispose();
  }
}

/** ‖a − b‖/‖a‖: one activation that is rounded to the other side of zero makes up to 2e-3 of it, a misplaced row 1e-1. */
const distance = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] ?? NaN)) ** 2, 0)) / Math.hypot(...a);

describe('minimal filtering agrees with the direct convolution', () => {
  // Rows that fill their tiles in every block, in some and in none; widths that have to be cropped; odd sizes.
  it.each([
    [64, 64],
    [128, 96],
    [68, 72],
    [70, 68],
    [65, 63],
    [72, 97],
  ] as const)('at %i × %i', async (width, height) => {
    const direct = await evaluate('direct', [width, height], {});
    const filtered = await evaluate('winograd', [width, height], {});
    expect(Math.abs(filtered.losses.total / direct.losses.total - 1)).toBeLessThan(1e-5);
    expect(distance(direct.gradient, filtered.gradient)).toBeLessThan(5e-3);
  });

  it.each([
    { tap: 'pre' },
    { padding: 'replicate' },
    { pooling: 'max' },
    { styleLayers: ['conv2_1', 'conv3_1'], contentLayers: ['conv3_2'] },
  ] satisfies Partial<ObjectiveSpec>[])('with %o', async spec => {
    const direct = await evaluate('direct', [64, 72], spec);
    const filtered = await evaluate('winograd', [64, 72], spec);
    expect(Math.abs(filtered.losses.total / direct.losses.total - 1)).toBeLessThan(1e-5);
    expect(distance(direct.gradient, filtered.gradient)).toBeLessThan(5e-3);
  });
});
