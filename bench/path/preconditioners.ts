import type { Size } from '../../src/nst/image';
import { gainsOf, HostPreconditioner } from '../../src/nst/optimizers/preconditioner';
import type { Preconditioner } from '../../src/nst/optimizers/vectorSpace';

/** The exponent for objectives with deep layers, which the tables have where they do not say otherwise. */
export const STEEP = 0.8;

export const identity: Preconditioner<Float32Array> = {
  apply: (target, x) => {
    target.set(x);
  },
};

/** Standard deviations of natural colours along brightness, blue–yellow and red–green, as columns over RGB. */
const COLOURS = [
  [0.26, 0.09, 0.02],
  [0.27, 0, -0.05],
  [0.27, -0.09, 0.03],
];

/**
 * L-BFGS on decorrelated colours, seen from the pixels: the levels of the product's M, and C = B·Bᵀ across the channels,
 * with B the colours' standard deviations, scaled to a mean of 1 on the diagonal and mixed with the identity.
 * @param part of C in the mix, in [0, 1]
 */
export class DecorrelatedColours implements Preconditioner<Float32Array> {
  private readonly levels: HostPreconditioner;
  private readonly mix: readonly number[][];
  private readonly room: Float32Array;

  constructor(size: Size, part: number) {
    this.levels = new HostPreconditioner(size, gainsOf(size, STEEP));
    this.room = new Float32Array(3 * size.width * size.height);
    const products = COLOURS.map(a => COLOURS.map(b => a.reduce((sum, value, k) => sum + value * b[k]!, 0)));
    const mean = products.reduce((sum, row, i) => sum + row[i]! / 3, 0);
    this.mix = products.map((row, i) =>
      row.map((value, k) => (part * value) / mean + (i === k ? 1 - part : 0)),
    );
  }

  apply(target: Float32Array, x: Float32Array): void {
    this.levels.apply(this.room, x);
    const area = x.length / 3;
    for (let i = 0; i < area; i++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let k = 0; k < 3; k++) sum += this.mix[c]![k]! * this.room[k * area + i]!;
        target[c * area + i] = sum;
      }
    }
  }
}
