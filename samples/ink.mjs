import { fbm2, noise2 } from './noise.mjs';
import { Raster } from './raster.mjs';
import { bell, clamp, smoothstep } from './scalar.mjs';

/** Ink on absorbent paper: how much pigment lies at every pixel (optical density, 0 bare, 3 black). */
export class InkSheet {
  constructor(width, height, { scale = 1 } = {}) {
    this.width = width;
    this.height = height;
    this.scale = scale;
    this.density = new Raster(width, height, 1);
    // Where the paper's fibres carry water, and how thickly pigment settles: the sheet's own, so computed once.
    this.drift = Raster.from(width, height, 2, (x, y) => {
      const [u, v] = [x / (22 * scale), y / (22 * scale)];
      return [1.6 * fbm2(u, v, 4, 3, 0.65), 1.6 * fbm2(u, v, 4, 53, 0.65)];
    });
    this.settling = Raster.from(width, height, 1, (x, y) => fbm2(x / (70 * scale), y / (70 * scale), 4, 12));
    this.grain = Raster.from(width, height, 1, (x, y) => this.#tooth(x, y));
  }

  /**
   * Lays a wash: shape(x, y) in [0, 1] is how much is brushed on. It bleeds by `bleed` pixels along the paper's
   * fibres, gathers at its drying edge by `edge`, and settles into the tooth by `grain`.
   */
  wash(shape, { ink = 1, bleed = 4, edge = 0.35, grain = 0.2 } = {}) {
    const { scale } = this;
    const reach = bleed * scale;
    const wet = Raster.from(this.width, this.height, 1, (x, y) => {
      const at = this.drift.offset(x, y);
      return clamp(shape(x + reach * this.drift.values[at], y + reach * this.drift.values[at + 1]));
    });
    const soft = wet.blurred(Math.max(0.6, reach * 0.35));
    const wide = edge > 0 ? wet.blurred(Math.max(1.5, 3.2 * scale)) : wet;
    this.#add(at => {
      const m = soft.values[at];
      if (m <= 0.001) return 0;
      const gathered = edge * 3 * Math.max(0, m - wide.values[at]) * smoothstep(0.1, 0.5, m);
      const tooth = 1 + grain * this.grain.values[at] + 0.25 * this.settling.values[at];
      return ink * Math.max(0, m + gathered) * tooth;
    });
  }

  /** Drops of water-thinned ink, each [x, y, radius, amount], that spread into one another: a wash of soft blots. */
  blots(drops, options) {
    const pool = new Raster(this.width, this.height, 1);
    for (const [x, y, radius, amount] of drops) {
      const reach = 2.2 * radius;
      for (let py = Math.max(0, Math.floor(y - reach)); py < Math.min(this.height, y + reach); py++) {
        for (let px = Math.max(0, Math.floor(x - reach)); px < Math.min(this.width, x + reach); px++) {
          pool.values[py * this.width + px] += amount * bell(Math.hypot(px - x, py - y), radius);
        }
      }
    }
    this.wash((x, y) => pool.at(x, y), options);
  }

  /** The paper's tooth at a whole pixel, about -1 … 1: pigment lies in its hollows, a dry brush touches only its tops. */
  tooth(x, y) {
    return this.grain.values[y * this.width + x];
  }

  #tooth(x, y) {
    const s = this.scale;
    return 0.75 * noise2(x / (1.7 * s), y / (1.7 * s), 61) + 0.5 * noise2(x / (4.5 * s), y / (3.2 * s), 62);
  }

  /**
   * One stroke along points about a pixel apart. width(t) is its full width in pixels; ink its density; `dry` in
   * [0, 1] lets the bristles part and skip towards the end; `side` in [-1, 1] loads one side of the brush more.
   */
  stroke(path, { width, ink = 1.6, dry = 0.3, side = 0, seed = 0 }) {
    const layer = new Map();
    const n = path.length;
    path.forEach(([x, y], i) => {
      const [ax, ay] = path[Math.max(0, i - 2)];
      const [bx, by] = path[Math.min(n - 1, i + 2)];
      const norm = Math.hypot(bx - ax, by - ay) || 1;
      const [tx, ty] = [(bx - ax) / norm, (by - ay) / norm];
      const t = n > 1 ? i / (n - 1) : 0;
      const half = Math.max(0.5, width(t) / 2);
      const box = Math.ceil(half + 2);
      for (let py = Math.floor(y) - box; py <= y + box; py++) {
        for (let px = Math.floor(x) - box; px <= x + box; px++) {
          if (px < 0 || py < 0 || px >= this.width || py >= this.height) continue;
          const across = ((py - y) * tx - (px - x) * ty) / half;
          const along = ((px - x) * tx + (py - y) * ty) / half;
          const round = Math.hypot(across, i === 0 || i === n - 1 ? along : along * 0.6);
          const cover = smoothstep(1 + 0.8 / half, 1 - 0.8 / half, round + 0.1 * this.tooth(px, py));
          if (cover <= 0) continue;
          const hairs =
            0.6 * noise2((across * half) / (1.1 * this.scale) + 37 * seed, (0.02 * i) / this.scale, 4) +
            0.5 * this.tooth(px, py);
          const thirst = dry * (0.35 + 0.9 * t) + dry * 0.5 * Math.abs(across);
          const touch = smoothstep(thirst - 0.28, thirst + 0.12, 0.5 + hairs);
          const load = 1 + side * across * 0.8 - 0.35 * t;
          const value = ink * cover * touch * load * (0.85 + 0.25 * Math.abs(across) ** 3);
          const at = py * this.width + px;
          if (value > (layer.get(at) ?? 0)) layer.set(at, value);
        }
      }
    });
    for (const [at, value] of layer) this.density.values[at] += value;
  }

  #add(amount) {
    this.density.values.forEach((value, at, values) => {
      values[at] = value + amount(at);
    });
  }

  /** The sheet as seen: light absorbed by the ink, whose hue is given as absorption of red, green and blue. */
  over(paper, absorption = [1, 0.98, 0.93]) {
    return paper.map((value, x, y) => {
      const d = this.density.values[y * this.width + x];
      return [0, 1, 2].map(c => value[c] * (0.035 + 0.965 * Math.exp(-d * absorption[c])));
    });
  }
}
