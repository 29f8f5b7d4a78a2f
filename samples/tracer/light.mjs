import { add, basis, cross, dot, norm, subtract, times, unit } from './vector.mjs';

/**
 * A rectangular window: corner, two edge vectors, linear radiance, and a function of its (u, v) for panes and bars.
 * A light's sample() gives { direction, distance, radiance } with the radiance already divided by the sampling
 * density; emitted() is what a ray sees of it, or null.
 */
export class WindowLight {
  constructor({ corner, across, up, radiance, pattern = () => 1 }) {
    Object.assign(this, { corner, across, up, radiance, pattern });
    const normal = cross(across, up);
    this.area = norm(normal);
    this.normal = unit(normal);
  }

  sample(position, u, v) {
    const point = add(this.corner, add(times(this.across, u), times(this.up, v)));
    const way = subtract(point, position);
    const distance = norm(way);
    const direction = times(way, 1 / distance);
    const cosine = -dot(direction, this.normal);
    if (cosine <= 0) return null;
    const weight = (this.pattern(u, v) * cosine * this.area) / (distance * distance);
    return { direction, distance, radiance: times(this.radiance, weight) };
  }

  emitted(origin, direction, limit) {
    const cosine = dot(direction, this.normal);
    if (cosine >= 0) return null;
    const t = dot(subtract(this.corner, origin), this.normal) / cosine;
    if (t <= 0 || t > limit) return null;
    const way = subtract(add(origin, times(direction, t)), this.corner);
    const u = dot(way, this.across) / dot(this.across, this.across);
    const v = dot(way, this.up) / dot(this.up, this.up);
    return u < 0 || u > 1 || v < 0 || v > 1 ? null : times(this.radiance, this.pattern(u, v));
  }
}

/** A distant disc: unit direction towards it, angular radius in radians, irradiance on a surface facing it. */
export class SunLight {
  constructor({ towards, radius, irradiance }) {
    this.towards = unit(towards);
    this.basis = basis(this.towards);
    this.spread = Math.tan(radius);
    this.irradiance = irradiance;
  }

  sample(_position, u, v) {
    const r = this.spread * Math.sqrt(u);
    const [s, t] = this.basis;
    const x = r * Math.cos(2 * Math.PI * v);
    const y = r * Math.sin(2 * Math.PI * v);
    const direction = unit([0, 1, 2].map(i => this.towards[i] + s[i] * x + t[i] * y));
    return { direction, distance: Infinity, radiance: this.irradiance };
  }

  emitted() {
    return null;
  }
}
