import type { Tensor } from '@tensorflow/tfjs-core';
import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';
import type { Pooling } from '../../nst/ops';
import { AttributeMaker } from './attributeMaker';
import { KeptTensors } from './keptTensors';
import type { Layout, Shape } from './layout';
import type { Session } from './session';

type Attributes = readonly TFEOpAttr[];

/**
 * TensorFlow's operations by name, through tfjs-node's backend. Directly, not through tfjs's own functions: those
 * have no bias addition, no gradient of ReLU and no planar pooling, and they upload every list of numbers anew.
 * The caller disposes results.
 */
export class Kernels {
  /** Scalars and lists that are the same in every step. */
  readonly kept: KeptTensors;
  private readonly attr: AttributeMaker;
  private readonly float: TFEOpAttr;
  private readonly index: TFEOpAttr;
  private readonly forConv: Readonly<Record<'SAME' | 'VALID', Attributes>>;
  private readonly forPool: Attributes;
  private readonly forBias: Attributes;
  private readonly forPad: Attributes;
  private readonly forEdges: Attributes;
  private readonly forReduction: Attributes;

  constructor(
    private readonly session: Session,
    readonly layout: Layout,
  ) {
    this.kept = new KeptTensors(session);
    const attr = new AttributeMaker(session.backend.binding);
    this.attr = attr;
    this.float = attr.float32('T');
    this.index = attr.int32('Index');
    const format = attr.text('data_format', layout.format);
    this.forBias = [this.float, format];
    this.forPad = [this.float, attr.int32('Tpaddings')];
    this.forReduction = [attr.flag('keep_dims', false), this.float, attr.int32('Tidx')];
    this.forEdges = [...this.forPad, attr.text('mode', 'SYMMETRIC')];
    const conv = (padding: string): Attributes => [
      ...[this.float, format, attr.text('padding', padding)],
      attr.flag('use_cudnn_on_gpu', true),
      ...[attr.integer('strides', [1, 1, 1, 1]), attr.integer('dilations', [1, 1, 1, 1])],
    ];
    this.forConv = { SAME: conv('SAME'), VALID: conv('VALID') };
    this.forPool = [
      ...[this.float, format, attr.text('padding', 'VALID')],
      ...[attr.integer('ksize', layout.window(2)), attr.integer('strides', layout.window(2))],
    ];
  }

  /** Whether operations run on a card; its libraries filter by themselves. */
  get onCard(): boolean {
    return this.session.usesGpu;
  }

  /** A tensor with these values; `values` must not change afterwards. */
  upload(values: Float32Array, shape: readonly number[]): Tensor {
    return this.session.tf.tensor(values, [...shape], 'float32');
  }

  scalar(value: number): Tensor {
    return this.upload(Float32Array.of(value), []);
  }

  /** `SAME`: zeros beyond the edge; `VALID`: only where the whole kernel fits. */
  conv(x: Tensor, kernel: Tensor, padding: 'SAME' | 'VALID'): Tensor {
    const { allowRounding } = this.session;
    allowRounding?.(true);
    try {
      return this.run('Conv2D', this.forConv[padding], [x, kernel]);
    } finally {
      // Moments and an optimizer's products are small beside it, and their differences matter.
      allowRounding?.(false);
    }
  }

  biasAdd(x: Tensor, bias: Tensor): Tensor {
    return this.run('BiasAdd', this.forBias, [x, bias]);
  }

  relu(x: Tensor): Tensor {
    return this.run('Relu', [this.float], [x]);
  }

  /** `gradient` where `activation` is positive, else 0. */
  reluGrad(gradient: Tensor, activation: Tensor): Tensor {
    return this.run('ReluGrad', [this.float], [gradient, activation]);
  }

  pool(x: Tensor, pooling: Pooling): Tensor {
    return this.run(pooling === 'avg' ? 'AvgPool' : 'MaxPool', this.forPool, [x]);
  }

  poolGrad(gradient: Tensor, x: Tensor, y: Tensor, pooling: Pooling): Tensor {
    return pooling === 'avg'
      ? this.run('AvgPoolGrad', this.forPool, [this.list(x.shape), gradient])
      : this.run('MaxPoolGrad', this.forPool, [x, y, gradient]);
  }

  matMul(a: Tensor, b: Tensor, transposed: { readonly a?: boolean; readonly b?: boolean } = {}): Tensor {
    const attributes = [
      this.float,
      this.attr.flag('transpose_a', transposed.a ?? false),
      this.attr.flag('transpose_b', transposed.b ?? false),
    ];
    return this.run('MatMul', attributes, [a, b]);
  }

  add(a: Tensor, b: Tensor): Tensor {
    return this.run('AddV2', [this.float], [a, b]);
  }

  subtract(a: Tensor, b: Tensor): Tensor {
    return this.run('Sub', [this.float], [a, b]);
  }

  /** Of tensors of one shape, or one of them a scalar or a single channel. */
  multiply(a: Tensor, b: Tensor): Tensor {
    return this.run('Mul', [this.float], [a, b]);
  }

  divide(a: Tensor, b: Tensor): Tensor {
    return this.run('RealDiv', [this.float], [a, b]);
  }

  squareRoot(x: Tensor): Tensor {
    return this.run('Sqrt', [this.float], [x]);
  }

  /** Half the sum of the squares. */
  l2Loss(x: Tensor): Tensor {
    return this.run('L2Loss', [this.float], [x]);
  }

  mean(x: Tensor, axes: readonly number[]): Tensor {
    return this.run('Mean', this.forReduction, [x, this.list(axes)]);
  }

  sum(x: Tensor, axes: readonly number[]): Tensor {
    return this.run('Sum', this.forReduction, [x, this.list(axes)]);
  }

  /** `extent` values from `from` on along the axis, all along the others. */
  slice(x: Tensor, axis: number, from: number, extent: number): Tensor {
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    const size = x.shape.map((length, i) => (i === axis ? extent : length));
    return this.run('Slice', [this.float, this.index], [x, this.list(begin), this.list(size)]);
  }

  /** Rows of zeros before and after the values along the axis. */
  pad(x: Tensor, axis: number, before: number, after: number): Tensor {
    const paddings = x.shape.flatMap((_, i) => (i === axis ? [before, after] : [0, 0]));
    return this.run('Pad', this.forPad, [x, this.list(paddings, [x.shape.length, 2])]);
  }

  /** The first and last rows and columns twice. */
  repeatEdges(x: Tensor): Tensor {
    return this.run('MirrorPad', this.forEdges, [x, this.around(x)]);
  }

  /** The gradient of `repeatEdges`: the outermost rows and columns are added to their neighbours and left out. */
  foldEdges(gradient: Tensor): Tensor {
    return this.run('MirrorPadGrad', this.forEdges, [gradient, this.around(gradient)]);
  }

  /** A frame of zeros, one pixel wide. */
  surround(x: Tensor): Tensor {
    return this.run('Pad', this.forPad, [x, this.around(x)]);
  }

  /** Each channel with its own kernel, 4 × 4 × channels × 1, at every other place where the whole kernel fits. */
  halve(x: Tensor, kernel: Tensor): Tensor {
    const attributes = [
      ...[this.float, this.attr.text('data_format', this.layout.format), this.attr.text('padding', 'VALID')],
      ...[this.attr.integer('strides', this.layout.window(2)), this.attr.integer('dilations', [1, 1, 1, 1])],
    ];
    return this.run('DepthwiseConv2dNative', attributes, [x, kernel]);
  }

  /** Twice as high and wide, by bilinear interpolation between the centres of pixels. */
  double(x: Tensor): Tensor {
    const { rows, columns } = this.layout;
    const [height, width] = [x.shape[rows]!, x.shape[columns]!];
    // The operation knows channels at the end only; those of one planar image are as well images of one channel.
    const maps = this.layout.format === 'NHWC' ? x : this.reshape(x, [x.shape[1]!, height, width, 1]);
    const attributes = [
      this.float,
      this.attr.flag('align_corners', false),
      this.attr.flag('half_pixel_centers', true),
    ];
    const doubled = this.run('ResizeBilinear', attributes, [maps, this.list([2 * height, 2 * width])]);
    if (maps === x) return doubled;
    const planar = this.reshape(doubled, [1, x.shape[1]!, 2 * height, 2 * width]);
    maps.dispose();
    doubled.dispose();
    return planar;
  }

  reshape(x: Tensor, shape: readonly number[]): Tensor {
    return this.run('Reshape', [this.float, this.attr.int32('Tshape')], [x, this.list(shape)]);
  }

  /** Tensors of one shape, one after another along a new axis. */
  pack(tensors: readonly Tensor[], axis = 0): Tensor {
    const attributes = [this.float, this.attr.integer('N', tensors.length), this.attr.integer('axis', axis)];
    return this.run('Pack', attributes, tensors);
  }

  /** Tensors one after another along an axis that they have. */
  concat(tensors: readonly Tensor[], axis: number): Tensor {
    const attributes = [this.float, this.attr.integer('N', tensors.length), this.attr.int32('Tidx')];
    return this.run('ConcatV2', attributes, [...tensors, this.list([axis], [])]);
  }

  /** n products of matrices, m × k and k × l each (l × k when `b` is transposed), along a first axis of n. */
  batchMatMul(a: Tensor, b: Tensor, transposed: { readonly b?: boolean } = {}): Tensor {
    const attributes = [
      this.float,
      this.attr.flag('adj_x', false),
      this.attr.flag('adj_y', transposed.b ?? false),
    ];
    return this.run('BatchMatMulV2', attributes, [a, b]);
  }

  /**
   * A map of every `side`-th pixel for each place in blocks of side × side, one after another along the first axis;
   * the map has channels last, and gets so many zeros before and after its rows and its columns first.
   */
  spaceToBatch(x: Tensor, side: number, zeros: readonly (readonly [number, number])[]): Tensor {
    const attributes = [this.float, this.attr.int32('Tblock_shape'), this.attr.int32('Tpaddings')];
    return this.run('SpaceToBatchND', attributes, [
      x,
      this.list([side, side]),
      this.list(zeros.flat(), [2, 2]),
    ]);
  }

  /** The way back from `spaceToBatch`, without so many of the last rows and columns. */
  batchToSpace(x: Tensor, side: number, [rows, columns]: readonly [number, number]): Tensor {
    const attributes = [this.float, this.attr.int32('Tblock_shape'), this.attr.int32('Tcrops')];
    const crops = this.list([0, rows, 0, columns], [2, 2]);
    return this.run('BatchToSpaceND', attributes, [x, this.list([side, side]), crops]);
  }

  zerosLike(x: Tensor): Tensor {
    return this.run('ZerosLike', [this.float], [x]);
  }

  /** Another handle of the same values. */
  alias(x: Tensor): Tensor {
    return this.run('Identity', [this.float], [x]);
  }

  /** Values on the host; waits until they are computed. */
  read(x: Tensor): Float32Array {
    return x.dataSync<'float32'>();
  }

  /** A shape of features in the layout of this device. */
  featureShape(channels: number, height: number, width: number): Shape {
    return this.layout.shape(channels, { width, height });
  }

  /** Frees what is kept for all calls. */
  dispose(): void {
    this.kept.dispose();
  }

  /** Paddings of one row and column on every side. */
  private around(x: Tensor): Tensor {
    const { rows, columns } = this.layout;
    const paddings = x.shape.flatMap((_, axis) => (axis === rows || axis === columns ? [1, 1] : [0, 0]));
    return this.list(paddings, [x.shape.length, 2]);
  }

  private run(name: string, attributes: Attributes, inputs: readonly Tensor[]): Tensor {
    // The package's types ask for arrays that it does not write to.
    return this.session.backend.executeSingleOutput(name, attributes as TFEOpAttr[], inputs as Tensor[]);
  }

  private list(values: readonly number[], shape?: readonly number[]): Tensor {
    return this.kept.integers(values, shape);
  }
}
