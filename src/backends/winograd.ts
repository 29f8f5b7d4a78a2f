/**
 * Winograd's minimal filtering F(m, 3): m outputs of a 3-tap correlation from m + 2 multiplications,
 * y = Aᵀ[(G g) ⊙ (Bᵀ d)] (Winograd 1980; Lavin and Gray 2016 for convolutional networks). In two dimensions the
 * same matrices act on rows and columns.
 */
export interface Filtering {
  /** m, the outputs of one tile along one axis. */
  readonly outputs: number;
  /** m + 2, the inputs of one tile and the number of products along one axis. */
  readonly products: number;
  /** products × products. */
  readonly bT: readonly (readonly number[])[];
  /** products × 3. */
  readonly g: readonly (readonly number[])[];
  /** outputs × products. */
  readonly aT: readonly (readonly number[])[];
}

const INFINITY = Number.POSITIVE_INFINITY;

/** The points of F(4, 3) of Lavin and Gray. Measured against 0, ±1, ½, −2: within a quarter of its rounding error. */
const FORWARD_POINTS = [0, 1, -1, 2, -2, INFINITY] as const;

/** 1/p for each forward point: with these, a rotated kernel has the transform of the kernel itself, up to scale. */
const BACKWARD_POINTS = FORWARD_POINTS.map(point =>
  point === 0 ? INFINITY : point === INFINITY ? 0 : 1 / point,
);

/** Π (p − q) over the other finite points q: the denominator of Lagrange's polynomial at p. */
function denominator(points: readonly number[], point: number): number {
  return points.reduce((product, other) => {
    return other === point || other === INFINITY ? product : product * (point - other);
  }, 1);
}

/** Coefficients, lowest first, of Π (x − q) over the finite points except `left out`. */
function productPolynomial(points: readonly number[], leftOut: number): number[] {
  let polynomial = [1];
  for (const point of points) {
    if (point === leftOut || point === INFINITY) continue;
    const shifted = [0, ...polynomial];
    polynomial = shifted.map((coefficient, k) => coefficient - point * (polynomial[k] ?? 0));
  }
  return polynomial;
}

/** The Cook–Toom matrices for distinct points, one of them infinite. */
function cookToom(points: readonly number[]): Filtering {
  const products = points.length;
  const outputs = products - 2;
  const powers = (point: number, count: number): number[] =>
    Array.from({ length: count }, (_, k) => (point === INFINITY ? Number(k === count - 1) : point ** k));
  const columns = points.map(point => powers(point, outputs));
  return {
    outputs,
    products,
    bT: points.map(point => {
      const polynomial = productPolynomial(points, point);
      return Array.from({ length: products }, (_, k) => polynomial[k] ?? 0);
    }),
    g: points.map(point => {
      const scale = point === INFINITY ? 1 : 1 / denominator(points, point);
      return powers(point, 3).map(power => power * scale);
    }),
    aT: Array.from({ length: outputs }, (_, i) => columns.map(column => column[i] ?? 0)),
  };
}

export const forwardFiltering = cookToom(FORWARD_POINTS);

/**
 * The filtering for the rotated kernel on top of the forward transform U of the kernel itself. With points 1/p,
 * Σ_k p⁻ᵏ g[2−k] = p⁻² Σ_k pᵏ g[k], so the two transforms differ by a factor per point, which moves from G into Bᵀ.
 */
export const backwardFiltering: Filtering = (() => {
  const plain = cookToom(BACKWARD_POINTS);
  const factors = FORWARD_POINTS.map((point, j) => {
    const inverse = BACKWARD_POINTS[j] ?? NaN;
    const forwardScale = point === INFINITY ? 1 : denominator(FORWARD_POINTS, point);
    const backwardScale = inverse === INFINITY ? 1 : 1 / denominator(BACKWARD_POINTS, inverse);
    const power = point === 0 || point === INFINITY ? 1 : inverse ** 2;
    return forwardScale * backwardScale * power;
  });
  return { ...plain, bT: plain.bT.map((row, j) => row.map(value => value * (factors[j] ?? NaN))) };
})();

/** Bᵀ ⊗ Bᵀ as the kernel of a strided convolution with one input channel: products² × 1 × products × products. */
export function inputTransform({ products, bT }: Filtering): Float32Array {
  return outer(products, products, bT);
}

/** Aᵀ ⊗ Aᵀ as a matrix: outputs² × products². */
export function outputTransform({ outputs, products, aT }: Filtering): Float32Array {
  return outer(outputs, products, aT);
}

/** m ⊗ m for a rows × columns matrix: row (i, j), column (k, l) ↦ m[i][k]·m[j][l]. */
function outer(rows: number, columns: number, m: readonly (readonly number[])[]): Float32Array {
  const result = new Float32Array((rows * columns) ** 2);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      for (let k = 0; k < columns; k++) {
        for (let l = 0; l < columns; l++) result[at++] = (m[i]?.[k] ?? NaN) * (m[j]?.[l] ?? NaN);
      }
    }
  }
  return result;
}

/** U = G g Gᵀ for every pair of channels: OIHW kernel (out × in × 3 × 3) to products² × out × in. */
export function transformKernel(
  kernel: Float32Array,
  pairs: number,
  { g, products }: Filtering,
): Float32Array {
  const squared = products * products;
  const transformed = new Float32Array(squared * pairs);
  // One product after the other, so that each is written in order: VGG-19 has 1.4 million pairs.
  for (let product = 0; product < squared; product++) {
    const [row = [], column = []] = [g[Math.floor(product / products)], g[product % products]];
    const [g0 = NaN, g1 = NaN, g2 = NaN, g3 = NaN, g4 = NaN, g5 = NaN, g6 = NaN, g7 = NaN, g8 = NaN] =
      row.flatMap(a => column.map(b => a * b));
    for (let pair = 0, at = 0; pair < pairs; pair++, at += 9) {
      transformed[product * pairs + pair] =
        g0 * kernel[at]! +
        g1 * kernel[at + 1]! +
        g2 * kernel[at + 2]! +
        g3 * kernel[at + 3]! +
        g4 * kernel[at + 4]! +
        g5 * kernel[at + 5]! +
        g6 * kernel[at + 6]! +
        g7 * kernel[at + 7]! +
        g8 * kernel[at + 8]!;
    }
  }
  return transformed;
}

/**
 * Whether F(4, 3) beats the direct convolution: it saves three quarters of the multiplications, but passes over
 * all input and output channels to transform them, and its products are small matrices where there are few tiles. The
 * bounds are measured (bench/winograd.md).
 * @param tiles of the map; where it is not known, or is not one map's, there are enough
 */
export function winogradPays(inChannels: number, outChannels: number, tiles = Infinity): boolean {
  return (inChannels * outChannels) / (inChannels + outChannels) >= 40 && tiles >= 30;
}
