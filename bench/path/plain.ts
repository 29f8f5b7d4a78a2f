import type { Evaluate } from '../../src/nst/optimizers/optimizer';

export interface PlainOptions {
  readonly history: number;
  /**
   * How far a step goes: all the way whatever it does to the loss; halved until the loss falls enough (Armijo); or
   * until the slope has fallen enough as well (strong Wolfe, by bisection).
   */
  readonly search: 'none' | 'armijo' | 'wolfe';
}

const SUFFICIENT = 1e-4;
const SLOPE_LEFT = 0.9;
const MOST_TRIALS = 10;

/**
 * The optimizer of the classic programs, written from the documented behaviour of torch.optim.LBFGS with step 1,
 * history 100 and no line search: the first step is −g·min(1, 1/|g|₁), a pair is kept when s·y > 1e-10, H₀ is
 * s·y / y·y of the newest pair, every step is taken whatever it does to the loss. Its stopping tolerances are
 * off, as those programs set them. One evaluation a step, except with a line search.
 * @param isOver asked after every step
 */
export async function plainLbfgs(
  start: Float32Array,
  evaluate: Evaluate<Float32Array>,
  isOver: () => boolean,
  { history, search }: PlainOptions,
): Promise<void> {
  let x = start;
  const pairs: Pair[] = [];
  let scaling = 1;
  let { value, gradient } = await evaluate(x);
  let direction = new Float32Array(x.length);
  axpy(-1, gradient, direction);
  let first = Math.min(1, 1 / sumAbs(gradient));
  while (!isOver()) {
    const end = await searchAlong(search, { x, value, gradient, direction, first, evaluate });
    const s = new Float32Array(x.length);
    axpy(end.length, direction, s);
    const y = end.gradient.slice();
    axpy(-1, gradient, y);
    ({ x, value, gradient } = end);
    const sy = dot(s, y);
    if (sy > 1e-10) {
      if (pairs.length === history) pairs.shift();
      pairs.push({ s, y, rho: 1 / sy });
      scaling = sy / dot(y, y);
    }
    direction = twoLoop(gradient, pairs, scaling);
    first = 1;
  }
}

interface Search {
  readonly x: Float32Array;
  readonly value: number;
  readonly gradient: Float32Array;
  readonly direction: Float32Array;
  readonly first: number;
  readonly evaluate: Evaluate<Float32Array>;
}

/** The first point along the direction that satisfies; after ten, the last. */
async function searchAlong(kind: PlainOptions['search'], search: Search) {
  const { x, value: before, gradient: slopeVector, direction, first, evaluate } = search;
  const slope = dot(slopeVector, direction);
  let [low, high, length] = [0, Infinity, first];
  for (let trial = 1; ; trial++) {
    const at = x.slice();
    axpy(length, direction, at);
    const { value, gradient } = await evaluate(at);
    const end = { x: at, value, gradient, length };
    if (kind === 'none' || trial === MOST_TRIALS) return end;
    const endSlope = dot(gradient, direction);
    const fell = value <= before + SUFFICIENT * length * slope;
    if (fell && (kind === 'armijo' || Math.abs(endSlope) <= SLOPE_LEFT * Math.abs(slope))) return end;
    if (!fell || endSlope > 0) high = length;
    else low = length;
    length = high === Infinity ? 2 * length : (low + high) / 2;
  }
}

interface Pair {
  readonly s: Float32Array;
  readonly y: Float32Array;
  readonly rho: number;
}

/** −H·g by the two-loop recursion (Nocedal and Wright, algorithm 7.4). */
function twoLoop(gradient: Float32Array, pairs: readonly Pair[], scaling: number): Float32Array<ArrayBuffer> {
  const q = new Float32Array(gradient.length);
  axpy(-1, gradient, q);
  const alphas: number[] = [];
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, rho } = pairs[i]!;
    alphas[i] = rho * dot(s, q);
    axpy(-alphas[i]!, y, q);
  }
  for (let k = 0; k < q.length; k++) q[k]! *= scaling;
  pairs.forEach(({ s, y, rho }, i) => axpy(alphas[i]! - rho * dot(y, q), s, q));
  return q;
}

function dot(a: Float32Array, b: Float32Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let k = 0; k + 3 < a.length; k += 4) {
    s0 += a[k]! * b[k]!;
    s1 += a[k + 1]! * b[k + 1]!;
    s2 += a[k + 2]! * b[k + 2]!;
    s3 += a[k + 3]! * b[k + 3]!;
  }
  for (let k = a.length & ~3; k < a.length; k++) s0 += a[k]! * b[k]!;
  return s0 + s1 + s2 + s3;
}

/** y ← y + a·x. */
function axpy(a: number, x: Float32Array, y: Float32Array): void {
  for (let k = 0; k < y.length; k++) y[k]! += a * x[k]!;
}

function sumAbs(x: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += Math.abs(x[k]!);
  return sum;
}
