import { Bvh } from './bvh.mjs';
import { enters } from './mesh.mjs';
import { Transform } from './transform.mjs';

const stack = new Int32Array(128);
const local = { t: 0, triangle: 0, u: 0, v: 0 };
const described = { nx: 0, ny: 0, nz: 0, fx: 0, fy: 0, fz: 0, u: 0, v: 0 };

/** Placed meshes with their materials, the lights, and the surroundings a ray sees when it hits nothing. */
export class Scene {
  /**
   * @param objects [{ mesh, material, place? }], `place` as for Transform.place
   * @param lights see light.mjs
   * @param surroundings (direction, origin, detail) => linear colour
   * @param air (distance, direction) => { kept, veil }: the share of light that haze lets through, and its own colour
   */
  constructor({ objects, lights, surroundings, air = null }) {
    this.objects = objects.map(({ mesh, material, place = {} }) => {
      const transform = place instanceof Transform ? place : Transform.place(place);
      return { mesh, material, transform, inverse: transform.inverse.flat() };
    });
    // What the search reads of an object: the inverse matrix by rows, then the translation.
    this.placements = Float64Array.from(
      this.objects.flatMap(({ inverse, transform }) => [...inverse, ...transform.translation]),
    );
    this.meshes = this.objects.map(({ mesh }) => mesh);
    this.lights = lights;
    this.surroundings = surroundings;
    this.air = air;
    const boxes = new Float32Array(this.objects.length * 6);
    this.objects.forEach(({ mesh, transform }, i) => boxes.set(placedBox(mesh, transform), 6 * i));
    this.bvh = new Bvh(boxes, 1);
  }

  /** The nearest object before `limit`, or with `any` some object, recorded in `hit`; returns whether there is one. */
  #search(ox, oy, oz, dx, dy, dz, hit, any) {
    const { bounds, first, count, order } = this.bvh;
    const { placements } = this;
    const ix = 1 / dx;
    const iy = 1 / dy;
    const iz = 1 / dz;
    let found = false;
    let top = 0;
    stack[top++] = 0;
    while (top > 0) {
      const node = stack[--top];
      if (enters(bounds, node, ox, oy, oz, ix, iy, iz, hit.t) === Infinity) continue;
      const start = first[node];
      if (count[node] === 0) {
        const left = enters(bounds, start, ox, oy, oz, ix, iy, iz, hit.t);
        const right = enters(bounds, start + 1, ox, oy, oz, ix, iy, iz, hit.t);
        // The nearer child is taken off the stack first.
        const swap = left < right ? 1 : 0;
        if (Math.max(left, right) < Infinity) stack[top++] = start + swap;
        if (Math.min(left, right) < Infinity) stack[top++] = start + 1 - swap;
        continue;
      }
      for (let i = start; i < start + count[node]; i++) {
        const m = 12 * order[i];
        const px = ox - placements[m + 9];
        const py = oy - placements[m + 10];
        const pz = oz - placements[m + 11];
        local.t = hit.t;
        const struck = this.meshes[order[i]].intersect(
          placements[m] * px + placements[m + 1] * py + placements[m + 2] * pz,
          placements[m + 3] * px + placements[m + 4] * py + placements[m + 5] * pz,
          placements[m + 6] * px + placements[m + 7] * py + placements[m + 8] * pz,
          placements[m] * dx + placements[m + 1] * dy + placements[m + 2] * dz,
          placements[m + 3] * dx + placements[m + 4] * dy + placements[m + 5] * dz,
          placements[m + 6] * dx + placements[m + 7] * dy + placements[m + 8] * dz,
          local,
          any,
        );
        if (!struck) continue;
        found = true;
        if (any) return true;
        hit.t = local.t;
        hit.triangle = local.triangle;
        hit.u = local.u;
        hit.v = local.v;
        hit.object = this.objects[order[i]];
      }
    }
    return found;
  }

  /** The nearest hit of a ray as { object, t, position, normal, face, local, u, v, inside }, or null. */
  hit(origin, direction, limit = Infinity) {
    const hit = { t: limit, triangle: 0, u: 0, v: 0, object: null };
    if (!this.#search(origin[0], origin[1], origin[2], direction[0], direction[1], direction[2], hit, false))
      return null;
    const { object, t } = hit;
    object.mesh.describe(hit, described);
    const m = object.inverse;
    // Normals go by the inverse's transpose.
    const carried = (x, y, z) => {
      const nx = m[0] * x + m[3] * y + m[6] * z;
      const ny = m[1] * x + m[4] * y + m[7] * z;
      const nz = m[2] * x + m[5] * y + m[8] * z;
      const k = 1 / (Math.hypot(nx, ny, nz) || 1);
      return [nx * k, ny * k, nz * k];
    };
    let normal = carried(described.nx, described.ny, described.nz);
    let face = carried(described.fx, described.fy, described.fz);
    const inside = face[0] * direction[0] + face[1] * direction[1] + face[2] * direction[2] > 0;
    if (inside) {
      face = face.map(v => -v);
      normal = normal.map(v => -v);
    }
    const position = [0, 1, 2].map(i => origin[i] + t * direction[i]);
    const [px, py, pz] = position.map((v, i) => v - object.transform.translation[i]);
    return {
      object,
      t,
      position,
      normal,
      face,
      inside,
      local: [
        m[0] * px + m[1] * py + m[2] * pz,
        m[3] * px + m[4] * py + m[5] * pz,
        m[6] * px + m[7] * py + m[8] * pz,
      ],
      u: described.u,
      v: described.v,
    };
  }

  /** Whether anything lies on the way from a point, nearer than `distance` along a unit direction. */
  blocked(origin, direction, distance) {
    const hit = { t: distance, triangle: 0, u: 0, v: 0, object: null };
    return this.#search(origin[0], origin[1], origin[2], direction[0], direction[1], direction[2], hit, true);
  }
}

function placedBox(mesh, transform) {
  const b = mesh.bvh.bounds;
  const box = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  for (let corner = 0; corner < 8; corner++) {
    const p = transform.point([b[corner & 1 ? 3 : 0], b[corner & 2 ? 4 : 1], b[corner & 4 ? 5 : 2]]);
    for (let a = 0; a < 3; a++) {
      box[a] = Math.min(box[a], p[a]);
      box[a + 3] = Math.max(box[a + 3], p[a]);
    }
  }
  return box;
}
