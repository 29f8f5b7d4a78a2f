import type { Evaluate } from '../../src/nst/optimizer';

/**
 * The optimizer of the classic programs, written from the documented behaviour of torch.optim.LBFGS with step 1,
 * history 100 and no line search: the first step is −g·min(1, 1/|g|₁), a pair is kept when s·y > 1e-10, H₀ is
 * s·y / y·y of the newest pair, every step is taken whatever it does to the loss. Its stopping tolerances are
 * off, as those programs set them. One evaluation a step.
 */
export async function classicLbfgs(
  start: Float32Array,
  evaluate: Evaluate<Float32Array>,
  evaluations: number,
  history = 100,
): Promise<void> {
  const x = start.slice();
  const pairs: { s: Float32Array; y: Float32Array; rho: number }[] = [];
  let scaling = 1;
  let { gradient } = await evaluate(x);
  let direction: Float32Array = gradient.map(value => -value);
  let length = Math.min(1, 1 / gradient.reduce((sum, value) => sum + Math.abs(value), 0));
  for (let i = 1; i < evaluations; i++) {
    for (let k = 0; k < x.length; k++) x[k]! += length * direction[k]!;
    const before = gradient;
    ({ gradient } = await evaluate(x));
    const y = gradient.map((value, k) => value - before[k]!);
    const s = direction.map(value => length * value);
    const sy = dot(s, y);
    if (sy > 1e-10) {
      if (pairs.length === history) pairs.shift();
      pairs.push({ s, y, rho: 1 / sy });
      scaling = sy / dot(y, y);
    }
    direction = twoLoop(gradient, pairs, scaling);
    length = 1;
  }
}

/** −H·g by the two-loop recursion (Nocedal and Wright, algorithm 7.4). */
function twoLoop(
  gradient: Float32Array,
  pairs: readonly { s: Float32Array; y: Float32Array; rho: number }[],
  scaling: number,
): Float32Array {
  const q = gradient.map(value => -value);
  const alphas: number[] = [];
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, rho } = pairs[i]!;
    const alpha = rho * dot(s, q);
    alphas[i] = alpha;
    for (let k = 0; k < q.length; k++) q[k]! -= alpha * y[k]!;
  }
  for (let k = 0; k < q.length; k++) q[k]! *= scaling;
  pairs.forEach(({ s, y, rho }, i) => {
    const factor = alphas[i]! - rho * dot(y, q);
    for (let k = 0; k < q.length; k++) q[k]! += factor * s[k]!;
  });
  return q;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
