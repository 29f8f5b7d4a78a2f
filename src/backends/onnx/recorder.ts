import type { Network } from '../../models/network';
import type { Channels } from '../../models/formats/weightSource';
import type { Interval, MomentSlope, Ops, Padding, Pooling, Window } from '../../nst/ops';
import type { LayerName } from '../../nst/vgg19';
import { filteredTiles, LayerConvolution, type ConvolutionMethod } from './convolution';
import {
  exact,
  fixed,
  known,
  settled,
  storedLike,
  storedRows,
  type FeatureName,
  type SizedName,
} from './featureMap';
import { excess, excessBack, totalVariation, totalVariationBack } from './imageTerms';
import { MatrixRecorder } from './matrixRecorder';
import type { OnnxModel } from './onnxModel';
import { winogradPays } from '../winograd';

const STEEP = { alpha: { float: 1e30 }, beta: { float: 0 } };
const WINDOW = { kernel_shape: [2, 2], strides: [2, 2] };

/**
 * The objective's operations as nodes of an ONNX graph, so that one evaluation is one run of the runtime.
 * Matrices, scalars and coefficients are names of graph values.
 */
export class GraphRecorder extends MatrixRecorder implements Ops<FeatureName, string, string, string> {
  /** Names of activations. */
  private readonly activations = new Set<string>();
  /** Gradients that are zero already where an activation is, and the activation. */
  private readonly masked = new Map<string, string>();

  constructor(
    model: OnnxModel,
    private readonly network: Network,
    private readonly method: ConvolutionMethod,
  ) {
    super(model);
  }

  normalize(image: FeatureName): FeatureName {
    const mean = this.model.constant('mean', [1, 3, 1, 1], () => Float32Array.from(this.network.mean));
    return { ...image, name: this.model.node('Sub', [image.name, mean]) };
  }

  conv(x: FeatureName, layer: LayerName, padding: Padding): FeatureName {
    const convolution = this.convolution(layer);
    if (this.filters(convolution, x, padding)) return convolution.winogradForward(x);
    const map = exact(this.model, x);
    return { ...map, channels: convolution.outChannels, name: convolution.forward(map.name, padding) };
  }

  convBack(gradient: FeatureName, layer: LayerName, padding: Padding): FeatureName {
    const convolution = this.convolution(layer);
    if (this.filters(convolution, gradient, padding)) return convolution.winogradBackward(gradient);
    const map = exact(this.model, gradient);
    return { ...map, channels: convolution.inChannels, name: convolution.backward(map.name, padding) };
  }

  /** The surplus rows of a filtering are below zero, so they become zeros here. */
  relu(x: FeatureName): FeatureName {
    const name = this.model.node('Relu', [x.name]);
    this.activations.add(name);
    return x.surplus === undefined
      ? { ...x, name }
      : { ...x, name, surplus: { ...x.surplus, hold: 'zeros' } };
  }

  /**
   * The mask min(1, 10³⁰·activation) is one operation on all threads, unlike a comparison and `Where`; it is 1 for all
   * that is above 10⁻³⁰. The activation's surplus rows are zeros, so the gradient's become zeros.
   */
  reluBack(gradient: FeatureName, activation: FeatureName): FeatureName {
    const { name } = storedLike(this.model, gradient, activation);
    if (this.masked.get(gradient.name) === activation.name) return { ...activation, name };
    const mask = this.model.node('HardSigmoid', [activation.name], STEEP);
    return { ...activation, name: this.model.node('Mul', [name, mask]) };
  }

  /** Surplus rows of zeros are pooled along, unless an odd last row would be pooled with them. */
  pool(x: FeatureName, pooling: Pooling): FeatureName {
    const { name, surplus } = this.evenly(x);
    const y: FeatureName = {
      name: this.model.node(pooling === 'avg' ? 'AveragePool' : 'MaxPool', [name], WINDOW),
      channels: x.channels,
      ...(x.height !== undefined && { height: x.height >> 1 }),
      ...(x.width !== undefined && { width: x.width >> 1 }),
    };
    return surplus === undefined ? y : { ...y, surplus: { rows: surplus.rows >> 1, hold: 'zeros' } };
  }

  poolBack(gradient: FeatureName, x: FeatureName, y: FeatureName, pooling: Pooling): FeatureName {
    const from = this.evenly(x);
    if (pooling === 'avg') {
      const quarter = this.model.node('Mul', [gradient.name, this.model.scalar(0.25)]);
      return this.enlarge({ ...gradient, name: quarter }, from);
    }
    // Of activations only positive ones pass a gradient on, which the smaller map tells as well.
    const rectified = this.activations.has(x.name);
    const passing = rectified ? this.reluBack(gradient, y) : gradient;
    // A tie passes the gradient to every maximum; ties happen between zeros, where nothing passes.
    const below = this.model.node('Sub', [from.name, this.enlarge(y, from).name]);
    const enlarged = this.enlarge(passing, from);
    const largest = this.model.node('HardSigmoid', [below], { ...STEEP, beta: { float: 1 } });
    const name = this.model.node('Mul', [enlarged.name, largest]);
    if (rectified) this.masked.set(name, x.name);
    return { ...enlarged, name };
  }

  gram(x: FeatureName, weighted?: FeatureName): string {
    const alpha = { float: 1 / positions(x) };
    if (weighted !== undefined)
      return this.model.node('Gemm', [this.asMatrix(weighted), this.asMatrix(x)], { transB: 1, alpha });
    const rows = this.asMatrix(settled(this.model, x));
    return this.model.node('Gemm', [rows, rows], { transB: 1, alpha });
  }

  channelMeans(x: FeatureName): string {
    return this.model.node('Mul', [this.channelSums(x), this.model.scalar(1 / positions(x))]);
  }

  momentsBack({ matrix, vector }: MomentSlope<string>, x: FeatureName, coefficient: string): FeatureName {
    const perPosition = this.model.node('Mul', [coefficient, this.model.scalar(1 / positions(x))]);
    const scaled = this.model.node('Mul', [matrix, perPosition]);
    const features = fixed(settled(this.model, x));
    const product = this.model.node('MatMul', [scaled, this.asMatrix(features)]);
    const shape = this.model.integers([1, x.channels, storedRows(features), features.width]);
    if (vector === undefined) return { ...features, name: this.model.node('Reshape', [product, shape]) };
    const moved = this.model.node('Add', [product, this.model.node('Mul', [vector, perPosition])]);
    const { surplus } = features;
    return {
      ...features,
      name: this.model.node('Reshape', [moved, shape]),
      ...(surplus && { surplus: { ...surplus, hold: 'anything' as const } }),
    };
  }

  crop(x: FeatureName, { left, top, width, height }: Window): FeatureName {
    if (x.width === width && x.height === height) return x;
    const ends = [
      [top, left],
      [top + height, left + width],
      [2, 3],
    ].map(values => this.model.integers(values));
    return { channels: x.channels, height, width, name: this.model.node('Slice', [x.name, ...ends]) };
  }

  cropBack(gradient: FeatureName, x: FeatureName, { left, top, width, height }: Window): FeatureName {
    const [rows, columns] = [known(x.height), known(x.width)];
    if (rows === height && columns === width) return gradient;
    const inside = exact(this.model, gradient);
    const pads = [0, 0, top, left, 0, 0, rows - top - height, columns - left - width];
    const name = this.model.node('Pad', [inside.name, this.model.integers(pads)]);
    return { channels: x.channels, height: rows, width: columns, name };
  }

  /** The surplus rows of the mask are zeros, so they become zeros. */
  weigh(x: FeatureName, mask: FeatureName): FeatureName {
    const name = this.model.node('Mul', [x.name, storedLike(this.model, mask, x).name]);
    return x.surplus === undefined
      ? { ...x, name }
      : { ...x, name, surplus: { ...x.surplus, hold: 'zeros' } };
  }

  subtract(a: FeatureName, b: FeatureName): FeatureName {
    return this.elementwise('Sub', settled(this.model, a), settled(this.model, b));
  }

  add(a: FeatureName, b: FeatureName): FeatureName {
    return a.surplus === undefined ? this.elementwise('Add', b, a) : this.elementwise('Add', a, b);
  }

  scale(x: FeatureName, coefficient: string): FeatureName {
    return { ...x, name: this.model.node('Mul', [x.name, coefficient]) };
  }

  sumSquares(x: FeatureName): string {
    return this.total(settled(this.model, x).name);
  }

  grey(x: FeatureName): FeatureName {
    const { name, channels } = settled(this.model, x);
    const mean = this.model.node('ReduceMean', [name], { axes: [1], keepdims: 1 });
    const names = Array.from({ length: channels }, () => mean);
    return { ...x, name: this.model.node('Concat', names, { axis: 1 }) };
  }

  totalVariation(image: FeatureName): string {
    return totalVariation(this.model, image);
  }

  totalVariationBack(image: FeatureName, coefficient: string): FeatureName {
    return { ...image, name: totalVariationBack(this.model, image, coefficient) };
  }

  excess(image: FeatureName, interval: Interval): string {
    return excess(this.model, image, interval);
  }

  excessBack(image: FeatureName, coefficient: string, interval: Interval): FeatureName {
    return { ...image, name: excessBack(this.model, image, coefficient, interval) };
  }

  /** Mean over all elements, for the mean activation of a target. */
  mean(x: FeatureName): string {
    const rows = this.model.node('ReduceMean', [x.name], { axes: [-1], keepdims: 0 });
    return this.model.node('ReduceMean', [rows], { keepdims: 0 });
  }

  centred(x: FeatureName, weighted?: FeatureName): FeatureName {
    const map = exact(this.model, x);
    const values = weighted === undefined ? map : exact(this.model, weighted);
    const mean = this.model.node('ReduceMean', [values.name], { axes: [2, 3], keepdims: 1 });
    return { ...map, name: this.model.node('Sub', [map.name, mean]) };
  }

  /** F 1 without the division by H·W. */
  channelSums(x: FeatureName): string {
    const rows = this.asMatrix(settled(this.model, x));
    return this.model.node('ReduceSum', [rows, this.model.integers([1])], { keepdims: 1 });
  }

  /** F Gᵀ without the division by H·W, for graphs whose size is not known beforehand. */
  gramSum(x: FeatureName, other = x): string {
    const rows = this.asMatrix(x);
    return this.model.node('Gemm', [rows, other === x ? rows : this.asMatrix(other)], { transB: 1 });
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
    const { height, width } = x;
    if (height === undefined || width === undefined) return false;
    return winogradPays(inChannels, outChannels, filteredTiles({ height, width }));
  }

  private asMatrix(x: FeatureName): string {
    return this.model.node('Reshape', [x.name, this.model.integers([x.channels, -1])]);
  }

  /** The rows of `b` are stored as those of `a`. */
  private elementwise(operator: 'Sub' | 'Add', a: FeatureName, b: FeatureName): FeatureName {
    const like = storedLike(this.model, b, a);
    const surplus = like.surplus?.hold === 'anything' ? like.surplus : a.surplus;
    const name = this.model.node(operator, [a.name, like.name]);
    return { ...a, name, ...(surplus && { surplus }) };
  }

  /** The map as it is pooled: without its surplus rows where its own are odd in number. */
  private evenly(x: FeatureName): FeatureName {
    return x.height !== undefined && x.height % 2 === 1 ? exact(this.model, x) : settled(this.model, x);
  }

  /** Nearest-neighbour enlargement by 2 to the size of `like`; an odd last row or column is filled with zeros. */
  private enlarge(x: FeatureName, like: FeatureName): FeatureName {
    const scales = this.model.constant('scales:2', [4], () => Float32Array.of(1, 1, 2, 2));
    const rest = [fixed(like).height % 2, fixed(like).width % 2] as const;
    const small = fixed(rest[0] === 1 ? exact(this.model, x) : x);
    const name = this.model.node('Resize', [small.name, '', scales], {
      mode: 'nearest',
      nearest_mode: 'floor',
      coordinate_transformation_mode: 'asymmetric',
    });
    const { channels, surplus } = small;
    const enlarged: FeatureName = {
      ...{ name, channels, height: small.height * 2, width: small.width * 2 },
      ...(surplus && { surplus: { ...surplus, rows: surplus.rows * 2 } }),
    };
    const stored = storedLike(this.model, enlarged, like);
    if (rest[0] === 0 && rest[1] === 0) return stored;
    const padded = this.model.node('Pad', [stored.name, this.model.integers([0, 0, 0, 0, 0, 0, ...rest])]);
    return { ...stored, name: padded, height: small.height * 2 + rest[0], width: small.width * 2 + rest[1] };
  }
}

function channelsOf(network: Network, layer: LayerName): Channels {
  const channels = network.channels.get(layer);
  if (channels === undefined) throw new RangeError(`${network.name} has no layer ${layer}`);
  return channels;
}

function positions(x: FeatureName): number {
  return known(x.height) * known(x.width);
}
