import { fbm2, noise2 } from './noise.mjs';
import { Raster } from './raster.mjs';
import { bell, clamp, smoothstep } from './scalar.mjs';

/**
 * Watercolour: transparent glazes, each a pigment that absorbs red, green and blue in its own measure. A glaze dries
 * with darker rims, blooms where water ran back, and grains where pigment sinks into the paper's hollows.
 */
export class Watercolour {
  constructor(width, height, { scale = 1 } = {}) {
    Object.assign(this, { width, height, scale });
    this.absorbed = new Raster(width, height);
    // The sheet's own: hollows of its tooth, the way water creeps, and how unevenly a wash dries.
    this.tooth = Raster.from(
      width,
      height,
      1,
      (x, y) =>
        0.6 * fbm2(x / (2.6 * scale), y / (2.6 * scale), 3, 91, 0.6) +
        0.5 * noise2(x / (1.2 * scale), y / (1.2 * scale), 92),
    );
    this.creep = Raster.from(width, height, 2, (x, y) => {
      const [u, v] = [x / (34 * scale), y / (34 * scale)];
      return [fbm2(u, v, 5, 93, 0.6), fbm2(u, v, 5, 94, 0.6)];
    });
    this.drying = Raster.from(width, height, 1, (x, y) =>
      fbm2(x / (95 * scale), y / (95 * scale), 4, 95, 0.36),
    );
  }

  /**
   * One glaze of `pigment` (a colour: what a full wash looks like on white). shape(x, y) in [0, 1] is the wetted
   * area and its load. wander: how far the edge strays (pixels at scale 1); soft: how far it bleeds, as into wet
   * paper; rim: darkening of the dried edge; grain: granulation; bloom: strength of backruns.
   */
  glaze(
    shape,
    pigment,
    { strength = 1, wander = 5, soft = 0.8, rim = 0.5, grain = 0.35, bloom = 0.35, box } = {},
  ) {
    const { width, scale } = this;
    const [left, top, right, bottom] = this.#bounds(box, (wander + 3 * soft + 10) * scale);
    const wet = new Raster(right - left, bottom - top, 1);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const at = 2 * (y * width + x);
        const u = x + wander * scale * 2.2 * this.creep.values[at];
        const v = y + wander * scale * 2.2 * this.creep.values[at + 1];
        wet.values[(y - top) * wet.width + x - left] = clamp(shape(u, v));
      }
    }
    const load = wet.blurred(Math.max(0.5, soft * scale));
    const inner = rim > 0 ? load.blurred(Math.max(1.2, 2.6 * scale)) : load;
    const absorption = pigment.map(v => -Math.log(clamp(v, 0.012, 0.995)));
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const at = (y - top) * wet.width + x - left;
        const amount = load.values[at];
        if (amount < 0.004) continue;
        const pixel = y * width + x;
        const edge = rim * 3.2 * Math.max(0, amount - inner.values[at]) * smoothstep(0.12, 0.6, amount);
        const pool = 1 + 0.55 * this.drying.values[pixel];
        // A backrun: water pushes pigment outwards until it stops at a crisp line.
        const run = this.drying.values[pixel] - 0.26;
        const back = run > 0 ? -0.9 * bloom * smoothstep(0, 0.12, run) : bloom * bell(run, 0.03);
        const sunk = 1 + grain * this.tooth.values[pixel];
        const density = strength * Math.max(0, amount * (pool + back) * sunk + edge);
        for (let c = 0; c < 3; c++) this.absorbed.values[3 * pixel + c] += density * absorption[c];
      }
    }
  }

  /** Lifts pigment out again with a damp brush: shape(x, y) in [0, 1] is the share removed. */
  lift(shape) {
    this.absorbed = this.absorbed.map((value, x, y) => {
      const kept = 1 - clamp(shape(x, y));
      return [value[0] * kept, value[1] * kept, value[2] * kept];
    });
  }

  #bounds(box, margin) {
    if (!box) return [0, 0, this.width, this.height];
    const [x0, y0, x1, y1] = box;
    return [
      Math.max(0, Math.floor(x0 - margin)),
      Math.max(0, Math.floor(y0 - margin)),
      Math.min(this.width, Math.ceil(x1 + margin)),
      Math.min(this.height, Math.ceil(y1 + margin)),
    ];
  }

  /** The painting on its paper, whose tooth casts small shadows. */
  over(color) {
    const { width } = this;
    const { scale } = this;
    const relief = 0.05;
    return Raster.from(width, this.height, 3, (x, y) => {
      const at = y * width + x;
      const next = this.tooth.offset(x + Math.round(scale), y + Math.round(scale));
      const shade = 1 + relief * (this.tooth.values[at] - this.tooth.values[next]);
      return [0, 1, 2].map(c => color[c] * shade * Math.exp(-this.absorbed.values[3 * at + c]));
    });
  }
}
