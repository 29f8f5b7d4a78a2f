import type { Size } from '../../nst/image';
import type { Kernels } from './kernels';

/** One level of the pyramid of a channel, with where its maps lie, in bytes from the beginning of the room for all. */
interface Level extends Size {
  readonly gain: number;
  readonly values: number;
  /** A map of this height and the width of the next finer level. */
  readonly between: number;
}

/** What `HostPreconditioner` computes, in memory of WebAssembly. */
export class SimdPreconditioner {
  private readonly levels: readonly Level[];

  constructor(
    private readonly size: Size,
    gains: readonly number[],
  ) {
    this.levels = levelsOf(size, gains);
  }

  /** target ← M·x, planar RGB; `room`, another vector's place, is written over. All are addresses. */
  apply(kernels: Kernels, target: number, x: number, room: number): void {
    const bytes = 4 * this.size.width * this.size.height;
    for (let channel = 0; channel < 3; channel++) {
      this.applyToChannel(kernels, target + channel * bytes, x + channel * bytes, room);
    }
  }

  private applyToChannel(kernels: Kernels, target: number, x: number, room: number): void {
    const { size, levels } = this;
    const area = size.width * size.height;
    levels.forEach(({ values, between }, l) => {
      const { width, height } = levels[l - 1] ?? size;
      const fine = l === 0 ? x : room + levels[l - 1]!.values;
      kernels.reduce(fine, width, height, room + between, room + values);
    });
    kernels.copy(target, x, area);
    for (let l = levels.length - 1; l >= 0; l--) {
      const { values, gain, width, height } = levels[l]!;
      kernels.multiply(room + values, width * height, gain);
      const coarser = levels[l + 1];
      if (coarser)
        kernels.addEnlarged(room + coarser.values, room + coarser.between, room + values, width, height);
    }
    const [finest] = levels;
    if (finest)
      kernels.addEnlarged(room + finest.values, room + finest.between, target, size.width, size.height);
  }
}

function levelsOf({ width, height }: Size, gains: readonly number[]): Level[] {
  let end = 0;
  const take = (count: number): number => {
    const from = end;
    end += 4 * count;
    return from;
  };
  return gains.map(gain => {
    const across = width;
    width = Math.ceil(width / 2);
    height = Math.ceil(height / 2);
    return { width, height, gain, values: take(width * height), between: take(across * height) };
  });
}
