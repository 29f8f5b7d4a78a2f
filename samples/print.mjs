import { Raster } from './raster.mjs';
import { clamp, lerp, smoothstep } from './scalar.mjs';
import { fbm2, noise2 } from './noise.mjs';

/** Flat areas and lines of colour, as cut on blocks: points are in pixels, edges hard (render large, then shrink). */
export class ColourPrint {
  constructor(width, height) {
    this.ink = new Raster(width, height);
    this.cover = new Raster(width, height, 1);
  }

  /** Fills a polygon (even-odd). The colour may be a function of the pixel; [r, g, b, amount] prints partly. */
  fill(polygon, color) {
    const { height } = this.ink;
    const ys = polygon.map(p => p[1]);
    const last = Math.min(height - 1, Math.floor(Math.max(...ys)));
    for (let y = Math.max(0, Math.ceil(Math.min(...ys))); y <= last; y++) {
      const crossings = [];
      for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
        const [ax, ay] = polygon[i];
        const [bx, by] = polygon[j];
        if (ay > y !== by > y) crossings.push(ax + ((bx - ax) * (y - ay)) / (by - ay));
      }
      crossings.sort((a, b) => a - b);
      for (let k = 0; k + 1 < crossings.length; k += 2) this.#span(y, crossings[k], crossings[k + 1], color);
    }
  }

  /** Everything for which inside(x, y) holds. */
  area(inside, color) {
    const { width, height } = this.ink;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) if (inside(x, y)) this.#span(y, x, x, color);
  }

  /** A line through points, `width(t)` wide at the share t of its length, round at both ends. */
  line(path, width, color) {
    let length = 0;
    const at = path.map(
      ([x, y], i) => (length += i === 0 ? 0 : Math.hypot(x - path[i - 1][0], y - path[i - 1][1])),
    );
    for (let i = 0; i < path.length; i++) {
      const next = path[Math.min(i + 1, path.length - 1)];
      const steps = Math.max(1, Math.ceil(Math.hypot(next[0] - path[i][0], next[1] - path[i][1])));
      for (let k = 0; k < steps; k++) {
        const f = k / steps;
        const t = lerp(at[i], at[Math.min(i + 1, path.length - 1)], f) / (length || 1);
        this.#disc(lerp(path[i][0], next[0], f), lerp(path[i][1], next[1], f), width(t) / 2, color);
      }
    }
  }

  #disc(x, y, radius, color) {
    for (let py = Math.ceil(y - radius); py <= y + radius; py++) {
      const half = Math.sqrt(Math.max(0, radius * radius - (py - y) ** 2));
      this.#span(py, x - half, x + half, color);
    }
  }

  #span(y, from, to, color) {
    const { width, height } = this.ink;
    if (y < 0 || y >= height) return;
    for (let x = Math.max(0, Math.ceil(from)); x <= Math.min(width - 1, Math.floor(to)); x++) {
      const [r, g, b, amount = 1] = typeof color === 'function' ? color(x, y) : color;
      const at = y * width + x;
      const cover = this.cover.values[at] + (1 - this.cover.values[at]) * amount;
      // On bare paper the new ink is all there is, however thin.
      if (cover > 0) this.ink.blend(x, y, [r, g, b], amount / cover);
      this.cover.values[at] = cover;
    }
  }

  /** The print on its paper: ink lies thinner along the wood's grain and over the paper's tooth. */
  over(paper, { grain = 1, scale = 1 } = {}) {
    const { ink, cover } = this;
    return paper.map((value, px, py) => {
      const [x, y] = [px / scale, py / scale];
      const warp = 26 * noise2(x / 260, y / 90, 3);
      const rings = noise2(x / 420, (y + warp) / 5.5, 9) + 0.5 * noise2(x / 300, (y + warp) / 2.1, 10);
      const mottle = fbm2(x / 3.2, y / 3.2, 2, 11);
      const thin =
        grain *
        (0.1 * smoothstep(0, 0.9, rings) +
          0.1 * smoothstep(0.1, 0.8, mottle) +
          0.07 * fbm2(x / 90, y / 90, 3, 12));
      const amount = clamp(cover.values[cover.offset(px, py)] * (1 - Math.max(0, thin)));
      const at = ink.offset(px, py);
      return [0, 1, 2].map(c => lerp(value[c], ink.values[at + c], amount));
    });
  }
}
