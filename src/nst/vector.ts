/**
 * What an optimizer needs of the vectors it works on, wherever they live: Float32Array on the host, or tensors
 * that never leave the device. Vectors are mutable; dot products accumulate in at least double precision where
 * the device can.
 */
export interface VectorSpace<V> {
  /** A new vector of the same shape, filled with zeros. */
  zeros(like: V): V;
  copy(x: V): V;
  /** target ← source. */
  assign(target: V, source: V): void;
  dot(a: V, b: V): number;
  /** y ← y + a·x. */
  axpy(a: number, x: V, y: V): void;
  /** x ← a·x. */
  scale(a: number, x: V): void;
  /** Σ|x|. */
  sumAbs(x: V): number;
  /**
   * One Adam update (Kingma and Ba 2015): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², x ← x − rate·m̂/(√v̂ + ε),
   * where `correction1` and `correction2` are 1−β₁ᵗ and 1−β₂ᵗ.
   */
  adam(x: V, gradient: V, m: V, v: V, update: AdamUpdate): void;
  toHost(x: V): Float32Array;
  fromHost(values: Float32Array, like: V): V;
  /** Frees device memory; the host's garbage collector needs no call. */
  dispose(x: V): void;
}

export interface AdamUpdate {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly correction1: number;
  readonly correction2: number;
}
