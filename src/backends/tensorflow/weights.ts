import type { Tensor } from '@tensorflow/tfjs-core';
import type { ConvWeights, Network } from '../../models/network';
import type { LayerName } from '../../nst/vgg19';
import { forwardFiltering, transformKernel, winogradPays } from '../winograd';
import type { Kernels } from './kernels';
import { MinimalFiltering, type Windows } from './minimalFiltering';

/** One layer's convolution on the device, without its bias. */
export interface LayerConvolution {
  readonly bias: Tensor;
  forward(x: Tensor, windows: Windows): Tensor;
  /** The gradient's way back: the convolution with the kernel rotated by 180° and with channels swapped. */
  backward(gradient: Tensor): Tensor;
}

/** The network's weights on the device, each layer from its first use on. */
export class DeviceWeights {
  private readonly layers = new Map<LayerName, LayerConvolution>();
  private readonly held: Tensor[] = [];
  private readonly filtering: MinimalFiltering;

  constructor(
    private readonly kernels: Kernels,
    private readonly network: Network,
  ) {
    this.filtering = new MinimalFiltering(kernels);
  }

  of(layer: LayerName): LayerConvolution {
    const present = this.layers.get(layer);
    if (present !== undefined) return present;
    const weights = this.network.weights(layer);
    // cuDNN filters by itself, in either layout; TensorFlow's kernels on the CPU, which know channels last only, do not.
    const { onCard, layout } = this.kernels;
    const mayFilter = !onCard && layout.format === 'NHWC';
    const filtered = mayFilter && winogradPays(weights.inChannels, weights.outChannels);
    const loaded = filtered ? this.filtered(weights) : this.direct(weights);
    this.layers.set(layer, loaded);
    return loaded;
  }

  dispose(): void {
    this.held.splice(0).forEach(tensor => tensor.dispose());
    this.layers.clear();
    this.filtering.dispose();
  }

  private filtered({ kernel, bias, inChannels, outChannels }: ConvWeights): LayerConvolution {
    const transformed = this.upload(transformKernel(kernel, outChannels * inChannels, forwardFiltering), [
      ...[36, outChannels, inChannels],
    ]);
    return {
      bias: this.upload(bias, [outChannels]),
      forward: (x, windows) => this.filtering.forward(x, transformed, windows),
      backward: gradient => this.filtering.backward(gradient, transformed),
    };
  }

  private direct(weights: ConvWeights): LayerConvolution {
    const { kernels } = this;
    const { inChannels, outChannels, bias } = weights;
    const { forward, back } = taps(weights);
    const kernel = this.upload(forward, [3, 3, inChannels, outChannels]);
    const rotated = this.upload(back, [3, 3, outChannels, inChannels]);
    return {
      bias: this.upload(bias, [outChannels]),
      forward: (x, windows) => kernels.conv(x, kernel, windows),
      backward: gradient => kernels.conv(gradient, rotated, 'SAME'),
    };
  }

  private upload(values: Float32Array, shape: readonly number[]): Tensor {
    const tensor = this.kernels.upload(values, shape);
    this.held.push(tensor);
    return tensor;
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
