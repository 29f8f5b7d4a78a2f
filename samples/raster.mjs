import { clamp } from './scalar.mjs';

/** A picture plane of floats: `channels` interleaved values a pixel, row by row. */
export class Raster {
  constructor(width, height, channels = 3) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.values = new Float32Array(width * height * channels);
  }

  /** Sets every pixel to pixel(x, y), an array of channel values (or a number for one channel). */
  static from(width, height, channels, pixel) {
    const raster = new Raster(width, height, channels);
    let at = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = pixel(x, y);
        if (channels === 1) raster.values[at++] = value;
        else for (let c = 0; c < channels; c++) raster.values[at++] = value[c];
      }
    }
    return raster;
  }

  /** Replaces every pixel by pixel(colour, x, y). */
  map(pixel) {
    const { width, channels, values } = this;
    return Raster.from(width, this.height, channels, (x, y) => {
      const at = (y * width + x) * channels;
      return pixel(channels === 1 ? values[at] : values.subarray(at, at + channels), x, y);
    });
  }

  /** The offset of a pixel, positions outside held at the border. */
  offset(x, y) {
    return (clamp(y, 0, this.height - 1) * this.width + clamp(x, 0, this.width - 1)) * this.channels;
  }

  /** Bilinear value of one channel at a position; pixel centres lie at whole numbers. */
  at(x, y, channel = 0) {
    const i = Math.floor(x);
    const j = Math.floor(y);
    const fx = x - i;
    const fy = y - j;
    const { values } = this;
    const top = values[this.offset(i, j) + channel] * (1 - fx) + values[this.offset(i + 1, j) + channel] * fx;
    const low =
      values[this.offset(i, j + 1) + channel] * (1 - fx) + values[this.offset(i + 1, j + 1) + channel] * fx;
    return top * (1 - fy) + low * fy;
  }

  /** Bilinear colour at a position. */
  colorAt(x, y) {
    return Array.from({ length: this.channels }, (_, c) => this.at(x, y, c));
  }

  /** Blends a colour over a pixel with opacity `alpha`; positions outside are ignored. */
  blend(x, y, color, alpha) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = (y * this.width + x) * this.channels;
    for (let c = 0; c < this.channels; c++) this.values[at + c] += (color[c] - this.values[at + c]) * alpha;
  }

  /** Gaussian blur of standard deviation `sigma` pixels, as three box passes each way. */
  blurred(sigma) {
    let raster = this;
    for (const radius of boxRadii(sigma)) raster = raster.#box(radius, true).#box(radius, false);
    return raster;
  }

  #box(radius, horizontal) {
    const { width, height, channels, values } = this;
    const out = new Raster(width, height, channels);
    const [lines, length] = horizontal ? [height, width] : [width, height];
    const step = (horizontal ? 1 : width) * channels;
    const stride = (horizontal ? width : 1) * channels;
    const inverse = 1 / (2 * radius + 1);
    for (let line = 0; line < lines; line++) {
      for (let c = 0; c < channels; c++) {
        const base = line * stride + c;
        const value = i => values[base + clamp(i, 0, length - 1) * step];
        let sum = 0;
        for (let i = -radius; i <= radius; i++) sum += value(i);
        for (let i = 0; i < length; i++) {
          out.values[base + i * step] = sum * inverse;
          sum += value(i + radius + 1) - value(i - radius);
        }
      }
    }
    return out;
  }

  /** Averages blocks of factor × factor pixels. */
  shrunk(factor) {
    if (factor === 1) return this;
    const { channels, values, width } = this;
    const out = new Raster(Math.floor(width / factor), Math.floor(this.height / factor), channels);
    for (let y = 0; y < out.height; y++) {
      for (let x = 0; x < out.width; x++) {
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let j = 0; j < factor; j++) {
            for (let i = 0; i < factor; i++) {
              sum += values[((y * factor + j) * width + x * factor + i) * channels + c];
            }
          }
          out.values[(y * out.width + x) * channels + c] = sum / (factor * factor);
        }
      }
    }
    return out;
  }

  /** Eight-bit values of the encoded colours, for a file. */
  bytes() {
    return Uint8Array.from(this.values, v => Math.round(255 * clamp(v)));
  }
}

/** Radii of three boxes whose succession has the variance of a Gaussian. */
function boxRadii(sigma) {
  const ideal = Math.sqrt(4 * sigma * sigma + 1);
  const lower = Math.floor((ideal - 1) / 2);
  const width = 2 * lower + 1;
  const lowers = Math.round((12 * sigma * sigma - 3 * width * width - 12 * width - 9) / (-4 * width - 4));
  return [0, 1, 2].map(i => (i < lowers ? lower : lower + 1));
}
