import type { Network } from '../../models/network';
import type { Channels } from '../../models/weightSource';
import type { Ops, Padding, Pooling } from '../../nst/ops';
import type { LayerName } from '../../nst/vgg19';
import { LayerConvolution, type ConvolutionMethod } from './convolution';
import type { OnnxModel } from './onnxModel';
import { winogradPays } from './winograd';

/** A feature map in the graph: 1 × channels × height × width; height and width are undefined when they vary. */
export interface FeatureName {
  readonly name: string;
  readonly channels: number;
  readonly height?: number;
  readonly width?: number;
}

/** A feature map of known size. */
type SizedName = FeatureName & { readonly height: number; readonly width: number };

/** A channels × channels matrix in the graph. */
export interface MatrixName {
  readonly name: string;
  readonly channels: number;
}

const WINDOW = { kernel_shape: [2, 2], strides: [2, 2] };

/**
 * The objective's operations as nodes of an ONNX graph, so that one evaluation is one run of the runtime.
 * Scalars and coefficients are names of graph values.
 */
export class GraphRecorder implements Ops<FeatureName, MatrixName, string, string> {
  constructor(
    private readonly model: OnnxModel,
    private readonly network: Network,
    private readonly method: ConvolutionMethod,
  ) {}

  normalize(image: FeatureName): FeatureName {
    const mean = this.model.constant('mean', [1, 3, 1, 1], () => Float32Array.from(this.network.mean));
    return { ...image, name: this.model.node('Sub', [image.name, mean]) };
  }

  conv(x: FeatureName, layer: LayerName, padding: Padding): FeatureName {
    const convolution = this.convolution(layer);
    const name = this.filters(convolution, x, padding)
      ? convolution.winogradForward(x)
      : convolution.forward(x.name, padding);
    return { ...x, channels: convolution.outChannels, name };
  }

  convBack(gradient: FeatureName, layer: LayerName, padding: Padding): FeatureName {
    const convolution = this.convolution(layer);
    const name = this.filters(convolution, gradient, padding)
      ? convolution.winogradBackward(gradient)
      : convolution.backward(gradient.name, padding);
    return { ...gradient, channels: convolution.inChannels, name };
  }

  relu(x: FeatureName): FeatureName {
    return { ...x, name: this.model.node('Relu', [x.name]) };
  }

  reluBack(gradient: FeatureName, activation: FeatureName): FeatureName {
    const zero = this.model.scalar(0);
    const positive = this.model.node('Greater', [activation.name, zero]);
    return { ...gradient, name: this.model.node('Where', [positive, gradient.name, zero]) };
  }

  pool(x: FeatureName, pooling: Pooling): FeatureName {
    const name = this.model.node(pooling === 'avg' ? 'AveragePool' : 'MaxPool', [x.name], WINDOW);
    return sized(name, x.channels, half(x.height), half(x.width));
  }

  poolBack(gradient: FeatureName, x: FeatureName, y: FeatureName, pooling: Pooling): FeatureName {
    if (pooling === 'avg') {
      const quarter = this.model.node('Mul', [gradient.name, this.model.scalar(0.25)]);
      return { ...x, name: this.enlarge(quarter, x) };
    }
    // A tie passes the gradient to every maximum; ties happen between zeros, where the activation's mask drops it.
    const largest = this.model.node('Equal', [x.name, this.enlarge(y.name, x)]);
    const enlarged = this.enlarge(gradient.name, x);
    return { ...x, name: this.model.node('Where', [largest, enlarged, this.model.scalar(0)]) };
  }

  gram(x: FeatureName): MatrixName {
    const rows = this.asMatrix(x);
    return {
      name: this.model.node('Gemm', [rows, rows], { transB: 1, alpha: { float: 1 / positions(x) } }),
      channels: x.channels,
    };
  }

  gramBack(difference: MatrixName, x: FeatureName, coefficient: string): FeatureName {
    const perPosition = this.model.node('Mul', [coefficient, this.model.scalar(1 / positions(x))]);
    const scaled = this.model.node('Mul', [difference.name, perPosition]);
    const product = this.model.node('MatMul', [scaled, this.asMatrix(x)]);
    const shape = this.model.integers([1, x.channels, known(x.height), known(x.width)]);
    return { ...x, name: this.model.node('Reshape', [product, shape]) };
  }

  subtract(a: FeatureName, b: FeatureName): FeatureName {
    return { ...a, name: this.model.node('Sub', [a.name, b.name]) };
  }

  subtractMatrix(a: MatrixName, b: MatrixName): MatrixName {
    return { ...a, name: this.model.node('Sub', [a.name, b.name]) };
  }

  add(a: FeatureName, b: FeatureName): FeatureName {
    return { ...a, name: this.model.node('Add', [a.name, b.name]) };
  }

  scale(x: FeatureName, coefficient: string): FeatureName {
    return { ...x, name: this.model.node('Mul', [x.name, coefficient]) };
  }

  sumSquares(x: FeatureName): string {
    return this.total(x.name);
  }

  sumSquaresMatrix(x: MatrixName): string {
    return this.total(x.name);
  }

  totalVariation(image: FeatureName): string {
    const terms = ([2, 3] as const).map(axis => {
      const difference = this.neighbourDifference(image, axis);
      return this.model.node('Mul', [this.total(difference), this.model.scalar(1 / pairs(image, axis))]);
    });
    return this.model.node('Add', terms);
  }

  totalVariationBack(image: FeatureName, coefficient: string): FeatureName {
    const terms = ([2, 3] as const).map(axis => {
      const factor = this.model.node('Mul', [coefficient, this.model.scalar(2 / pairs(image, axis))]);
      const pull = this.model.node('Mul', [this.neighbourDifference(image, axis), factor]);
      // d/dx of Σ(x[i+1]−x[i])² pulls up at the later neighbour and down at the earlier one.
      return this.model.node('Sub', [this.pad(pull, axis, 'before'), this.pad(pull, axis, 'after')]);
    });
    return { ...image, name: this.model.node('Add', terms) };
  }

  /** Mean over all elements, for the mean activation of a target. */
  mean(x: FeatureName): string {
    const rows = this.model.node('ReduceMean', [x.name], { axes: [-1], keepdims: 0 });
    return this.model.node('ReduceMean', [rows], { keepdims: 0 });
  }

  /** F Fᵀ without the division by H·W, for graphs whose size is not known beforehand. */
  gramSum(x: FeatureName): MatrixName {
    const rows = this.asMatrix(x);
    return { name: this.model.node('Gemm', [rows, rows], { transB: 1 }), channels: x.channels };
  }

  /** Sum of squares in two steps, rows first: a single float32 sum over millions of values loses digits. */
  private total(name: string): string {
    const rows = this.model.node('ReduceSumSquare', [name], { axes: [-1], keepdims: 0 });
    return this.model.node('ReduceSum', [rows], { keepdims: 0 });
  }

  private convolution(layer: LayerName): LayerConvolution {
    return new LayerConvolution(this.model, this.network, layer, ...channelsOf(this.network, layer));
  }

  /** Whether minimal filtering is used for a convolution of this map. */
  private filters(
    { inChannels, outChannels }: LayerConvolution,
    x: FeatureName,
    padding: Padding,
  ): x is SizedName {
    if (this.method !== 'winograd' || padding !== 'zero') return false;
    return x.height !== undefined && winogradPays(inChannels, outChannels);
  }

  private asMatrix(x: FeatureName): string {
    return this.model.node('Reshape', [x.name, this.model.integers([x.channels, -1])]);
  }

  /** Nearest-neighbour enlargement by 2 to the size of `like`; an odd last row or column is filled with zeros. */
  private enlarge(name: string, like: FeatureName): string {
    const scales = this.model.constant('scales:2', [4], () => Float32Array.of(1, 1, 2, 2));
    const enlarged = this.model.node('Resize', [name, '', scales], {
      mode: 'nearest',
      nearest_mode: 'floor',
      coordinate_transformation_mode: 'asymmetric',
    });
    const rest = [known(like.height) % 2, known(like.width) % 2] as const;
    if (rest[0] === 0 && rest[1] === 0) return enlarged;
    return this.model.node('Pad', [enlarged, this.model.integers([0, 0, 0, 0, 0, 0, ...rest])]);
  }

  /** x[i+1] − x[i] along the axis (2: rows, 3: columns). */
  private neighbourDifference(image: FeatureName, axis: 2 | 3): string {
    const length = axis === 2 ? known(image.height) : known(image.width);
    const slice = (from: number, to: number): string =>
      this.model.node('Slice', [
        image.name,
        ...[[from], [to], [axis]].map(values => this.model.integers(values)),
      ]);
    return this.model.node('Sub', [slice(1, length), slice(0, length - 1)]);
  }

  private pad(name: string, axis: 2 | 3, side: 'before' | 'after'): string {
    const pads = [0, 0, 0, 0, 0, 0, 0, 0];
    pads[side === 'before' ? axis : axis + 4] = 1;
    return this.model.node('Pad', [name, this.model.integers(pads)]);
  }
}

function channelsOf(network: Network, layer: LayerName): Channels {
  const channels = network.channels.get(layer);
  if (channels === undefined) throw new RangeError(`${network.name} has no layer ${layer}`);
  return channels;
}

function sized(
  name: string,
  channels: number,
  height: number | undefined,
  width: number | undefined,
): FeatureName {
  return height === undefined || width === undefined ? { name, channels } : { name, channels, height, width };
}

function half(length: number | undefined): number | undefined {
  return length === undefined ? undefined : length >> 1;
}

function known(length: number | undefined): number {
  if (length === undefined) throw new Error('this operation needs a graph of fixed size');
  return length;
}

function positions(x: FeatureName): number {
  return known(x.height) * known(x.width);
}

/** Number of differences between neighbours along the axis, over three channels. */
function pairs(image: FeatureName, axis: 2 | 3): number {
  const [height, width] = [known(image.height), known(image.width)];
  return image.channels * (axis === 2 ? (height - 1) * width : height * (width - 1));
}
