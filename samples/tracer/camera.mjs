import { add, cross, subtract, times, unit } from './vector.mjs';

/** A thin-lens camera. */
export class Camera {
  /** @param settings from, to: points; fov: vertical angle in degrees; aperture: lens radius; focus: distance kept sharp */
  constructor({ from, to, fov, aperture = 0, focus = 1, aspect, shift = [0, 0] }) {
    this.from = from;
    this.forward = unit(subtract(to, from));
    this.right = unit(cross(this.forward, [0, 1, 0]));
    this.up = cross(this.right, this.forward);
    this.half = Math.tan((fov * Math.PI) / 360);
    this.aspect = aspect;
    this.aperture = aperture;
    this.focus = focus;
    this.shift = shift;
  }

  /** The ray through (x, y) in [0, 1] from the top left, from lens point (u, v) in [0, 1]. */
  ray(x, y, u, v) {
    const sx = (2 * x - 1 + this.shift[0]) * this.half * this.aspect;
    const sy = (1 - 2 * y + this.shift[1]) * this.half;
    const target = add(
      times(this.forward, this.focus),
      add(times(this.right, sx * this.focus), times(this.up, sy * this.focus)),
    );
    const r = this.aperture * Math.sqrt(u);
    const lens = add(
      times(this.right, r * Math.cos(2 * Math.PI * v)),
      times(this.up, r * Math.sin(2 * Math.PI * v)),
    );
    return { origin: add(this.from, lens), direction: unit(subtract(target, lens)) };
  }
}
