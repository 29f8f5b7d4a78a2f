import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll } from 'vitest';
import type { FloatImage, Size } from '../../../src/nst/image';

/** Interleaved RGB of a picture that no mirroring or turning maps to itself: ramps and a soft disc. */
export function paintBytes({ width, height }: Size): Uint8Array {
  const bytes = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const disc = Math.exp(-(((x / width - 0.3) / 0.2) ** 2) - ((y / height - 0.25) / 0.2) ** 2);
      bytes.set([40 + (150 * x) / width, 60 + (140 * y) / height, 50 + 160 * disc], 3 * (y * width + x));
    }
  }
  return bytes;
}

/** The same picture in libvips, ready to be encoded. */
export function painting(size: Size): Sharp {
  return sharp(paintBytes(size), { raw: { ...size, channels: 3 } });
}

/** Interleaved samples as a FloatImage; channels beyond the third are dropped. */
export function floatImage(size: Size, samples: ArrayLike<number>, scale = 255): FloatImage {
  const area = size.width * size.height;
  const channels = samples.length / area;
  const data = new Float32Array(3 * area);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < area; i++) data[c * area + i] = samples[i * channels + c]! / scale;
  }
  return { ...size, data };
}

/** Peak signal-to-noise ratio of two images of one size in decibels; Infinity for equal ones. */
export function psnr(a: FloatImage, b: FloatImage): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`${a.width}×${a.height} against ${b.width}×${b.height}`);
  }
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return -10 * Math.log10(sum / a.data.length);
}

/** A folder for the tests of one file, removed behind them. Gives the path of a name in it. */
export function temporaryFolder(): (name: string) => string {
  let folder = '';
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-images-'));
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return name => path.join(folder, name);
}
