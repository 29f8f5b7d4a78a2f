import type { FloatImage, Size } from './image';

/** For each output place, the input places it is made of and their weights. */
interface Taps {
  readonly count: number;
  /** count entries for every output place, clamped to the input. */
  readonly places: Int32Array;
  readonly weights: Float64Array;
}

/**
 * Resamples an image with the Catmull-Rom kernel, rows then columns, pixel centres aligned, edges repeated; the
 * kernel is stretched where the image shrinks. It interpolates: the same size gives the same values. Always the
 * same bytes for the same input.
 */
export function resample(image: FloatImage, { width, height }: Size): FloatImage {
  const across = catmullRomTaps(image.width, width);
  const down = catmullRomTaps(image.height, height);
  const rows = new Float64Array(image.height * width);
  const data = new Float32Array(3 * height * width);
  for (let channel = 0; channel < 3; channel++) {
    const from = channel * image.height * image.width;
    for (let y = 0; y < image.height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = x * across.count; k < (x + 1) * across.count; k++) {
          sum += across.weights[k]! * image.data[from + y * image.width + across.places[k]!]!;
        }
        rows[y * width + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = y * down.count; k < (y + 1) * down.count; k++) {
          sum += down.weights[k]! * rows[down.places[k]! * width + x]!;
        }
        data[(channel * height + y) * width + x] = sum;
      }
    }
  }
  return { width, height, data };
}

function catmullRomTaps(from: number, to: number): Taps {
  const stretch = Math.max(1, from / to);
  const count = Math.ceil(4 * stretch);
  const places = new Int32Array(to * count);
  const weights = new Float64Array(to * count);
  for (let i = 0; i < to; i++) {
    const centre = ((i + 0.5) * from) / to - 0.5;
    const first = Math.floor(centre - 2 * stretch) + 1;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const weight = catmullRom((first + k - centre) / stretch);
      places[i * count + k] = Math.min(from - 1, Math.max(0, first + k));
      weights[i * count + k] = weight;
      sum += weight;
    }
    for (let k = i * count; k < (i + 1) * count; k++) weights[k]! /= sum;
  }
  return { count, places, weights };
}

/** Keys' cubic convolution kernel with a = −1/2 (1981). */
function catmullRom(distance: number): number {
  const t = Math.abs(distance);
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  if (t < 2) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
  return 0;
}
