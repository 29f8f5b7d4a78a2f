import { createHash } from 'node:crypto';
import { lumaAt } from '../nst/colors/luma';
import { colorStatistics, type ColorStatistics } from '../nst/colors/statistics';
import type { FloatImage, Size } from '../nst/image';
import type { Mask } from '../nst/regions/mask';
import { fillTransparent } from './fillTransparent';
import type { ImageFormat } from './format';
import { type Interleaved, resample } from './resample';

/**
 * A decoded image, upright and in sRGB, held as it was stored: 8 or 16 bits a sample, 3 or 4 samples a pixel.
 * Floats are made for the sizes that are asked for.
 */
export class SourceImage implements Size {
  readonly width: number;
  readonly height: number;

  constructor(
    readonly format: ImageFormat,
    /** Whether any pixel is less than opaque; a file with an alpha channel that is full has none. */
    readonly hasAlpha: boolean,
    private readonly pixels: Interleaved,
  ) {
    this.width = pixels.width;
    this.height = pixels.height;
  }

  /** Names what the image shows, however its file says it: equal only for the same pixels. */
  get hash(): string {
    const { width, height, channels, samples } = this.pixels;
    const layout = JSON.stringify([width, height, channels, samples.BYTES_PER_ELEMENT]);
    return createHash('sha256').update(layout).update(samples).digest('hex');
  }

  /** Mean and covariance of the colours at full size, each pixel weighed by its opacity. */
  get colors(): ColorStatistics {
    const { channels, samples } = this.pixels;
    return colorStatistics({ channels, samples, white: samples instanceof Uint16Array ? 65535 : 255 });
  }

  /** Bytes held for the pixels. */
  get bytes(): number {
    return this.pixels.samples.byteLength;
  }

  /**
   * The image at exactly this size (see `resample` for how, and `fitLongestSide` for proportions). Transparent
   * pixels have the colours of their surroundings (see `fillTransparent`); `alphaAt` of the same size has the opacity.
   */
  async at(size: Size): Promise<FloatImage> {
    const { channels } = this.pixels;
    const interleaved = await resample(this.pixels, size);
    const area = size.width * size.height;
    const data = new Float32Array(3 * area);
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < area; i++) data[c * area + i] = interleaved[i * channels + c]!;
    }
    const image = { width: size.width, height: size.height, data };
    if (this.hasAlpha) fillTransparent(image, channel(interleaved, 3, new Float32Array(area)));
    return image;
  }

  /**
   * The image as a mask at this size: its opacity where it has any transparency, else its lightness (luma), height ·
   * width values in [0, 1]. What is white, or black, but for the last level of 8 bits is so entirely.
   */
  async maskAt(size: Size): Promise<Mask> {
    const { width, height } = this.pixels;
    const plane = this.hasAlpha ? this.alpha() : lumaPlane(this.pixels);
    const values = await resample({ width, height, channels: 1, samples: plane }, size);
    return { width: size.width, height: size.height, data: values.map(settled) };
  }

  /** Opacity at this size, height · width values in [0, 1]; undefined for an opaque image. */
  async alphaAt(size: Size): Promise<Float32Array | undefined> {
    if (!this.hasAlpha) return undefined;
    const { width, height } = this.pixels;
    return resample({ width, height, channels: 1, samples: this.alpha() }, size);
  }

  private alpha(): Uint8Array | Uint16Array {
    const { samples } = this.pixels;
    return channel(samples, 3, planeFor(this.pixels));
  }
}

/** An empty plane of the depth of some pixels. */
function planeFor({ width, height, samples }: Interleaved): Uint8Array | Uint16Array {
  return samples instanceof Uint16Array ? new Uint16Array(width * height) : new Uint8Array(width * height);
}

function lumaPlane(pixels: Interleaved): Uint8Array | Uint16Array {
  const { channels, samples } = pixels;
  const plane = planeFor(pixels);
  const colour = new Float32Array(3);
  for (let i = 0; i < plane.length; i++) {
    for (let c = 0; c < 3; c++) colour[c] = samples[i * channels + c]!;
    plane[i] = Math.round(lumaAt(colour, 0, 1));
  }
  return plane;
}

/** Half a level beyond the last one. */
const LAST_LEVEL = 1.5 / 255;

function settled(value: number): number {
  return value >= 1 - LAST_LEVEL ? 1 : value <= LAST_LEVEL ? 0 : value;
}

/** Copies one channel of interleaved RGBA to a plane. */
function channel<T extends Float32Array | Uint8Array | Uint16Array>(
  interleaved: T,
  index: number,
  plane: T,
): T {
  for (let i = 0; i < plane.length; i++) plane[i] = interleaved[4 * i + index]!;
  return plane;
}
