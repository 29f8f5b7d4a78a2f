import { fbm2, noise2 } from './noise.mjs';
import { Random } from './random.mjs';
import { Raster } from './raster.mjs';

/** A sheet of paper of one colour: soft clouds, tooth, and stray fibres. `scale` is pixels a millimetre, about. */
export function paper(width, height, color, { seed = 1, tooth = 0.03, fibres = 220, scale = 2 } = {}) {
  const sheet = Raster.from(width, height, 3, (x, y) => {
    const cloud = 0.035 * fbm2(x / (60 * scale), y / (60 * scale), 4, seed);
    const grain =
      tooth *
      (noise2(x / (0.9 * scale), y / (0.9 * scale), seed + 1) + 0.6 * noise2(x / 1.3, y / 1.3, seed + 2));
    return color.map(v => v + cloud + grain);
  });
  const random = new Random(seed + 77);
  for (let i = 0; i < fibres; i++) {
    let x = random.uniform(0, width);
    let y = random.uniform(0, height);
    let angle = random.uniform(0, 2 * Math.PI);
    const shade = random.uniform(0.82, 1.06);
    const length = random.uniform(4, 22) * scale;
    for (let s = 0; s < length; s++) {
      angle += random.normal(0, 0.1);
      x += Math.cos(angle);
      y += Math.sin(angle);
      sheet.blend(
        Math.round(x),
        Math.round(y),
        color.map(v => v * shade),
        0.28,
      );
    }
  }
  return sheet;
}
