import { cross, dot } from './vector.mjs';

/** An affine map of space: a 3x3 matrix (rows) and a translation, with its inverse. */
export class Transform {
  constructor(rows, translation) {
    this.rows = rows;
    this.translation = translation;
    const [a, b, c] = rows;
    const determinant = dot(a, cross(b, c));
    // Columns of the inverse are the cross products of the rows over the determinant.
    const columns = [cross(b, c), cross(c, a), cross(a, b)].map(v => v.map(x => x / determinant));
    this.inverse = [0, 1, 2].map(i => columns.map(column => column[i]));
  }

  /** Scale (number or three), then turn about the x, y and z axes in that order (radians), then move. */
  static place({ at = [0, 0, 0], scale = 1, turn = [0, 0, 0] }) {
    const [sx, sy, sz] = typeof scale === 'number' ? [scale, scale, scale] : scale;
    const [cx, cy, cz] = turn.map(Math.cos);
    const [nx, ny, nz] = turn.map(Math.sin);
    const rows = [
      [cz * cy, cz * ny * nx - nz * cx, cz * ny * cx + nz * nx],
      [nz * cy, nz * ny * nx + cz * cx, nz * ny * cx - cz * nx],
      [-ny, cy * nx, cy * cx],
    ];
    return new Transform(
      rows.map(([x, y, z]) => [x * sx, y * sy, z * sz]),
      at,
    );
  }

  point(p) {
    return this.rows.map((row, i) => dot(row, p) + this.translation[i]);
  }
}
