import { noise2 } from './noise.mjs';
import { Raster } from './raster.mjs';
import { clamp, smoothstep } from './scalar.mjs';

/**
 * Oil paint: colour and the height of the paint above the canvas. A stroke is a bundle of bristles dragged along a
 * path; each leaves its own streak of colour and its own ridge.
 */
export class OilPaint {
  #touched;
  #strokes = 0;

  /** @param bristle width of a bristle's track in pixels */
  constructor(width, height, ground, { bristle = 2.2 } = {}) {
    this.color = Raster.from(width, height, 3, ground);
    this.relief = new Raster(width, height, 1);
    this.bristle = bristle;
    this.#touched = new Int32Array(width * height);
  }

  /**
   * @param path [[x, y], …] points about one pixel apart
   * @param stroke color; width in pixels; body: height of the paint (about 1); seed; load: how far along the path
   *   (0 … 1) the brush stays full; streak: how much bristles differ in colour
   */
  stroke(path, { color, width, body = 1, seed = 0, load = 0.8, streak = 0.12 }) {
    const plane = this.color;
    const half = width / 2;
    const length = path.length;
    const id = ++this.#strokes;
    for (let i = 0; i < length; i++) {
      const [x, y] = path[i];
      const [ax, ay] = path[Math.max(0, i - 2)];
      const [bx, by] = path[Math.min(length - 1, i + 2)];
      const norm = Math.hypot(bx - ax, by - ay) || 1;
      const tx = (bx - ax) / norm;
      const ty = (by - ay) / norm;
      const t = i / (length - 1 || 1);
      const end = i === 0 || i === length - 1;
      // The brush lands narrow, presses out, and lifts.
      const reach = half * Math.min(1, 0.55 + 3 * t, 0.35 + 3.4 * (1 - t));
      const box = Math.ceil(reach + 1);
      for (let py = Math.round(y) - box; py <= Math.round(y) + box; py++) {
        for (let px = Math.round(x) - box; px <= Math.round(x) + box; px++) {
          if (px < 0 || py < 0 || px >= plane.width || py >= plane.height) continue;
          const along = (px - x) * tx + (py - y) * ty;
          // Only the front of the brush touches new canvas; ends are rounded.
          if (Math.abs(along) > (end ? reach : 0.75)) continue;
          const across = ((py - y) * tx - (px - x) * ty) / reach;
          if (Math.hypot(across, end ? along / reach : 0) > 1) continue;
          const at = py * plane.width + px;
          if (this.#touched[at] === id) continue;
          this.#touched[at] = id;
          this.#touch(px, py, at, { across, t, i, half, color, body, seed, load, streak });
        }
      }
    }
  }

  #touch(x, y, at, { across, t, i, half, color, body, seed, load, streak }) {
    const edge = Math.abs(across);
    const track = (across * half) / this.bristle;
    const hair = noise2(track + 31 * seed, (0.06 * i) / this.bristle + seed, 3);
    const fine = noise2(1.9 * track + 17 * seed, (0.12 * i) / this.bristle, 5);
    // As the brush empties, bristles begin to skip.
    const dry = smoothstep(load, 1.15, t) * 1.2;
    const cover = smoothstep(dry - 0.25, dry + 0.05, 0.55 + 0.6 * hair) * smoothstep(1.02, 0.86, edge);
    if (cover <= 0) return;
    const tone = 1 + streak * (hair + 0.5 * fine);
    const tint = streak * 0.35 * noise2(across * 2 + 7 * seed, seed, 8);
    this.color.blend(
      x,
      y,
      [clamp(color[0] * tone + tint), clamp(color[1] * tone), clamp(color[2] * tone - tint)],
      cover,
    );
    // Paint is pushed to the sides and piles up where the stroke ends.
    const ridge = 0.45 + 0.4 * edge ** 3 + 0.35 * hair + 0.2 * fine + 0.35 * smoothstep(0.85, 1, t);
    const { values } = this.relief;
    values[at] += cover * (body * ridge + 0.25 * values[at] - values[at]);
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
