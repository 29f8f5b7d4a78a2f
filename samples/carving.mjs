import { fbm2, noise2 } from './noise.mjs';
import { Raster } from './raster.mjs';
import { smoothstep } from './scalar.mjs';

/** A block that prints black where nothing was cut away: one channel, 1 where wood stands. */
export class Block {
  constructor(width, height) {
    this.wood = Raster.from(width, height, 1, () => 1);
  }

  /**
   * Cuts a groove along a line of points about one pixel apart. `width(x, y)` is its full width in pixels; the gouge
   * goes in and comes out at a point, and its edge trembles a little.
   */
  gouge(line, width, { seed = 0, taper = 10, tremble = 0.18 } = {}) {
    const n = line.length;
    line.forEach(([x, y], i) => {
      const ends = Math.min(1, (i + 1) / taper, (n - i) / (taper * 1.6));
      const shake = 1 + tremble * noise2(0.15 * i + 13 * seed, seed);
      this.scoop(x, y, 0.5 * width(x, y) * ends * shake);
    });
  }

  /** Removes a round chip. */
  scoop(x, y, radius) {
    if (radius < 0.2) return;
    const reach = Math.ceil(radius + 1);
    for (let py = Math.floor(y) - reach; py <= y + reach; py++) {
      for (let px = Math.floor(x) - reach; px <= x + reach; px++) {
        if (px < 0 || py < 0 || px >= this.wood.width || py >= this.wood.height) continue;
        const left = smoothstep(radius - 0.7, radius + 0.7, Math.hypot(px - x, py - y));
        const at = py * this.wood.width + px;
        this.wood.values[at] = Math.min(this.wood.values[at], left);
      }
    }
  }

  /** Cuts away everything inside a shape. */
  clear(inside) {
    const { wood } = this;
    this.wood = wood.map((value, x, y) => (inside(x, y) ? 0 : value));
  }

  /** Prints the block over paper: ink that thins where the wood's grain took less of it, specks where it failed. */
  print(paper, ink, { grain = 0.5 } = {}) {
    const { wood } = this;
    return paper.map((value, x, y) => {
      const standing = wood.values[y * wood.width + x];
      const rings = noise2(
        0.006 * x + 0.6 * noise2(0.004 * x, 0.012 * y, 2),
        0.11 * y + 2 * noise2(0.003 * x, 0.01 * y, 6),
        9,
      );
      const thin =
        grain *
        (0.16 * smoothstep(0.15, 0.7, rings) + 0.1 * smoothstep(0.2, 0.7, fbm2(x / 40, y / 40, 3, 12)));
      const salt = smoothstep(0.55, 0.75, noise2(x / 2.3, y / 2.3, 14) + 0.5 * fbm2(x / 30, y / 30, 2, 15));
      const cover = standing * (1 - thin - 0.5 * grain * salt);
      return [0, 1, 2].map(c => value[c] + (ink[c] - value[c]) * cover);
    });
  }
}
