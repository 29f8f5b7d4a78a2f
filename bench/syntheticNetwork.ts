import type { ConvWeights, Network } from '../src/models/network';
import { LAYERS, VGG19_WIDTHS, blockOf, type LayerName } from '../src/nst/vgg19';

/**
 * A network of VGG-19's shape with He-initialized weights (uniform, standard deviation √(2/(9·in))), made again whenever a
 * layer is read: what full-width layers cost, without the weights that cannot be shipped.
 */
export function syntheticNetwork(widths: readonly number[] = VGG19_WIDTHS): Network {
  const width = (block: number): number => widths[block - 1] ?? 3;
  const channels = new Map<LayerName, readonly [number, number]>(
    LAYERS.map((layer, i) => {
      const before = LAYERS[i - 1];
      return [layer, [before === undefined ? 3 : width(blockOf(before)), width(blockOf(layer))]];
    }),
  );
  return {
    name: 'synthetic',
    fingerprint: `synthetic:${widths.join('-')}`,
    layers: LAYERS,
    channels,
    mean: [0.5, 0.5, 0.5],
    weights: (layer): ConvWeights => {
      const [inChannels, outChannels] = channels.get(layer) ?? [0, 0];
      const unit = uniforms(LAYERS.indexOf(layer) + 1);
      const kernel = new Float32Array(9 * inChannels * outChannels);
      const deviation = Math.sqrt(2 / (9 * inChannels));
      for (let i = 0; i < kernel.length; i++) kernel[i] = deviation * unit();
      const bias = new Float32Array(outChannels);
      for (let i = 0; i < bias.length; i++) bias[i] = 0.05 * unit();
      return { kernel, bias, inChannels, outChannels };
    },
  };
}

/** Uniform numbers of variance 1 from a small seeded generator (Lehmer 1949, modulus 2³¹−1). */
function uniforms(seed: number): () => number {
  let state = seed * 7919;
  return () => ((state = (state * 48271) % 0x7fffffff) / 0x7fffffff - 0.5) * Math.sqrt(12);
}
