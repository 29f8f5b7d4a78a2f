import type { Tensor } from '@tensorflow/tfjs-core';
import type { ConvWeights, Network } from '../../models/network';
import type { LayerName } from '../../nst/vgg19';
import type { Kernels } from './kernels';

/** One layer on the device. Kernels are 3 × 3 × in × out in both directions. */
export interface LayerWeights {
  readonly kernel: Tensor;
  readonly bias: Tensor;
  /** Rotated by 180° and with channels swapped: the convolution with it is the gradient's way back. */
  readonly back: Tensor;
}

/** The network's weights on the device, each layer from its first use on. */
export class DeviceWeights {
  private readonly layers = new Map<LayerName, LayerWeights>();

  constructor(
    private readonly kernels: Kernels,
    private readonly network: Network,
  ) {}

  of(layer: LayerName): LayerWeights {
    const present = this.layers.get(layer);
    if (present !== undefined) return present;
    const weights = this.network.weights(layer);
    const { inChannels, outChannels, bias } = weights;
    const { forward, back } = taps(weights);
    const loaded = {
      kernel: this.kernels.upload(forward, [3, 3, inChannels, outChannels]),
      bias: this.kernels.upload(bias, [outChannels]),
      back: this.kernels.upload(back, [3, 3, outChannels, inChannels]),
    };
    this.layers.set(layer, loaded);
    return loaded;
  }

  dispose(): void {
    for (const { kernel, bias, back } of this.layers.values())
      for (const tensor of [kernel, bias, back]) tensor.dispose();
    this.layers.clear();
  }
}

/** The kernel as TensorFlow wants it (3 × 3 × in × out), and rotated and transposed (3 × 3 × out × in). */
function taps({ kernel, inChannels, outChannels }: ConvWeights): {
  forward: Float32Array;
  back: Float32Array;
} {
  const forward = new Float32Array(kernel.length);
  const back = new Float32Array(kernel.length);
  for (let tap = 0; tap < 9; tap++) {
    for (let i = 0; i < inChannels; i++) {
      for (let o = 0; o < outChannels; o++) {
        const value = kernel[(o * inChannels + i) * 9 + tap]!;
        forward[(tap * inChannels + i) * outChannels + o] = value;
        back[((8 - tap) * outChannels + o) * inChannels + i] = value;
      }
    }
  }
  return { forward, back };
}
