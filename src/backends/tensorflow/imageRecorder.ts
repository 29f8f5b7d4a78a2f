import type { Tensor } from '@tensorflow/tfjs-core';
import type { Interval } from '../../nst/ops';
import type { Kernels } from './kernels';
import type { Program, Slot } from './program';

/** Features in a program. */
export interface FeatureSlot {
  readonly slot: Slot;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** What of the objective looks at the pixels alone, written into a program. */
export class ImageRecorder {
  constructor(
    protected readonly program: Program,
    protected readonly kernels: Kernels,
    /** Numbers that belong to the program; they live as long as it does. */
    private readonly constants: Tensor[],
  ) {}

  grey(x: FeatureSlot): FeatureSlot {
    const { program, kernels } = this;
    const { format } = kernels.layout;
    const axis = format === 'NCHW' ? 1 : 3;
    const shape = format === 'NCHW' ? [1, 1, x.height, x.width] : [1, x.height, x.width, 1];
    const mean = program.add([x.slot], values => kernels.mean(values, [axis]));
    const plane = program.add([mean], values => kernels.reshape(values, shape));
    const planes = Array.from({ length: x.channels }, () => plane);
    return { ...x, slot: program.add(planes, (...each) => kernels.concat(each, axis)) };
  }

  totalVariation(image: FeatureSlot): Slot {
    const { program, kernels } = this;
    const [down = NaN, across = NaN] = this.axes.map(axis => {
      return this.squares(this.neighbourDifference(image, axis), 1 / this.pairs(image, axis));
    });
    return program.add([down, across], (p, q) => kernels.add(p, q));
  }

  totalVariationBack(image: FeatureSlot, coefficient: Slot): FeatureSlot {
    const { program, kernels } = this;
    const [down = NaN, across = NaN] = this.axes.map(axis => {
      const factor = this.constant(2 / this.pairs(image, axis));
      const weight = program.add([coefficient], c => kernels.multiply(c, factor));
      const pull = program.add([this.neighbourDifference(image, axis), weight], (d, w) =>
        kernels.multiply(d, w),
      );
      // d/dx of Σ(x[i+1]−x[i])² pulls up at the later neighbour and down at the earlier one.
      const later = program.add([pull], d => kernels.pad(d, axis, 1, 0));
      const earlier = program.add([pull], d => kernels.pad(d, axis, 0, 1));
      return this.difference(later, earlier);
    });
    return { ...image, slot: program.add([down, across], (p, q) => kernels.add(p, q)) };
  }

  excess(image: FeatureSlot, interval: Interval): Slot {
    return this.squares(this.outside(image, interval), 1 / count(image));
  }

  excessBack(image: FeatureSlot, coefficient: Slot, interval: Interval): FeatureSlot {
    const { program, kernels } = this;
    const factor = this.constant(2 / count(image));
    const weight = program.add([coefficient], c => kernels.multiply(c, factor));
    const back = program.add([this.outside(image, interval), weight], (x, w) => kernels.multiply(x, w));
    return { ...image, slot: back };
  }

  /** x − clamp(x, low, high). */
  private outside({ slot }: FeatureSlot, { low, high }: Interval): Slot {
    const { program, kernels } = this;
    const [least, most] = [this.constant(low), this.constant(high)];
    const above = program.add([slot], x => kernels.subtract(x, most));
    const below = program.add([slot], x => kernels.subtract(least, x));
    const [over, under] = [above, below].map(part => program.add([part], x => kernels.relu(x)));
    return this.difference(over ?? NaN, under ?? NaN);
  }

  private get axes(): readonly [number, number] {
    return [this.kernels.layout.rows, this.kernels.layout.columns];
  }

  protected difference(a: Slot, b: Slot): Slot {
    return this.program.add([a, b], (p, q) => this.kernels.subtract(p, q));
  }

  /** factor · the sum of all squares. */
  protected squares(x: Slot, factor: number): Slot {
    const twice = this.constant(2 * factor);
    const half = this.program.add([x], values => this.kernels.l2Loss(values));
    return this.program.add([half], value => this.kernels.multiply(value, twice));
  }

  /** x[i+1] − x[i] along the axis. */
  private neighbourDifference(image: FeatureSlot, axis: number): Slot {
    const { program, kernels } = this;
    const pairs = (axis === kernels.layout.rows ? image.height : image.width) - 1;
    const later = program.add([image.slot], x => kernels.slice(x, axis, 1, pairs));
    const earlier = program.add([image.slot], x => kernels.slice(x, axis, 0, pairs));
    return this.difference(later, earlier);
  }

  /** Number of differences between neighbours along the axis, over all channels. */
  private pairs({ channels, height, width }: FeatureSlot, axis: number): number {
    return channels * (axis === this.kernels.layout.rows ? (height - 1) * width : height * (width - 1));
  }

  protected constant(value: number): Tensor {
    return this.kept(this.kernels.scalar(value));
  }

  protected kept(tensor: Tensor): Tensor {
    this.constants.push(tensor);
    return tensor;
  }
}

/** Number of values of a map. */
function count({ channels, height, width }: FeatureSlot): number {
  return channels * height * width;
}
