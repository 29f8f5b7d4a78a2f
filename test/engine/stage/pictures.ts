import sharp from 'sharp';

export interface PictureRequest {
  readonly width: number;
  readonly height: number;
  readonly kind: 'hills' | 'stripes';
  /** Opacity rises from left to right. */
  readonly alpha?: boolean;
}

/** Writes a small synthetic picture, always the same. */
export async function writePicture(
  file: string,
  { width, height, kind, alpha }: PictureRequest,
): Promise<void> {
  const channels = alpha === true ? 4 : 3;
  const samples = new Uint8Array(channels * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x / width, y / height];
      const at = channels * (y * width + x);
      const [red, green, blue] = kind === 'hills' ? hills(u, v) : stripes(u, v);
      samples.set([red, green, blue, ...(alpha === true ? [255 * u] : [])], at);
    }
  }
  await sharp(samples, { raw: { width, height, channels } }).toFile(file);
}

type Colour = readonly [number, number, number];

function hills(u: number, v: number): Colour {
  const ridge = 0.55 + 0.12 * Math.sin(7 * u) + 0.05 * Math.sin(23 * u + 1);
  if (v < ridge) return [120 + 80 * v, 160 + 60 * v, 230 - 40 * v];
  const light = 0.6 + 0.4 * Math.sin(40 * u * v);
  return [70 * light, 140 * light, 60 * light];
}

function stripes(u: number, v: number): Colour {
  const wave = Math.sin(30 * (u + 0.3 * Math.sin(6 * v)));
  return wave > 0 ? [220, 150 + 60 * wave, 40] : [30, 40 - 20 * wave, 120 - 80 * wave];
}
