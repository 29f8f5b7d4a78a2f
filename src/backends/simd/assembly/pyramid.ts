// The pyramid of src/nst/optimizers/preconditioner.ts, compiled by AssemblyScript (`npm run kernels`): each value is computed in double
// precision, in the same order as there, and rounded once. Maps are float32, row by row.

// @ts-expect-error: a decorator of AssemblyScript
@inline
function at(map: usize, index: i32): usize {
  return map + (<usize>index << 2);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function value(map: usize, index: i32): f64 {
  return <f64>load<f32>(at(map, index));
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function put(map: usize, index: i32, value: f64): void {
  store<f32>(at(map, index), <f32>value);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function pair(map: usize, index: i32): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at(map, index)));
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function putPair(map: usize, index: i32, values: v128): void {
  v128.store64_lane(at(map, index), f32x4.demote_f64x2_zero(values), 0);
}

/** coarse ← D·fine, halving the height of a map of width × height into `between`, then its width. */
export function reduce(fine: usize, width: i32, height: i32, between: usize, coarse: usize): void {
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  const last = halfWidth - 1;
  for (let y = 0; y < halfHeight; y++) {
    const row = at(between, y * width);
    reduceRows(fine, width, height, y, row);
    const to = at(coarse, y * halfWidth);
    put(to, 0, 0.5 * value(row, 0) + 0.375 * value(row, 1) + 0.125 * value(row, 2));
    for (let x = 1, k = 2; x < last; x++, k += 2) {
      put(
        to,
        x,
        0.125 * (value(row, k - 1) + value(row, k + 2)) + 0.375 * (value(row, k) + value(row, k + 1)),
      );
    }
    const k = 2 * last;
    let end: f64 = <f64>(<f32>(0.125 * value(row, k - 1) + 0.375 * value(row, k)));
    if (width % 2 === 0) end += 0.5 * value(row, k + 1);
    put(to, last, end);
  }
}

/** Row y of the map of half the height. */
function reduceRows(fine: usize, width: i32, height: i32, y: i32, row: usize): void {
  const here = at(fine, 2 * y * width);
  const above = y > 0 ? here - (<usize>width << 2) : here;
  const alone = 2 * y + 1 === height;
  const next = here + (<usize>width << 2);
  const below = 2 * y + 2 < height ? next + (<usize>width << 2) : next;
  const outer = f64x2.splat(0.125);
  const inner = f64x2.splat(0.375);
  let x = 0;
  if (alone) {
    for (; x < width; x++) put(row, x, 0.125 * value(above, x) + 0.375 * value(here, x));
    return;
  }
  for (; x + 1 < width; x += 2) {
    const far = f64x2.mul(outer, f64x2.add(pair(above, x), pair(below, x)));
    const near = f64x2.mul(inner, f64x2.add(pair(here, x), pair(next, x)));
    putPair(row, x, f64x2.add(far, near));
  }
  for (; x < width; x++) {
    put(row, x, 0.125 * (value(above, x) + value(below, x)) + 0.375 * (value(here, x) + value(next, x)));
  }
}

/** target ← map, both of `count` values. */
export function copy(target: usize, map: usize, count: i32): void {
  memory.copy(target, map, <usize>count << 2);
}

/** Every one of `count` values at `map` is multiplied by `factor`. */
export function multiply(map: usize, count: i32, factor: f64): void {
  const factors = f64x2.splat(factor);
  let i = 0;
  for (; i + 1 < count; i += 2) putPair(map, i, f64x2.mul(pair(map, i), factors));
  for (; i < count; i++) put(map, i, value(map, i) * factor);
}

/** fine ← fine + U·coarse for a fine map of width × height: doubles the width into `between`, then the height. */
export function addEnlarged(coarse: usize, between: usize, fine: usize, width: i32, height: i32): void {
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  for (let y = 0; y < halfHeight; y++) {
    const from = at(coarse, y * halfWidth);
    const to = at(between, y * width);
    for (let x = 0; x < halfWidth; x++) {
      const own = 0.75 * value(from, x);
      put(to, 2 * x, own + 0.25 * value(from, max(0, x - 1)));
      if (2 * x + 1 < width) put(to, 2 * x + 1, own + 0.25 * value(from, min(halfWidth - 1, x + 1)));
    }
  }
  const most = f64x2.splat(0.75);
  const rest = f64x2.splat(0.25);
  for (let y = 0; y < height; y++) {
    const near = y >> 1;
    const far = min(halfHeight - 1, max(0, y % 2 ? near + 1 : near - 1));
    const own = at(between, near * width);
    const other = at(between, far * width);
    const to = at(fine, y * width);
    let x = 0;
    for (; x + 1 < width; x += 2) {
      const added = f64x2.add(f64x2.mul(most, pair(own, x)), f64x2.mul(rest, pair(other, x)));
      putPair(to, x, f64x2.add(pair(to, x), added));
    }
    for (; x < width; x++) put(to, x, value(to, x) + (0.75 * value(own, x) + 0.25 * value(other, x)));
  }
}
