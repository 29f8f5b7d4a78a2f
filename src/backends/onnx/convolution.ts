import type { Network } from '../../models/network';
import type { Padding } from '../../nst/ops';
import type { LayerName } from '../../nst/vgg19';
import { rotatedTransposed } from './kernels';
import { foldEdges, repeatEdges } from './edges';
import { withRows, type SizedName } from './featureMap';
import type { OnnxModel } from './onnxModel';
import {
  backwardFiltering,
  forwardFiltering,
  inputTransform,
  transformKernel,
  type Filtering,
} from '../winograd';

/** How a graph computes its 3x3 convolutions. */
export type ConvolutionMethod = 'direct' | 'winograd';

/** Added to surplus rows before a ReLU; far from the largest float32, so that nothing becomes infinite. */
const FAR_BELOW_ZERO = -1e30;

/** Rows and columns of zeros around a map before its 3x3 windows are taken. */
const padded = (by: number) => ({ kernel_shape: [3, 3], pads: [by, by, by, by] });

/** How many tiles a filtering has for a channel of a map: those that cover it, and a row of surplus. */
export function filteredTiles({ height, width }: Pick<SizedName, 'height' | 'width'>): number {
  const { outputs: m } = forwardFiltering;
  return (Math.ceil(height / m) + 1) * Math.ceil(width / m);
}

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
    const bias = this.model.constant(`bias:${this.layer}`, [outChannels], () => {
      return this.network.weights(this.layer).bias;
    });
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

  /**
   * Like `forward`, by minimal filtering. Surplus rows are far below zero, so that a ReLU makes them the zeros that the
   * next filtering wants to see below the map.
   */
  winogradForward(x: SizedName): SizedName {
    const y = this.filter(x, forwardFiltering, this.outChannels, 'MatMul', {});
    const rows = y.surplus?.rows ?? 1;
    const name = `bias:${this.layer}:${rows}`;
    const bias = this.model.constant(name, [1, this.outChannels, rows, 1], () => {
      const { bias: values } = this.network.weights(this.layer);
      return Float32Array.from({ length: values.length * rows }, (_, i) => {
        return i % rows < y.height ? (values[Math.floor(i / rows)] ?? NaN) : FAR_BELOW_ZERO;
      });
    });
    return { ...y, name: this.model.node('Add', [y.name, bias]) };
  }

  /** Like `backward`, by minimal filtering with the transformed kernel of the forward pass, transposed. */
  winogradBackward(gradient: SizedName): SizedName {
    const transposed = { transA: 1 };
    return this.filter(
      gradient,
      backwardFiltering,
      this.inChannels,
      'com.microsoft::FusedMatMul',
      transposed,
    );
  }

  /**
   * Tiles of all channels are cut from one tall image, the channels stacked with at least m rows of zeros between
   * them, so that one strided convolution writes them grouped by product (products² × channels × tiles) and no
   * transposition is needed before the product with the kernel. Its kernel is given, not constant: the runtime would
   * compute a constant one in blocks of 16 outputs, 48 for 36, and then put them into order.
   */
  private filter(
    x: SizedName,
    filtering: Filtering,
    to: number,
    product: string,
    attributes: Readonly<Record<string, number>>,
  ): SizedName {
    const { model } = this;
    const { height, width } = x;
    const { outputs: m, products } = filtering;
    const columns = Math.ceil(width / m);
    const rows = (Math.ceil(height / m) + 1) * m;
    const tiles = filteredTiles(x);
    const squared = products * products;
    const id = filtering === forwardFiltering ? 'forward' : 'backward';

    const stacked = withRows(model, x, rows).name;
    const tall = model.node('Reshape', [stacked, model.integers([1, 1, x.channels * rows, width])]);
    const cut = model.given(`cut:${id}`, [squared, 1, products, products], () => inputTransform(filtering));
    const cutOut = model.node('Conv', [tall, cut], {
      kernel_shape: [products, products],
      strides: [m, m],
      pads: [1, 1, products - m - 1, columns * m + 1 - width],
    });
    const grouped = model.node('Reshape', [cutOut, model.integers([squared, x.channels, tiles])]);

    const kernel = model.given(`winograd:${this.layer}`, [squared, this.outChannels, this.inChannels], () => {
      const pairs = this.outChannels * this.inChannels;
      return transformKernel(this.network.weights(this.layer).kernel, pairs, forwardFiltering);
    });
    const multiplied = model.node(product, [kernel, grouped], attributes);
    const name = this.assemble(multiplied, id, filtering, { channels: to, rows, columns });
    const y: SizedName = { name, channels: to, height, width, surplus: { rows, hold: 'anything' } };
    if (columns * m === width) return y;
    return { name: this.crop(name, height, width), channels: to, height, width };
  }

  /**
   * The outputs of tiles in their places: products² × channels × tiles to 1 × channels × rows × width. Aᵀ acts on the rows
   * of tiles, then A on their columns, with the outputs of a row side by side: both products together are faster than
   * the one with A ⊗ A and a rearrangement by blocks, which the runtime does on one thread and value by value.
   */
  private assemble(
    products: string,
    id: string,
    { outputs: m, products: n, aT }: Filtering,
    {
      channels,
      rows,
      columns,
    }: { readonly channels: number; readonly rows: number; readonly columns: number },
  ): string {
    const { model } = this;
    const lines = (channels * rows) / m;
    const assembly = model.constant(`assemble:${id}`, [m, n], () => Float32Array.from(aT.flat()));
    const byRow = model.node('Reshape', [products, model.integers([n, n * lines * columns])]);
    const halfway = model.node('MatMul', [assembly, byRow]);
    const byColumn = model.node('Reshape', [halfway, model.integers([m, n, lines * columns])]);
    const inLine = model.node('com.microsoft::FusedMatMul', [byColumn, assembly], {
      transA: 1,
      transB: 1,
    });
    const apart = model.node('Reshape', [inLine, model.integers([m, lines, columns * m])]);
    const inOrder = model.node('Transpose', [apart], { perm: [1, 0, 2] });
    return model.node('Reshape', [inOrder, model.integers([1, channels, rows, columns * m])]);
  }

  private crop(name: string, height: number, width: number): string {
    const { model } = this;
    return model.node('Slice', [
      name,
      ...[
        [0, 0],
        [height, width],
        [2, 3],
      ].map(values => model.integers(values)),
    ]);
  }
}
