import type { InterleavedColors } from '../../../src/nst/colors/statistics';
import type { FloatImage, Size } from '../../../src/nst/image';
import type { Guidance } from '../../../src/nst/regions/guidance';
import type { Mask } from '../../../src/nst/regions/mask';
import type { Random } from '../../../src/nst/random';

/** Noise over a slope: no two values alike, all inside the range. */
export function texture({ width, height }: Size, random: Random): FloatImage {
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const slope = (i % width) / width - Math.floor(i / width) / (3 * height);
    return 0.4 + 0.2 * slope + 0.2 * (random.uniform() - 0.5);
  });
  return { width, height, data };
}

/** The left part of a picture in another style, with a soft border; of its topmost eighth the content is kept. */
export function halves({ width, height }: Size, style: FloatImage): Guidance {
  const mask = (at: (x: number, y: number) => number): Mask => {
    const data = Float32Array.from({ length: width * height }, (_, i) =>
      at(i % width, Math.floor(i / width)),
    );
    return { width, height, data };
  };
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const free = (y: number) => clamp((y - height / 8) / 3);
  const left = (x: number) => clamp((width / 2 - x) / 8 + 0.5);
  const styles = [{ image: style, weight: 1 }];
  return {
    rest: mask((x, y) => free(y) * (1 - left(x))),
    regions: [{ number: 1, mask: mask((x, y) => free(y) * left(x)), styles }],
    free: mask((_, y) => free(y)),
  };
}

/** The pixels of an image one after the other, with opacities if there are any. */
export function interleaved({ width, height, data }: FloatImage, alpha?: Float32Array): InterleavedColors {
  const [area, channels] = [width * height, alpha === undefined ? 3 : 4];
  const samples = Float32Array.from({ length: channels * area }, (_, k) => {
    const [i, c] = [Math.floor(k / channels), k % channels];
    return (c === 3 ? alpha?.[i] : data[c * area + i]) ?? NaN;
  });
  return { channels, samples, white: 1 };
}
