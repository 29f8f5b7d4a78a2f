import { describe, expect, it } from 'vitest';
import { estimateBytes, estimateSeconds, largestSide, type Workload } from '../../../src/backends/estimate';
import { createNetwork } from '../../../src/models/network';
import { openSafetensorsWeights } from '../../../src/models/formats/safetensorsWeights';
import { resourcePath } from '../../../src/common/resources';
import { termsOf } from '../../../src/nst/terms/term';

const lite = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
const at = (width: number, height: number, steps = 100): Workload => ({
  network: lite,
  terms: termsOf({ content: ['conv4_2'], style: ['conv5_1'] }),
  mayBand: true,
  optimizer: 'lbfgs',
  scales: [{ size: { width, height }, steps }],
});

describe('the estimate of a run', () => {
  it('the largest side is the largest that fits', () => {
    const bytes = 2e9;
    const side = largestSide(at(400, 300), bytes);
    expect(side % 16).toBe(0);
    expect(estimateBytes(at(side, (side * 3) / 4))).toBeLessThanOrEqual(bytes);
    expect(estimateBytes(at(side + 16, ((side + 16) * 3) / 4))).toBeGreaterThan(bytes);
    expect(largestSide(at(400, 300), 1e6)).toBe(0);
  });

  it('the largest side may lie beyond sizes that do not fit, because bands begin there', () => {
    const bytes = estimateBytes(at(1600, 1600));
    const kept = { ...at(400, 400), mayBand: false };
    expect(largestSide(at(400, 400), bytes)).toBeGreaterThan(largestSide(kept, bytes) + 100);
  });

  it('content in blocks 1 and 2, and a device without bands, keep all maps', () => {
    const banded = estimateBytes(at(2048, 2048));
    expect(
      estimateBytes({ ...at(2048, 2048), terms: termsOf({ content: ['conv2_2'], style: ['conv5_1'] }) }),
    ).toBeGreaterThan(1.3 * banded);
    expect(estimateBytes({ ...at(2048, 2048), mayBand: false })).toBeGreaterThan(1.3 * banded);
  });

  it('its time is that of the probe for the work of the probe, and grows with pixels and steps', () => {
    expect(estimateSeconds(at(256, 256, 1), 136, lite)).toBeCloseTo(0.136, 6);
    expect(estimateSeconds(at(512, 512, 10), 136, lite)).toBeCloseTo(5.44, 6);
  });

  it('Adam keeps fewer vectors than L-BFGS', () => {
    expect(estimateBytes({ ...at(512, 512), optimizer: 'adam' })).toBeLessThan(estimateBytes(at(512, 512)));
  });
});
