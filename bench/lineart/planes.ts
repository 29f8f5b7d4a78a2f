import type { FloatImage, Size } from '../../src/nst/image';

/** One value a pixel, row by row. */
export interface Plane extends Size {
  readonly values: Float32Array;
}

/** One channel of a planar picture, by reference. */
export function channelOf(data: Float32Array, { width, height }: Size, channel: number): Plane {
  const area = width * height;
  return { width, height, values: data.subarray(channel * area, (channel + 1) * area) };
}

/** Luma of Rec. 601, from sRGB-encoded values held in [0, 1]. */
export function lumaOf({ width, height, data }: FloatImage): Plane {
  const area = width * height;
  const held = (i: number): number => Math.min(1, Math.max(0, data[i]!));
  const values = Float32Array.from(
    { length: area },
    (_, i) => 0.299 * held(i) + 0.587 * held(area + i) + 0.114 * held(2 * area + i),
  );
  return { width, height, values };
}

/** Gaussian blur of standard deviation `sigma` pixels, edges repeated. */
export function blurred(plane: Plane, sigma: number): Plane {
  const radius = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const whole = kernel.reduce((sum, weight) => sum + weight, 0);
  const pass = ({ width, height, values }: Plane, dx: number, dy: number): Plane => {
    const target = new Float32Array(values.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = -radius; k <= radius; k++) {
          const u = Math.min(width - 1, Math.max(0, x + k * dx));
          const v = Math.min(height - 1, Math.max(0, y + k * dy));
          sum += kernel[k + radius]! * values[v * width + u]!;
        }
        target[y * width + x] = sum / whole;
      }
    }
    return { width, height, values: target };
  };
  return pass(pass(plane, 1, 0), 0, 1);
}
