import { fourierTransform } from '../../nst/fourier';
import type { FloatImage } from '../../nst/image';

/** Cycles per pixel in which coloured fringes and grain lie. */
const BAND = { low: 0.08, high: 0.25 };

/**
 * How strong the colours of an image are between 0.08 and 0.25 cycles per pixel: the root of the mean power of its two
 * chroma channels, R − G and B − (R + G)/2, in that band, under a window of Hann. Fringes are too much of it.
 */
export function chromaBand({ width, height, data }: FloatImage): number {
  const area = width * height;
  const [across, down] = [hann(width), hann(height)];
  // The channels are real: as the parts of one complex image they share a transform, and their powers add.
  const image = { re: new Float64Array(area), im: new Float64Array(area) };
  for (let i = 0; i < area; i++) {
    const [r, g, b] = [data[i]!, data[area + i]!, data[2 * area + i]!];
    image.re[i] = r - g;
    image.im[i] = b - (r + g) / 2;
  }
  let weight = 0;
  const [meanRe, meanIm] = [mean(image.re), mean(image.im)];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const w = down[y]! * across[x]!;
      image.re[i] = w * (image.re[i]! - meanRe);
      image.im[i] = w * (image.im[i]! - meanIm);
      weight += w * w;
    }
  }
  const rows = fourierTransform(width);
  for (let y = 0; y < height; y++)
    rows({
      re: image.re.subarray(y * width, (y + 1) * width),
      im: image.im.subarray(y * width, (y + 1) * width),
    });
  const columns = fourierTransform(height);
  const column = { re: new Float64Array(height), im: new Float64Array(height) };
  let power = 0;
  for (let x = 0; x < width; x++) {
    const fx = frequency(x, width);
    if (fx >= BAND.high) continue;
    for (let y = 0; y < height; y++) {
      column.re[y] = image.re[y * width + x]!;
      column.im[y] = image.im[y * width + x]!;
    }
    columns(column);
    for (let y = 0; y < height; y++) {
      const f = Math.hypot(fx, frequency(y, height));
      if (f > BAND.low && f < BAND.high) power += column.re[y]! ** 2 + column.im[y]! ** 2;
    }
  }
  return Math.sqrt(power / weight / area);
}

/** Of the k-th value of a transform, without its sign. */
function frequency(k: number, n: number): number {
  return Math.min(k, n - k) / n;
}

function hann(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (1 - Math.cos((2 * Math.PI * i) / (n - 1))) / 2);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
