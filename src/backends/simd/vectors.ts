import { hostVectors } from '../../nst/optimizers/hostVectors';
import type { Size } from '../../nst/image';
import type {
  AdamUpdate,
  DotGroup,
  LinearTerm,
  Preconditioner,
  VectorSpace,
} from '../../nst/optimizers/vectorSpace';
import { Arena } from './arena';
import { SimdPreconditioner } from './preconditioner';

/** More operands from elsewhere than this are not worth their copies. */
const MOST_FOREIGN = 3;

/**
 * Vectors in memory of WebAssembly, whose vector instructions work on them: about three times as fast as `hostVectors`,
 * with the same results to the last bit. Arrays that come from elsewhere are copied when they are operands. Where such
 * memory is not to be had, everything is as with `hostVectors`.
 */
export class SimdVectors implements VectorSpace<Float32Array> {
  /** By length of vector; gone when the last vector is disposed of. */
  private readonly arenas = new Map<number, Arena>();

  zeros(like: Float32Array): Float32Array {
    return this.arenaFor(like.length)?.take()?.fill(0) ?? hostVectors.zeros(like);
  }

  copy(x: Float32Array): Float32Array {
    return this.fromHost(x, x);
  }

  size(x: Float32Array): number {
    return x.length;
  }

  dots(x: Float32Array, ys: readonly Float32Array[]): number[] {
    return (
      this.within([x, ...ys], (arena, [first, ...others]) => arena.dots(first!, others)) ??
      hostVectors.dots(x, ys)
    );
  }

  manyDots(groups: readonly DotGroup<Float32Array>[]): number[][] {
    return groups.map(({ x, ys }) => this.dots(x, ys));
  }

  combine(target: Float32Array, terms: readonly LinearTerm<Float32Array>[]): void {
    const done = this.within([target, ...terms.map(([, vector]) => vector)], (arena, [first, ...others]) => {
      arena.combine(
        first!,
        terms.map(([coefficient], k) => [coefficient, others[k]!]),
      );
      if (first !== target) target.set(first!);
      return true;
    });
    if (done === undefined) hostVectors.combine(target, terms);
  }

  adam(x: Float32Array, gradient: Float32Array, m: Float32Array, v: Float32Array, update: AdamUpdate): void {
    hostVectors.adam(x, gradient, m, v, update);
  }

  preconditioner(size: Size, gains: readonly number[]): Preconditioner<Float32Array> {
    const onHost = hostVectors.preconditioner(size, gains);
    const here = new SimdPreconditioner(size, gains);
    return {
      apply: (target, x) => {
        const room = this.arenas.get(x.length)?.take();
        const done =
          room &&
          this.within([target, x], (arena, [into, from]) => {
            here.apply(arena.kernels, into!.byteOffset, from!.byteOffset, room.byteOffset);
            if (into !== target) target.set(into!);
            return true;
          });
        if (room) this.dispose(room);
        if (done === undefined) onHost.apply(target, x);
      },
    };
  }

  toHost(x: Float32Array): Float32Array {
    return x;
  }

  fromHost(values: Float32Array, like: Float32Array): Float32Array {
    const vector = this.zeros(like);
    vector.set(values);
    return vector;
  }

  dispose(x: Float32Array): void {
    const arena = this.arenas.get(x.length);
    arena?.release(x);
    if (arena?.isEmpty) this.arenas.delete(x.length);
  }

  private arenaFor(length: number): Arena | undefined {
    const found = this.arenas.get(length) ?? Arena.of(length);
    if (found) this.arenas.set(length, found);
    return found;
  }

  /**
   * Does something with operands where they lie, or with copies of a few that lie elsewhere. Undefined where nothing was
   * done: without an arena, or with too many of the latter.
   */
  private within<R>(
    operands: readonly Float32Array[],
    work: (arena: Arena, local: readonly Float32Array[]) => R,
  ): R | undefined {
    const arena = this.arenas.get(operands[0]!.length);
    if (arena === undefined) return undefined;
    const foreign = [...new Set(operands.filter(vector => !arena.has(vector)))];
    if (foreign.length > MOST_FOREIGN) return undefined;
    const copies = foreign.map(() => arena.take());
    try {
      if (copies.includes(undefined)) return undefined;
      foreign.forEach((vector, k) => copies[k]!.set(vector));
      return work(
        arena,
        operands.map(vector => copies[foreign.indexOf(vector)] ?? vector),
      );
    } finally {
      for (const copy of copies) if (copy) arena.release(copy);
    }
  }
}
