import { describe, expect, it } from 'vitest';
import type { Insight } from '../../../../src/protocol/insight';
import { LayerInsights } from '../../../../src/engine/insights/layers';
import { presets } from '../../../../src/recipe/presets';
import type { Executor } from '../../../../src/nst/executor';
import type { Moments } from '../../../../src/nst/moments';
import type { FloatImage } from '../../../../src/nst/image';

const size = { width: 16, height: 16 };
const grey = (value: number): FloatImage => ({ ...size, data: new Float32Array(3 * 256).fill(value) });

/** A network of one channel, whose features are the pixels. */
const executor = {
  moments: (image: FloatImage, layers: Moments['layer'][]) => {
    const [activation = NaN] = image.data;
    return Promise.resolve(
      layers.map(layer => ({
        ...{ layer, channels: 1, positions: 256, meanActivation: activation },
        gram: Float32Array.of(activation ** 2),
        covariance: Float32Array.of(0),
        mean: Float32Array.of(activation),
      })),
    );
  },
} as unknown as Executor<unknown>;

describe('the layers beside a painting', () => {
  it('are compared with the blend of all styles, by their weights', async () => {
    const insights: Insight[] = [];
    const styles = [
      { image: grey(0.25), weight: 3 },
      { image: grey(0.75), weight: 1 },
    ];
    const layers = new LayerInsights(
      '/nowhere',
      { ...presets.studio, content: '/c.png', styles: [] },
      { content: () => Promise.resolve(grey(0.5)), styles: () => Promise.resolve(styles) },
      executor,
      insight => insights.push(insight),
    );
    await layers.compare(grey(0.375));
    const first = insights.find(insight => insight.kind === 'layer' && insight.of === 'style');
    if (first?.kind !== 'layer') throw new Error('no style layer was found');
    // ¾·0.25 + ¼·0.75 = 0.375; ¾·0.0625 + ¼·0.5625 = 0.1875, over 0.375².
    expect(first.meanActivation).toBeCloseTo(0.375, 6);
    const [style] = first.styleGram!.values;
    const [result] = first.resultGram!.values;
    expect(style! / result!).toBeCloseTo(0.1875 / 0.375 ** 2, 5);
  });
});
