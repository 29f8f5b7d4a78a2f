import type { Network } from '../../models/network';
import type { Padding } from '../../nst/ops';
import type { LayerName } from '../../nst/vgg19';
import { rotatedTransposed } from './kernels';
import { foldEdges, repeatEdges } from './edges';
import type { OnnxModel } from './onnxModel';
import {
  backwardFiltering,
  forwardFiltering,
  inputTransform,
  outputTransform,
  transformKernel,
  type Filtering,
} from './winograd';

/** How a graph computes its 3x3 convolutions. */
export type ConvolutionMethod = 'direct' | 'winograd';

/** A map of known size in the graph. */
interface SizedMap {
  readonly name: string;
  readonly height: number;
  readonly width: number;
}

/** Rows and columns of zeros around a map before its 3x3 windows are taken. */
const padded = (by: number) => ({ kernel_shape: [3, 3], pads: [by, by, by, by] });

/** One layer's convolution, forward and backward, as nodes of a graph. Weights are read when the graph is written. */
export class LayerConvolution {
  constructor(
    private readonly model: OnnxModel,
    private readonly network: Network,
    private readonly layer: LayerName,
    readonly inChannels: number,
    readonly outChannels: number,
  ) {}

  /** The direct convolution with bias, for a map of any size. */
  forward(x: string, padding: Padding): string {
    const { inChannels, outChannels } = this;
    const kernel = this.model.constant(`kernel:${this.layer}`, [outChannels, inChannels, 3, 3], () => {
      return this.network.weights(this.layer).kernel;
    });
    const bias = this.bias([outChannels]);
    if (padding === 'zero') return this.model.node('Conv', [x, kernel, bias], padded(1));
    return this.model.node('Conv', [repeatEdges(this.model, x), kernel, bias], padded(0));
  }

  /** The direct convolution with the rotated, transposed kernel. */
  backward(gradient: string, padding: Padding): string {
    const kernel = this.model.constant(
      `back:${this.layer}`,
      [this.inChannels, this.outChannels, 3, 3],
      () => {
        return rotatedTransposed(this.network.weights(this.layer));
      },
    );
    if (padding === 'zero') return this.model.node('Conv', [gradient, kernel], padded(1));
    return foldEdges(this.model, this.model.node('Conv', [gradient, kernel], padded(2)));
  }

  /** Like `forward`, by minimal filtering. */
  winogradForward(x: SizedMap): string {
    const y = this.filter(x, forwardFiltering, this.inChannels, this.outChannels, 'MatMul', {});
    return this.model.node('Add', [y, this.bias([1, this.outChannels, 1, 1])]);
  }

  /** Like `backward`, by minimal filtering with the transformed kernel of the forward pass, transposed. */
  winogradBackward(gradient: SizedMap): string {
    const transposed = { transA: 1 };
    return this.filter(
      gradient,
      backwardFiltering,
      this.outChannels,
      this.inChannels,
      'com.microsoft::FusedMatMul',
      transposed,
    );
  }

  /**
   * Tiles of all channels are cut from one tall image, the channels stacked with m rows of zeros between them, so
   * that one strided convolution writes them grouped by product (products² × channels × tiles) and no
   * transposition is needed before the product with the kernel. Its kernel is given, not constant: the runtime would
   * compute a constant one in blocks of 16 outputs, 48 for 36, and then put them into order.
   */
  private filter(
    { name, height, width }: SizedMap,
    filtering: Filtering,
    from: number,
    to: number,
    product: string,
    attributes: Readonly<Record<string, number>>,
  ): string {
    const { model } = this;
    const { outputs: m, products } = filtering;
    const columns = Math.ceil(width / m);
    const rows = Math.ceil(height / m) + 1;
    const squared = products * products;
    const id = filtering === forwardFiltering ? 'forward' : 'backward';

    const padded = model.node('Pad', [name, model.integers([0, 0, 1, 0, 0, 0, rows * m - height - 1, 0])]);
    const tall = model.node('Reshape', [padded, model.integers([1, 1, from * rows * m, width])]);
    const cut = model.given(`cut:${id}`, [squared, 1, products, products], () => inputTransform(filtering));
    const tiles = model.node('Conv', [tall, cut], {
      kernel_shape: [products, products],
      strides: [m, m],
      pads: [0, 1, products - m, columns * m + 1 - width],
    });
    const grouped = model.node('Reshape', [tiles, model.integers([squared, from, rows * columns])]);

    const kernel = model.given(`winograd:${this.layer}`, [squared, this.outChannels, this.inChannels], () => {
      const pairs = this.outChannels * this.inChannels;
      return transformKernel(this.network.weights(this.layer).kernel, pairs, forwardFiltering);
    });
    const products2d = model.node(product, [kernel, grouped], attributes);
    const flat = model.node('Reshape', [products2d, model.integers([squared, to * rows * columns])]);
    const assemble = model.constant(`assemble:${id}`, [m * m, squared], () => outputTransform(filtering));
    const outputs = model.node('MatMul', [assemble, flat]);
    const depth = model.node('Reshape', [outputs, model.integers([1, m * m * to, rows, columns])]);
    const y = model.node('DepthToSpace', [depth], { blocksize: m, mode: 'DCR' });
    const crop = [
      [0, 0],
      [height, width],
      [2, 3],
    ].map(values => model.integers(values));
    return model.node('Slice', [y, ...crop]);
  }

  private bias(shape: readonly number[]): string {
    const name = `bias:${this.layer}:${shape.length}`;
    return this.model.constant(name, shape, () => this.network.weights(this.layer).bias);
  }
}
