import type { Size } from '../image';

/**
 * What an optimizer needs of the vectors it works on, wherever they live: Float32Array on the host, or tensors
 * that never leave the device. Vectors are mutable; sums accumulate in double precision where the device can.
 * Several products or terms are asked for at once, so that a device needs one kernel and one transfer.
 */
export interface VectorSpace<V> {
  /** A new vector of the same shape, filled with zeros. */
  zeros(like: V): V;
  copy(x: V): V;
  /** How many values x has. */
  size(x: V): number;
  /** The products of x with each of `ys`, which may contain x itself. */
  dots(x: V, ys: readonly V[]): number[];
  /** Several such, for which a device is waited for once. */
  manyDots(groups: readonly DotGroup<V>[]): number[][];
  /** target ← Σ coefficient·vector, summed before rounding; `target` may be one of the terms; without terms, zeros. */
  combine(target: V, terms: readonly LinearTerm<V>[]): void;
  /**
   * One Adam update (Kingma and Ba 2015): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², x ← x − rate·m̂/(√v̂ + ε),
   * where m̂ = m / correction1, v̂ = v / correction2, and the corrections are 1−β₁ᵗ and 1−β₂ᵗ.
   */
  adam(x: V, gradient: V, m: V, v: V, update: AdamUpdate): void;
  /** What `HostPreconditioner` does with these gains, for vectors that are images of this size. */
  preconditioner(size: Size, gains: readonly number[]): Preconditioner<V>;
  /**
   * Values as planar RGB, whatever the layout here; may be the vector itself, to be read before that changes or is
   * disposed of.
   */
  toHost(x: V): Float32Array;
  /** A new vector with these values, planar RGB. */
  fromHost(values: Float32Array, like: V): V;
  /** Gives the vector's place back: what is read of it afterwards may be another's. */
  dispose(x: V): void;
}

/** A symmetric positive definite M. */
export interface Preconditioner<V> {
  /** target ← M·x; `target` is not x. */
  apply(target: V, x: V): void;
}

/** What `dots` takes. */
export interface DotGroup<V> {
  readonly x: V;
  readonly ys: readonly V[];
}

/** coefficient · vector. */
export type LinearTerm<V> = readonly [coefficient: number, vector: V];

export interface AdamUpdate {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly correction1: number;
  readonly correction2: number;
}
