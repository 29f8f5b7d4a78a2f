import { symmetricEigen } from '../eigen';
import type { FloatImage } from '../image';
import type { ColorStatistics } from './statistics';

/** Added to the variances, so that a grey image has a square root that can be inverted. */
const FLOOR = 1e-5;
/** Limits of the factors by which colours are spread: a grey style would be multiplied by hundreds. */
const LEAST = 0.25;
const MOST = 4;

/** p ↦ matrix·(p − from) + to, held to [0, 1]. */
export interface ColorMap {
  /** 3·3 values, row-major, symmetric. */
  readonly matrix: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/**
 * The map that gives the colours of a style the mean and, as far as its limits allow, the covariance of the content's:
 * A = Σ_S^−½ (Σ_S^½ Σ_C Σ_S^½)^½ Σ_S^−½, the optimal transport between two Gaussians, with 10⁻⁵ added to the variances
 * of both and the eigenvalues of A held to [¼, 4]. (Colour matching before painting: Gatys, Bethge, Hertzmann and
 * Shechtman 2016, "Preserving color in neural artistic style transfer".)
 */
export function matchingMap(style: ColorStatistics, content: ColorStatistics): ColorMap {
  const styleCovariance = withFloor(style.covariance);
  const root = withEigenvalues(styleCovariance, Math.sqrt);
  const inverse = withEigenvalues(styleCovariance, value => 1 / Math.sqrt(value));
  const between = withEigenvalues(sandwich(root, withFloor(content.covariance)), value =>
    Math.sqrt(Math.max(0, value)),
  );
  const matrix = withEigenvalues(sandwich(inverse, between), value => Math.min(MOST, Math.max(LEAST, value)));
  return { matrix, from: style.mean, to: content.mean };
}

/** The image with its colours mapped. */
export function mapColors(image: FloatImage, { matrix, from, to }: ColorMap): FloatImage {
  const { width, height, data } = image;
  const area = width * height;
  const mapped = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    const r = data[i]! - from[0]!;
    const g = data[area + i]! - from[1]!;
    const b = data[2 * area + i]! - from[2]!;
    for (let c = 0; c < 3; c++) {
      const value = matrix[3 * c]! * r + matrix[3 * c + 1]! * g + matrix[3 * c + 2]! * b + to[c]!;
      mapped[c * area + i] = Math.min(1, Math.max(0, value));
    }
  }
  return { width, height, data: mapped };
}

function withFloor(covariance: Float64Array): Float64Array {
  return covariance.map((value, i) => (i % 4 === 0 ? value + FLOOR : value));
}

/** The symmetric matrix with the same eigenvectors and other eigenvalues. */
function withEigenvalues(matrix: Float64Array, change: (value: number) => number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, 3);
  const result = new Float64Array(9);
  values.forEach((value, k) => {
    const factor = change(value);
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++) result[3 * a + b]! += factor * vectors[3 * k + a]! * vectors[3 * k + b]!;
  });
  return result;
}

/** outer · inner · outer, for a symmetric outer matrix. */
function sandwich(outer: Float64Array, inner: Float64Array): Float64Array {
  return product(product(outer, inner), outer);
}

function product(x: Float64Array, y: Float64Array): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) => {
    const [row, column] = [3 * Math.floor(i / 3), i % 3];
    return x[row]! * y[column]! + x[row + 1]! * y[3 + column]! + x[row + 2]! * y[6 + column]!;
  });
}
