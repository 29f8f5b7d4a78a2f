import type { Tensor } from '@tensorflow/tfjs-core';
import type { Size } from '../../nst/image';
import type { Kernels } from './kernels';
import { filled, identity, kronecker, type Matrix } from './matrix';

/**
 * Several levels of the pyramid in `HostPreconditioner` at once. What level l adds to a map X is
 * g_l·4ˡ·AᵀA·X·BᵀB, where A and B are D along rows and along columns, l times. With A and B of all levels one below the
 * other, the sum is Aᵀ(G ∘ A·X·Bᵀ)B, where G is g_l·4ˡ in the block where level l meets itself, and 0 elsewhere.
 */
export class PyramidMatrices {
  /** What lies in memory: rows of pixels, or the rows of one channel after another. */
  private readonly flat: readonly [number, number];
  private readonly shape: readonly number[];
  private readonly down: Tensor;
  private readonly across: Tensor;
  private readonly gains: Tensor;

  /** @param gains g_l of the levels, from the first that is coarser than maps of this size */
  constructor(
    private readonly kernels: Kernels,
    { width, height }: Size,
    gains: readonly number[],
    channels: number,
  ) {
    const planar = kernels.layout.format === 'NCHW';
    const [down, across] = [levelsOf(height, gains.length), levelsOf(width, gains.length)];
    const gain = blocks(down.level, across.level, gains);
    const upload = ({ values, rows, columns }: Matrix): Tensor => kernels.upload(values, [rows, columns]);
    this.shape = kernels.featureShape(channels, height, width);
    this.flat = planar ? [channels * height, width] : [height, width * channels];
    this.down = upload(planar ? kronecker(identity(channels), down.matrix) : down.matrix);
    this.across = upload(planar ? across.matrix : kronecker(across.matrix, identity(channels)));
    this.gains = upload(planar ? kronecker(filled(channels, 1), gain) : kronecker(gain, filled(1, channels)));
  }

  /** The map with what the coarser levels add; a new tensor. */
  withCoarser(map: Tensor): Tensor {
    const { kernels, down, across, gains } = this;
    const flat = kernels.reshape(map, this.flat);
    const lower = kernels.matMul(down, flat);
    const reduced = kernels.matMul(lower, across, { b: true });
    const weighted = kernels.multiply(reduced, gains);
    const wider = kernels.matMul(weighted, across);
    const enlarged = kernels.matMul(down, wider, { a: true });
    const sum = kernels.add(flat, enlarged);
    const result = kernels.reshape(sum, this.shape);
    for (const tensor of [flat, lower, reduced, weighted, wider, enlarged, sum]) tensor.dispose();
    return result;
  }

  dispose(): void {
    for (const tensor of [this.down, this.across, this.gains]) tensor.dispose();
  }
}

/** D along one side, once, twice, … `count` times, one below the other, and for each row how many times. */
function levelsOf(length: number, count: number): { readonly matrix: Matrix; readonly level: number[] } {
  const columns = length;
  const level: number[] = [];
  const values: number[] = [];
  let fine = Array.from(identity(length).values);
  for (let l = 1; l <= count; l++) {
    const rows = Math.ceil(length / 2);
    const coarse = new Array<number>(rows * columns).fill(0);
    for (let from = 0; from < length; from++) {
      const near = from >> 1;
      const far = Math.min(rows - 1, Math.max(0, from % 2 ? near + 1 : near - 1));
      for (let i = 0; i < columns; i++) {
        coarse[near * columns + i]! += 0.375 * fine[from * columns + i]!;
        coarse[far * columns + i]! += 0.125 * fine[from * columns + i]!;
      }
    }
    values.push(...coarse);
    level.push(...new Array<number>(rows).fill(l));
    fine = coarse;
    length = rows;
  }
  return { matrix: { rows: level.length, columns, values: Float32Array.from(values) }, level };
}

function blocks(down: readonly number[], across: readonly number[], gains: readonly number[]): Matrix {
  const values = down.flatMap(l => across.map(k => (k === l ? gains[l - 1]! * 4 ** l : 0)));
  return { rows: down.length, columns: across.length, values: Float32Array.from(values) };
}
