import { HostPreconditioner } from './preconditioner';
import type { AdamUpdate, LinearTerm, VectorSpace } from './vectorSpace';

/** Values worked on at a time: a block of each operand, and the sums, stay in the first-level cache. */
const BLOCK = 2048;

/** Sums of one block in double precision; module-wide, since nothing here is interrupted. */
const sums = new Float64Array(BLOCK);

/**
 * Vectors in ordinary memory. Sums are in double precision and always in the same order, so results depend on
 * nothing but the operands.
 */
export const hostVectors: VectorSpace<Float32Array> = {
  zeros: like => new Float32Array(like.length),
  copy: x => x.slice(),
  size: x => x.length,
  dots,
  manyDots: groups => groups.map(({ x, ys }) => dots(x, ys)),
  combine,
  adam,
  preconditioner: (size, gains) => new HostPreconditioner(size, gains),
  toHost: x => x,
  fromHost: values => values.slice(),
  dispose: () => undefined,
};

function dots(x: Float32Array, ys: readonly Float32Array[]): number[] {
  const products = new Array<number>(ys.length).fill(0);
  const add = (k: number, product: number): void => {
    products[k] = product + (products[k] ?? 0);
  };
  for (let from = 0; from < x.length; from += BLOCK) {
    const to = Math.min(x.length, from + BLOCK);
    let k = 0;
    for (; k + 3 < ys.length; k += 4) {
      const [a, b, c, d] = [ys[k], ys[k + 1], ys[k + 2], ys[k + 3]];
      if (a && b && c && d) dotFour(x, a, b, c, d, from, to, add, k);
    }
    for (; k < ys.length; k++) {
      const y = ys[k];
      if (y) add(k, dotOne(x, y, from, to));
    }
  }
  return products;
}

/** Four products at once, in two independent chains each, so that additions overlap. */
function dotFour(
  x: Float32Array,
  a: Float32Array,
  b: Float32Array,
  c: Float32Array,
  d: Float32Array,
  from: number,
  to: number,
  add: (k: number, product: number) => void,
  k: number,
): void {
  let [a0, a1, b0, b1, c0, c1, d0, d1] = [0, 0, 0, 0, 0, 0, 0, 0];
  let i = from;
  for (; i + 1 < to; i += 2) {
    const p = x[i]!;
    const q = x[i + 1]!;
    a0 += p * a[i]!;
    a1 += q * a[i + 1]!;
    b0 += p * b[i]!;
    b1 += q * b[i + 1]!;
    c0 += p * c[i]!;
    c1 += q * c[i + 1]!;
    d0 += p * d[i]!;
    d1 += q * d[i + 1]!;
  }
  if (i < to) {
    const p = x[i]!;
    a0 += p * a[i]!;
    b0 += p * b[i]!;
    c0 += p * c[i]!;
    d0 += p * d[i]!;
  }
  add(k, a0 + a1);
  add(k + 1, b0 + b1);
  add(k + 2, c0 + c1);
  add(k + 3, d0 + d1);
}

function dotOne(x: Float32Array, y: Float32Array, from: number, to: number): number {
  let [s0, s1] = [0, 0];
  let i = from;
  for (; i + 1 < to; i += 2) {
    s0 += x[i]! * y[i]!;
    s1 += x[i + 1]! * y[i + 1]!;
  }
  if (i < to) s0 += x[i]! * y[i]!;
  return s0 + s1;
}

function combine(target: Float32Array, terms: readonly LinearTerm<Float32Array>[]): void {
  for (let from = 0; from < target.length; from += BLOCK) {
    const to = Math.min(target.length, from + BLOCK);
    sums.fill(0);
    let k = 0;
    for (; k + 3 < terms.length; k += 4) {
      const [a, b, c, d] = [terms[k], terms[k + 1], terms[k + 2], terms[k + 3]];
      if (a && b && c && d) addFour(a, b, c, d, from, to);
    }
    for (; k < terms.length; k++) {
      const term = terms[k];
      if (term) addOne(term, from, to);
    }
    for (let i = from; i < to; i++) target[i] = sums[i - from]!;
  }
}

function addFour(
  [p, a]: LinearTerm<Float32Array>,
  [q, b]: LinearTerm<Float32Array>,
  [r, c]: LinearTerm<Float32Array>,
  [s, d]: LinearTerm<Float32Array>,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    sums[i - from]! += p * a[i]! + q * b[i]! + (r * c[i]! + s * d[i]!);
  }
}

function addOne([p, a]: LinearTerm<Float32Array>, from: number, to: number): void {
  for (let i = from; i < to; i++) sums[i - from]! += p * a[i]!;
}

function adam(
  x: Float32Array,
  gradient: Float32Array,
  m: Float32Array,
  v: Float32Array,
  { rate, beta1, beta2, epsilon, correction1, correction2 }: AdamUpdate,
): void {
  for (let i = 0; i < x.length; i++) {
    const g = gradient[i]!;
    const first = beta1 * m[i]! + (1 - beta1) * g;
    const second = beta2 * v[i]! + (1 - beta2) * g * g;
    m[i] = first;
    v[i] = second;
    x[i]! -= (rate * (first / correction1)) / (Math.sqrt(second / correction2) + epsilon);
  }
}
