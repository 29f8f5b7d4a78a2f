/** Eigenvalues in no particular order, and their eigenvectors as rows. */
export interface Eigen {
  readonly values: Float64Array;
  /** n·n values: row k is the unit eigenvector of `values[k]`. */
  readonly vectors: Float64Array;
}

/** Sweeps of one eigenvalue; a handful is the rule. */
const SWEEPS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix of n·n values: Householder's reduction to a tridiagonal matrix, then
 * QL with implicit shifts (Bowdler, Martin, Reinsch and Wilkinson 1968; EISPACK's tred2 and tql2). Everything is stored
 * so that the inner loops run along rows.
 * @throws RangeError when a value is not finite
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigen {
  const a = Float64Array.from(matrix);
  if (!a.every(Number.isFinite)) throw new RangeError('a matrix with values that are no numbers');
  const { diagonal, beside } = tridiagonalize(a, n);
  const vectors = accumulate(a, n);
  diagonalize(diagonal, beside, vectors, n);
  return { values: diagonal, vectors };
}

/**
 * Reduces rows k = 0 … n − 3 in turn with the reflection H = I − v vᵀ that leaves of the row one value beside the
 * diagonal. Row k keeps v, scaled so that vᵀv = 2 (or zeros), from k + 1 on.
 */
function tridiagonalize(
  a: Float64Array,
  n: number,
): { readonly diagonal: Float64Array; readonly beside: Float64Array } {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    const v = a.subarray(k * n, (k + 1) * n);
    diagonal[k] = v[k]!;
    const length = norm(v, k + 1, n);
    const first = v[k + 1]!;
    if (k === n - 2 || norm(v, k + 2, n) === 0) {
      beside[k] = first;
      v.fill(0, k + 1);
      continue;
    }
    const alpha = first > 0 ? -length : length;
    beside[k] = alpha;
    // |v|² = 2·length·(length + |first|).
    const scale = Math.sqrt(1 / (length * (length + Math.abs(first))));
    v[k + 1] = first - alpha;
    for (let j = k + 1; j < n; j++) v[j]! *= scale;
    // H A H = A − v wᵀ − w vᵀ, with p = A v and w = p − (vᵀp / 2) v.
    let half = 0;
    for (let i = k + 1; i < n; i++) {
      p[i] = dot(a, i * n, v, k + 1, n);
      half += p[i]! * v[i]!;
    }
    half /= 2;
    for (let i = k + 1; i < n; i++) p[i]! -= half * v[i]!;
    for (let i = k + 1; i < n; i++) {
      const row = i * n;
      const [x, y] = [v[i]!, p[i]!];
      for (let j = k + 1; j < n; j++) a[row + j]! -= x * p[j]! + y * v[j]!;
    }
  }
  diagonal[n - 1] = a[n * n - 1]!;
  return { diagonal, beside };
}

/** The transpose of the product of all reflections, whose vectors are in the rows above the diagonal. */
function accumulate(a: Float64Array, n: number): Float64Array {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let k = n - 3; k >= 0; k--) {
    const v = a.subarray(k * n, (k + 1) * n);
    // Rows and columns up to k are still those of the identity.
    for (let i = k + 1; i < n; i++) {
      const row = i * n;
      const product = dot(q, row, v, k + 1, n);
      if (product === 0) continue;
      for (let j = k + 1; j < n; j++) q[row + j]! -= product * v[j]!;
    }
  }
  return q;
}

/** QL with implicit shifts; rotates the rows of `vectors` along. */
function diagonalize(d: Float64Array, e: Float64Array, vectors: Float64Array, n: number): void {
  // What is below the rounding of the largest values is nothing: a matrix without full rank is full of such.
  let nothing = 0;
  for (let i = 0; i < n; i++)
    nothing = Math.max(nothing, Number.EPSILON * (Math.abs(d[i]!) + Math.abs(e[i]!)));
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]!) > nothing) m++;
      if (m === l) break;
      if (sweep === SWEEPS) throw new RangeError('the eigenvalues of a matrix were not found');
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      g = d[m]! - d[l]! + e[l]! / (g + (g < 0 ? -1 : 1) * Math.sqrt(g * g + 1));
      let [s, c, shift] = [1, 1, 0];
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i]!;
        const b = c * e[i]!;
        const r = Math.sqrt(f * f + g * g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1]! -= shift;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1]! - shift;
        const t = (d[i]! - g) * s + 2 * c * b;
        shift = s * t;
        d[i + 1] = g + shift;
        g = c * t - b;
        rotate(vectors, i * n, n, c, s);
      }
      if (i >= l) continue;
      d[l]! -= shift;
      e[l] = g;
      e[m] = 0;
    }
  }
}

/** Rotates a row and the one after it. */
function rotate(rows: Float64Array, at: number, n: number, c: number, s: number): void {
  for (let j = at; j < at + n; j++) {
    const x = rows[j]!;
    const y = rows[j + n]!;
    rows[j + n] = s * x + c * y;
    rows[j] = c * x - s * y;
  }
}

function dot(rows: Float64Array, at: number, v: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let j = from; j < to; j++) sum += rows[at + j]! * v[j]!;
  return sum;
}

function norm(v: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let j = from; j < to; j++) sum += v[j]! ** 2;
  return Math.sqrt(sum);
}
