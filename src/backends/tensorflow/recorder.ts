import type { Tensor } from '@tensorflow/tfjs-core';
import type { Network } from '../../models/network';
import type { MomentSlope, Ops, Padding, Pooling, Window } from '../../nst/ops';
import type { LayerName } from '../../nst/vgg19';
import { ImageRecorder, type FeatureSlot } from './imageRecorder';
import type { Kernels } from './kernels';
import type { Program, Slot } from './program';
import type { DeviceWeights } from './weights';

/**
 * Ops that write instructions into a program. Features are in the layout of the device; matrices, scalars and
 * coefficients are slots.
 */
export class ProgramRecorder extends ImageRecorder implements Ops<FeatureSlot, Slot, Slot, Slot> {
  constructor(
    program: Program,
    kernels: Kernels,
    private readonly weights: DeviceWeights,
    private readonly network: Network,
    constants: Tensor[],
  ) {
    super(program, kernels, constants);
  }

  normalize(image: FeatureSlot): FeatureSlot {
    const { kernels } = this;
    const minusMean = this.kept(
      kernels.upload(
        Float32Array.from(this.network.mean, value => -value),
        [3],
      ),
    );
    return { ...image, slot: this.program.add([image.slot], x => kernels.biasAdd(x, minusMean)) };
  }

  conv(x: FeatureSlot, layer: LayerName, padding: Padding): FeatureSlot {
    const { program, kernels } = this;
    const convolution = this.weights.of(layer);
    const wide = padding === 'zero' ? x.slot : program.add([x.slot], input => kernels.repeatEdges(input));
    const product = program.add([wide], input =>
      convolution.forward(input, padding === 'zero' ? 'SAME' : 'VALID'),
    );
    const slot = program.add([product], input => kernels.biasAdd(input, convolution.bias));
    return { ...x, slot, channels: this.channels(layer)[1] };
  }

  convBack(gradient: FeatureSlot, layer: LayerName, padding: Padding): FeatureSlot {
    const convolution = this.weights.of(layer);
    const { program, kernels } = this;
    let { slot } = gradient;
    if (padding === 'replicate') slot = program.add([slot], input => kernels.surround(input));
    slot = program.add([slot], input => convolution.backward(input));
    if (padding === 'replicate') slot = program.add([slot], input => kernels.foldEdges(input));
    return { ...gradient, slot, channels: this.channels(layer)[0] };
  }

  relu(x: FeatureSlot): FeatureSlot {
    return { ...x, slot: this.program.add([x.slot], input => this.kernels.relu(input)) };
  }

  reluBack(gradient: FeatureSlot, activation: FeatureSlot): FeatureSlot {
    const inputs = [gradient.slot, activation.slot];
    return { ...gradient, slot: this.program.add(inputs, (g, a) => this.kernels.reluGrad(g, a)) };
  }

  pool(x: FeatureSlot, pooling: Pooling): FeatureSlot {
    const slot = this.program.add([x.slot], input => this.kernels.pool(input, pooling));
    return { ...x, slot, height: x.height >> 1, width: x.width >> 1 };
  }

  poolBack(gradient: FeatureSlot, x: FeatureSlot, y: FeatureSlot, pooling: Pooling): FeatureSlot {
    const inputs = [gradient.slot, x.slot, y.slot];
    const slot = this.program.add(inputs, (g, input, output) => {
      return this.kernels.poolGrad(g, input, output, pooling);
    });
    return { ...x, slot };
  }

  gram(x: FeatureSlot, weighted?: FeatureSlot): Slot {
    const { program, kernels } = this;
    const rows = this.asMatrix(x);
    const others = weighted === undefined ? rows : this.asMatrix(weighted);
    const sum = program.add([others, rows], (p, q) => kernels.matMul(p, q, this.inner));
    const scale = this.constant(1 / (x.height * x.width));
    return program.add([sum], matrix => kernels.multiply(matrix, scale));
  }

  channelMeans(x: FeatureSlot): Slot {
    const { program, kernels } = this;
    const positions = kernels.layout.format === 'NCHW' ? 1 : 0;
    const means = program.add([this.asMatrix(x)], rows => kernels.mean(rows, [positions]));
    return program.add([means], values => kernels.reshape(values, [x.channels, 1]));
  }

  momentsBack({ matrix, vector }: MomentSlope<Slot>, x: FeatureSlot, coefficient: Slot): FeatureSlot {
    const { program, kernels } = this;
    const perPosition = this.constant(1 / (x.height * x.width));
    const scaledBy = (values: Slot): Slot =>
      program.add([values, coefficient], (d, c) => {
        const factor = kernels.multiply(c, perPosition);
        const product = kernels.multiply(d, factor);
        factor.dispose();
        return product;
      });
    const rows = this.asMatrix(x);
    const first = kernels.layout.format === 'NCHW';
    const product = program.add([scaledBy(matrix), rows], (d, f) =>
      first ? kernels.matMul(d, f) : kernels.matMul(f, d),
    );
    const shape = kernels.featureShape(x.channels, x.height, x.width);
    const slot = program.add([product], values => kernels.reshape(values, shape));
    if (vector === undefined) return { ...x, slot };
    const bias = program.add([scaledBy(vector)], values => kernels.reshape(values, [x.channels]));
    return { ...x, slot: program.add([slot, bias], (features, b) => kernels.biasAdd(features, b)) };
  }

  crop(x: FeatureSlot, { left, top, width, height }: Window): FeatureSlot {
    const { program, kernels } = this;
    const { rows, columns } = kernels.layout;
    const some = program.add([x.slot], values => kernels.slice(values, rows, top, height));
    const slot = program.add([some], values => kernels.slice(values, columns, left, width));
    return { ...x, slot, height, width };
  }

  cropBack(gradient: FeatureSlot, x: FeatureSlot, { left, top, width, height }: Window): FeatureSlot {
    const { program, kernels } = this;
    const { rows, columns } = kernels.layout;
    const wide = program.add([gradient.slot], values =>
      kernels.pad(values, columns, left, x.width - left - width),
    );
    return {
      ...x,
      slot: program.add([wide], values => kernels.pad(values, rows, top, x.height - top - height)),
    };
  }

  weigh(x: FeatureSlot, mask: FeatureSlot): FeatureSlot {
    return { ...x, slot: this.program.add([x.slot, mask.slot], (p, m) => this.kernels.multiply(p, m)) };
  }

  subtract(a: FeatureSlot, b: FeatureSlot): FeatureSlot {
    return { ...a, slot: this.difference(a.slot, b.slot) };
  }

  subtractMatrix(a: Slot, b: Slot): Slot {
    return this.difference(a, b);
  }

  add(a: FeatureSlot, b: FeatureSlot): FeatureSlot {
    return { ...a, slot: this.program.add([a.slot, b.slot], (p, q) => this.kernels.add(p, q)) };
  }

  scale(x: FeatureSlot, coefficient: Slot): FeatureSlot {
    return { ...x, slot: this.program.add([x.slot, coefficient], (p, c) => this.kernels.multiply(p, c)) };
  }

  sumSquares(x: FeatureSlot): Slot {
    return this.squares(x.slot, 1);
  }

  matMul(a: Slot, b: Slot, transposed?: { readonly a?: boolean; readonly b?: boolean }): Slot {
    return this.program.add([a, b], (p, q) => this.kernels.matMul(p, q, transposed));
  }

  hadamard(a: Slot, b: Slot): Slot {
    return this.program.add([a, b], (p, q) => this.kernels.multiply(p, q));
  }

  scaleMatrix(x: Slot, factor: number): Slot {
    const scale = this.constant(factor);
    return this.program.add([x], matrix => this.kernels.multiply(matrix, scale));
  }

  timesScalar(x: Slot, factor: Slot): Slot {
    return this.hadamard(x, factor);
  }

  overScalar(x: Slot, divisor: Slot): Slot {
    return this.program.add([x, divisor], (p, q) => this.kernels.divide(p, q));
  }

  sumProducts(a: Slot, b: Slot): Slot {
    return this.program.add([this.hadamard(a, b)], products => this.kernels.sum(products, [0, 1]));
  }

  addScalars(a: Slot, b: Slot): Slot {
    return this.program.add([a, b], (p, q) => this.kernels.add(p, q));
  }

  squareRoot(x: Slot): Slot {
    return this.program.add([x], value => this.kernels.squareRoot(value));
  }

  sumSquaresMatrix(x: Slot): Slot {
    return this.squares(x, 1);
  }

  /** Mean over all elements, for the mean activation of a target. */
  mean(x: FeatureSlot): Slot {
    const { program, kernels } = this;
    const rows = program.add([x.slot], features => kernels.mean(features, [3]));
    return program.add([rows], means => kernels.mean(means, [0, 1, 2]));
  }

  /** F − m 1ᵀ, with the means of F or of its weighted values. */
  centred(x: FeatureSlot, weighted = x): FeatureSlot {
    const { program, kernels } = this;
    const bias = program.add([this.scaleMatrix(this.channelMeans(weighted), -1)], values =>
      kernels.reshape(values, [x.channels]),
    );
    return { ...x, slot: program.add([x.slot, bias], (features, b) => kernels.biasAdd(features, b)) };
  }

  /** How the product of features with themselves runs over positions. */
  private get inner(): { readonly a?: boolean; readonly b?: boolean } {
    return this.kernels.layout.format === 'NCHW' ? { b: true } : { a: true };
  }

  /** Channels × positions, or the other way round, as features lie in memory. */
  private asMatrix(x: FeatureSlot): Slot {
    const positions = x.height * x.width;
    const shape = this.kernels.layout.format === 'NCHW' ? [x.channels, positions] : [positions, x.channels];
    return this.program.add([x.slot], features => this.kernels.reshape(features, shape));
  }

  private channels(layer: LayerName): readonly [number, number] {
    const channels = this.network.channels.get(layer);
    if (channels === undefined) throw new RangeError(`${this.network.name} has no layer ${layer}`);
    return channels;
  }
}
