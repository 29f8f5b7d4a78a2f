import { curve } from '../curve.mjs';
import { Mesh } from './mesh.mjs';
import { add, cross, subtract, times, unit } from './vector.mjs';

/**
 * A solid of revolution about the y axis. The profile is a list of [radius, height] that a smooth curve follows;
 * shape(angle, point) may displace each vertex [x, y, z].
 */
export function lathe(profile, { around = 96, along = 96, shape = (_, point) => point } = {}) {
  return Mesh.grid(
    around,
    along,
    (u, v) => {
      const [r, y] = curve(profile, v);
      const angle = -2 * Math.PI * u;
      return shape(angle, [Math.max(0, r) * Math.cos(angle), y, Math.max(0, r) * Math.sin(angle)], v);
    },
    { closed: true },
  );
}

/** A tube along the smooth curve through `path`, which must not run along z; radius(t) may be [wide, high] for an oval section. */
export function tube(path, radius, { around = 20, along = 60 } = {}) {
  return Mesh.grid(
    around,
    along,
    (u, v) => {
      const centre = curve(path, v);
      const ahead = unit(subtract(curve(path, Math.min(1, v + 1e-3)), curve(path, Math.max(0, v - 1e-3))));
      const side = unit(cross(ahead, [0, 0, 1]));
      const up = cross(side, ahead);
      const r = radius(v);
      const [wide, high] = typeof r === 'number' ? [r, r] : r;
      const angle = 2 * Math.PI * u;
      return add(centre, add(times(side, wide * Math.cos(angle)), times(up, high * Math.sin(angle))));
    },
    { closed: true },
  );
}

/** A unit sphere. */
export const sphere = (around = 48) =>
  Mesh.grid(
    around,
    around / 2,
    (u, v) => {
      const ring = Math.sin(Math.PI * v);
      const angle = -2 * Math.PI * u;
      return [ring * Math.cos(angle), -Math.cos(Math.PI * v), ring * Math.sin(angle)];
    },
    { closed: true },
  );

/** A flat rectangle of two edges from a corner. */
export const rectangle = (corner, a, b) =>
  Mesh.grid(1, 1, (u, v) => add(corner, add(times(a, u), times(b, v))));
