// Sums over many vectors at once, compiled by AssemblyScript (`npm run kernels`): what `dots` and `combine` of
// src/nst/optimizers/hostVectors.ts compute, in the same order and precision, two values an instruction. Vectors lie at addresses
// that are multiples of 16, end with zeros up to a multiple of four values, and `values` counts those too.

/** Values worked on at a time: a block of each operand, and the sums, stay in the first-level cache. */
const BLOCK: usize = 2048;

/** Bytes of a float32. */
const FLOAT: usize = 4;

// @ts-expect-error: a decorator of AssemblyScript
@inline
function low(four: v128): v128 {
  return f64x2.promote_low_f32x4(four);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function high(four: v128): v128 {
  return f64x2.promote_low_f32x4(i8x16.shuffle(four, four, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function accumulate(sum: v128, xLow: v128, xHigh: v128, at: usize): v128 {
  const y = v128.load(at);
  return f64x2.add(f64x2.add(sum, f64x2.mul(xLow, low(y))), f64x2.mul(xHigh, high(y)));
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function addTo(products: usize, k: usize, sum: v128): void {
  const at = products + 8 * k;
  store<f64>(at, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + load<f64>(at));
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function vectorAt(list: usize, k: usize): usize {
  return <usize>load<u32>(list + 4 * k);
}

/**
 * The products of the vector at `x` with each of the `count` vectors whose addresses (u32) are at `ys`: float64 at
 * `products`.
 */
export function dots(x: usize, ys: usize, count: usize, values: usize, products: usize): void {
  memory.fill(products, 0, 8 * count);
  for (let first: usize = 0; first < values; first += BLOCK) {
    const from = FLOAT * first;
    const to = FLOAT * min(values, first + BLOCK);
    let k: usize = 0;
    for (; k + 3 < count; k += 4) {
      const a = vectorAt(ys, k);
      const b = vectorAt(ys, k + 1);
      const c = vectorAt(ys, k + 2);
      const d = vectorAt(ys, k + 3);
      let ofA = f64x2.splat(0);
      let ofB = f64x2.splat(0);
      let ofC = f64x2.splat(0);
      let ofD = f64x2.splat(0);
      for (let i = from; i < to; i += 16) {
        const four = v128.load(x + i);
        const xLow = low(four);
        const xHigh = high(four);
        ofA = accumulate(ofA, xLow, xHigh, a + i);
        ofB = accumulate(ofB, xLow, xHigh, b + i);
        ofC = accumulate(ofC, xLow, xHigh, c + i);
        ofD = accumulate(ofD, xLow, xHigh, d + i);
      }
      addTo(products, k, ofA);
      addTo(products, k + 1, ofB);
      addTo(products, k + 2, ofC);
      addTo(products, k + 3, ofD);
    }
    for (; k < count; k++) {
      const y = vectorAt(ys, k);
      let sum = f64x2.splat(0);
      for (let i = from; i < to; i += 16) {
        const four = v128.load(x + i);
        sum = accumulate(sum, low(four), high(four), y + i);
      }
      addTo(products, k, sum);
    }
  }
}

/**
 * The vector at `target` becomes Σ coefficient·vector of the `count` vectors whose addresses (u32) are at `list` and whose
 * coefficients (float64) are at `coefficients`; `sums` is room for 2048 float64.
 */
export function combine(
  target: usize,
  list: usize,
  coefficients: usize,
  count: usize,
  values: usize,
  sums: usize,
): void {
  for (let first: usize = 0; first < values; first += BLOCK) {
    const from = FLOAT * first;
    const bytes = FLOAT * (min(values, first + BLOCK) - first);
    memory.fill(sums, 0, 2 * bytes);
    let k: usize = 0;
    for (; k + 3 < count; k += 4) {
      const a = vectorAt(list, k) + from;
      const b = vectorAt(list, k + 1) + from;
      const c = vectorAt(list, k + 2) + from;
      const d = vectorAt(list, k + 3) + from;
      const p = v128.load64_splat(coefficients + 8 * k);
      const q = v128.load64_splat(coefficients + 8 * k + 8);
      const r = v128.load64_splat(coefficients + 8 * k + 16);
      const s = v128.load64_splat(coefficients + 8 * k + 24);
      for (let i: usize = 0; i < bytes; i += 16) {
        const ofA = v128.load(a + i);
        const ofB = v128.load(b + i);
        const ofC = v128.load(c + i);
        const ofD = v128.load(d + i);
        const at = sums + 2 * i;
        const lowAB = f64x2.add(f64x2.mul(p, low(ofA)), f64x2.mul(q, low(ofB)));
        const lowCD = f64x2.add(f64x2.mul(r, low(ofC)), f64x2.mul(s, low(ofD)));
        v128.store(at, f64x2.add(v128.load(at), f64x2.add(lowAB, lowCD)));
        const highAB = f64x2.add(f64x2.mul(p, high(ofA)), f64x2.mul(q, high(ofB)));
        const highCD = f64x2.add(f64x2.mul(r, high(ofC)), f64x2.mul(s, high(ofD)));
        v128.store(at + 16, f64x2.add(v128.load(at + 16), f64x2.add(highAB, highCD)));
      }
    }
    for (; k < count; k++) {
      const a = vectorAt(list, k) + from;
      const p = v128.load64_splat(coefficients + 8 * k);
      for (let i: usize = 0; i < bytes; i += 16) {
        const ofA = v128.load(a + i);
        const at = sums + 2 * i;
        v128.store(at, f64x2.add(v128.load(at), f64x2.mul(p, low(ofA))));
        v128.store(at + 16, f64x2.add(v128.load(at + 16), f64x2.mul(p, high(ofA))));
      }
    }
    for (let i: usize = 0; i < bytes; i += 16) {
      const at = sums + 2 * i;
      const lower = f32x4.demote_f64x2_zero(v128.load(at));
      const upper = f32x4.demote_f64x2_zero(v128.load(at + 16));
      const four = i8x16.shuffle(lower, upper, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
      v128.store(target + from + i, four);
    }
  }
}
