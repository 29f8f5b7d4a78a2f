import { Raster } from './raster.mjs';
import { clamp, smoothstep } from './scalar.mjs';
import { noise2 } from './noise.mjs';

/**
 * Oil paint: colour and the height of the paint above the canvas. A stroke is a bundle of bristles dragged along a
 * path; each leaves its own streak of colour and its own ridge.
 */
export class OilPaint {
  constructor(width, height, ground) {
    this.color = Raster.from(width, height, 3, ground);
    this.relief = new Raster(width, height, 1);
  }

  /**
   * @param path [[x, y], …] points about one pixel apart
   * @param stroke color; width in pixels; body: height of the paint (about 1); seed; load: how far along the path
   *   (0 … 1) the brush stays full; streak: how much bristles differ in colour
   */
  stroke(path, { color, width, body = 1, seed = 0, load = 0.8, streak = 0.12 }) {
    const { color: plane, relief } = this;
    const half = width / 2;
    const covered = new Map();
    const length = path.length;
    for (let i = 0; i < length; i++) {
      const [x, y] = path[i];
      const [ax, ay] = path[Math.max(0, i - 2)];
      const [bx, by] = path[Math.min(length - 1, i + 2)];
      const norm = Math.hypot(bx - ax, by - ay) || 1;
      const [tx, ty] = [(bx - ax) / norm, (by - ay) / norm];
      const t = i / (length - 1 || 1);
      // The brush lands narrow, presses out, and lifts.
      const reach = half * Math.min(1, 0.55 + 3 * t, 0.35 + 3.4 * (1 - t));
      const box = Math.ceil(reach + 1);
      for (let dy = -box; dy <= box; dy++) {
        for (let dx = -box; dx <= box; dx++) {
          const px = Math.round(x) + dx;
          const py = Math.round(y) + dy;
          if (px < 0 || py < 0 || px >= plane.width || py >= plane.height) continue;
          const ox = px - x;
          const oy = py - y;
          const along = ox * tx + oy * ty;
          // Only the front of the brush touches new canvas; ends are rounded.
          if (Math.abs(along) > (i === 0 || i === length - 1 ? reach : 0.75)) continue;
          const across = (oy * tx - ox * ty) / reach;
          const round = Math.hypot(across, (along / reach) * (i === 0 || i === length - 1 ? 1 : 0));
          if (round > 1) continue;
          const key = py * plane.width + px;
          if (covered.has(key)) continue;
          covered.set(key, [across, t, Math.abs(across)]);
        }
      }
    }
    for (const [key, [across, t, edge]] of covered) {
      const bristle = noise2((across * half) / 1.3 + 31 * seed, 0.04 * t * length + seed, 3);
      const fine = noise2((across * half) / 0.6 + 17 * seed, 0.08 * t * length, 5);
      // As the brush empties, bristles begin to skip.
      const dry = smoothstep(load, 1.15, t) * 1.2;
      const cover = smoothstep(dry - 0.25, dry + 0.05, 0.55 + 0.6 * bristle) * smoothstep(1.02, 0.86, edge);
      if (cover <= 0) continue;
      const tone = 1 + streak * (bristle + 0.5 * fine);
      const tint = streak * 0.35 * noise2(across * 2 + 7 * seed, seed, 8);
      const x = key % plane.width;
      const y = (key - x) / plane.width;
      plane.blend(
        x,
        y,
        [clamp(color[0] * tone + tint), clamp(color[1] * tone), clamp(color[2] * tone - tint)],
        cover,
      );
      // Paint is pushed to the sides and piles up where the stroke ends.
      const ridge = 0.45 + 0.4 * edge ** 3 + 0.35 * bristle + 0.2 * fine + 0.35 * smoothstep(0.85, 1, t);
      relief.values[key] += cover * (body * ridge + 0.25 * relief.values[key] - relief.values[key]);
    }
  }

  /** The painting seen under a raking light from the upper left: ridges shade, wet paint glints. */
  lit({ depth = 1.6, gloss = 0.16 } = {}) {
    const { relief } = this;
    const light = [-0.52, -0.62, 0.59];
    const half = [-0.29, -0.35, 0.89];
    return this.color.map((value, x, y) => {
      const sx = depth * (relief.at(x + 1, y) - relief.at(x - 1, y));
      const sy = depth * (relief.at(x, y + 1) - relief.at(x, y - 1));
      const k = 1 / Math.hypot(sx, sy, 1);
      const facing = (-sx * light[0] - sy * light[1] + light[2]) * k;
      const glint = Math.max(0, (-sx * half[0] - sy * half[1] + half[2]) * k) ** 40 * gloss;
      const shade = 0.45 + 0.93 * Math.max(0, facing);
      return [0, 1, 2].map(c => clamp(value[c] * shade + glint * (0.4 + 0.6 * value[c])));
    });
  }
}
