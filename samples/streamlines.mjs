/**
 * Lines that follow a direction field and keep an even distance, after Jobard and Lefer, "Creating Evenly-Spaced
 * Streamlines of Arbitrary Density" (1997).
 */
export class Streamlines {
  #cells = new Map();

  /**
   * @param field (x, y) => [dx, dy]
   * @param spacing (x, y) => distance wanted between lines, in pixels
   * @param region (x, y) => region of a place; lines do not cross regions
   */
  constructor({ width, height, field, spacing, region, cell = 4 }) {
    Object.assign(this, { width, height, field, spacing, region, cell });
  }

  /** Lines through the given seeds [x, y], in their order, each a list of points one pixel apart. */
  trace(seeds, { longest = 400, shortest = 6 } = {}) {
    const lines = [];
    for (const [x, y] of seeds) {
      if (!this.#free(x, y, this.spacing(x, y))) continue;
      const line = this.#line(x, y, longest);
      if (line.length < shortest) continue;
      for (const point of line) this.#occupy(point);
      lines.push(line);
    }
    return lines;
  }

  #line(x, y, longest) {
    const region = this.region(x, y);
    const walk = sign => {
      const path = [];
      let [px, py] = [x, y];
      let [hx, hy] = [0, 0];
      for (let i = 0; i < longest / 2; i++) {
        let [dx, dy] = this.field(px, py);
        const norm = Math.hypot(dx, dy);
        if (norm < 1e-9) break;
        const turned = i === 0 ? sign : Math.sign(dx * hx + dy * hy) || 1;
        [dx, dy] = [(turned * dx) / norm, (turned * dy) / norm];
        // A turn sharper than 60 degrees is a seam of the field, not a curve.
        if (i > 0 && dx * hx + dy * hy < 0.5) break;
        [hx, hy] = [dx, dy];
        px += dx;
        py += dy;
        if (px < 0 || py < 0 || px >= this.width || py >= this.height) break;
        if (this.region(px, py) !== region) break;
        if (!this.#free(px, py, 0.6 * this.spacing(px, py))) break;
        path.push([px, py]);
      }
      return path;
    };
    return [...walk(-1).reverse(), [x, y], ...walk(1)];
  }

  #free(x, y, distance) {
    const { cell } = this;
    const reach = Math.ceil(distance / cell);
    const i = Math.floor(x / cell);
    const j = Math.floor(y / cell);
    for (let b = j - reach; b <= j + reach; b++) {
      for (let a = i - reach; a <= i + reach; a++) {
        for (const [px, py] of this.#cells.get(b * 65536 + a) ?? []) {
          if ((px - x) ** 2 + (py - y) ** 2 < distance * distance) return false;
        }
      }
    }
    return true;
  }

  #occupy(point) {
    const key = Math.floor(point[1] / this.cell) * 65536 + Math.floor(point[0] / this.cell);
    const list = this.#cells.get(key);
    if (list) list.push(point);
    else this.#cells.set(key, [point]);
  }
}
