import { Bvh } from './bvh.mjs';

const stack = new Int32Array(128);

/** A triangle mesh with smooth normals and texture coordinates, ready to be hit by rays. */
export class Mesh {
  /**
   * @param {Float32Array} positions xyz a vertex
   * @param {Float32Array} uvs two texture coordinates a vertex
   * @param {Uint32Array} indices three vertices a triangle
   */
  constructor(positions, uvs, indices, normals = smoothNormals(positions, indices)) {
    this.positions = positions;
    this.uvs = uvs;
    this.normals = normals;
    const n = indices.length / 3;
    const boxes = new Float32Array(n * 6);
    for (let t = 0; t < n; t++) {
      for (let a = 0; a < 3; a++) {
        const corners = [0, 1, 2].map(c => positions[indices[3 * t + c] * 3 + a]);
        boxes[6 * t + a] = Math.min(...corners);
        boxes[6 * t + a + 3] = Math.max(...corners);
      }
    }
    this.bvh = new Bvh(boxes);
    // Triangles are stored in leaf order, as one vertex and two edges, so that a leaf reads consecutive memory.
    this.indices = new Uint32Array(indices.length);
    this.corners = new Float32Array(n * 9);
    for (let t = 0; t < n; t++) {
      const from = 3 * this.bvh.order[t];
      for (let c = 0; c < 3; c++) this.indices[3 * t + c] = indices[from + c];
      const [i, j, k] = this.indices.subarray(3 * t, 3 * t + 3);
      for (let a = 0; a < 3; a++) {
        this.corners[9 * t + a] = positions[3 * i + a];
        this.corners[9 * t + 3 + a] = positions[3 * j + a] - positions[3 * i + a];
        this.corners[9 * t + 6 + a] = positions[3 * k + a] - positions[3 * i + a];
      }
    }
  }

  /** The mesh of point(u, v) over a grid of columns × rows cells, u and v in [0, 1]; `closed` joins u = 1 to u = 0. */
  static grid(columns, rows, point, { closed = false } = {}) {
    const positions = new Float32Array((columns + 1) * (rows + 1) * 3);
    const uvs = new Float32Array((columns + 1) * (rows + 1) * 2);
    const indices = new Uint32Array(columns * rows * 6);
    let v = 0;
    let t = 0;
    for (let j = 0; j <= rows; j++) {
      for (let i = 0; i <= columns; i++) {
        positions.set(point(closed && i === columns ? 0 : i / columns, j / rows), 3 * v);
        uvs.set([i / columns, j / rows], 2 * v++);
        if (i === columns || j === rows) continue;
        const a = v - 1;
        indices.set([a, a + columns + 1, a + 1, a + 1, a + columns + 1, a + columns + 2], t);
        t += 6;
      }
    }
    const normals = smoothNormals(positions, indices);
    if (closed) joinSeam(normals, columns, rows);
    return new Mesh(positions, uvs, indices, normals);
  }

  /** Several parts as one mesh: [positions, uvs, indices] each. */
  static merged(parts) {
    const positions = [];
    const uvs = [];
    const indices = [];
    for (const part of parts) {
      const base = positions.length / 3;
      for (const value of part[0]) positions.push(value);
      for (const value of part[1]) uvs.push(value);
      for (const value of part[2]) indices.push(base + value);
    }
    return new Mesh(Float32Array.from(positions), Float32Array.from(uvs), Uint32Array.from(indices));
  }

  /**
   * Finds the nearest triangle before hit.t along a ray (any direction length) and records t, triangle and its
   * barycentric u, v in `hit`. With `any`, stops at the first found. Returns whether one was found.
   */
  intersect(ox, oy, oz, dx, dy, dz, hit, any) {
    const { bounds, first, count } = this.bvh;
    const { corners } = this;
    const ix = 1 / dx;
    const iy = 1 / dy;
    const iz = 1 / dz;
    let found = false;
    let top = 0;
    let node = 0;
    if (enters(bounds, 0, ox, oy, oz, ix, iy, iz, hit.t) === Infinity) return false;
    for (;;) {
      const items = count[node];
      if (items > 0) {
        const start = first[node];
        for (let t = start; t < start + items; t++) {
          const at = 9 * t;
          const e1x = corners[at + 3];
          const e1y = corners[at + 4];
          const e1z = corners[at + 5];
          const e2x = corners[at + 6];
          const e2y = corners[at + 7];
          const e2z = corners[at + 8];
          // Möller and Trumbore's test, both sides.
          const px = dy * e2z - dz * e2y;
          const py = dz * e2x - dx * e2z;
          const pz = dx * e2y - dy * e2x;
          const det = e1x * px + e1y * py + e1z * pz;
          if (det === 0) continue;
          const inverse = 1 / det;
          const sx = ox - corners[at];
          const sy = oy - corners[at + 1];
          const sz = oz - corners[at + 2];
          const u = (sx * px + sy * py + sz * pz) * inverse;
          if (u < 0 || u > 1) continue;
          const qx = sy * e1z - sz * e1y;
          const qy = sz * e1x - sx * e1z;
          const qz = sx * e1y - sy * e1x;
          const v = (dx * qx + dy * qy + dz * qz) * inverse;
          if (v < 0 || u + v > 1) continue;
          const distance = (e2x * qx + e2y * qy + e2z * qz) * inverse;
          if (distance > 1e-5 && distance < hit.t) {
            hit.t = distance;
            hit.triangle = t;
            hit.u = u;
            hit.v = v;
            found = true;
            if (any) return true;
          }
        }
      } else {
        const left = first[node];
        const near = enters(bounds, left, ox, oy, oz, ix, iy, iz, hit.t);
        const far = enters(bounds, left + 1, ox, oy, oz, ix, iy, iz, hit.t);
        if (near <= far) {
          if (near < Infinity) {
            if (far < Infinity) stack[top++] = left + 1;
            node = left;
            continue;
          }
        } else {
          if (near < Infinity) stack[top++] = left;
          node = left + 1;
          continue;
        }
      }
      if (top === 0) return found;
      node = stack[--top];
    }
  }

  /** Writes the interpolated normal (unnormalised), face normal and texture coordinates of a hit into `out`. */
  describe(hit, out) {
    const { triangle, u, v } = hit;
    const w = 1 - u - v;
    const i = this.indices[3 * triangle];
    const j = this.indices[3 * triangle + 1];
    const k = this.indices[3 * triangle + 2];
    const { normals, uvs, corners } = this;
    out.nx = normals[3 * i] * w + normals[3 * j] * u + normals[3 * k] * v;
    out.ny = normals[3 * i + 1] * w + normals[3 * j + 1] * u + normals[3 * k + 1] * v;
    out.nz = normals[3 * i + 2] * w + normals[3 * j + 2] * u + normals[3 * k + 2] * v;
    out.u = uvs[2 * i] * w + uvs[2 * j] * u + uvs[2 * k] * v;
    out.v = uvs[2 * i + 1] * w + uvs[2 * j + 1] * u + uvs[2 * k + 1] * v;
    const at = 9 * triangle;
    out.fx = corners[at + 4] * corners[at + 8] - corners[at + 5] * corners[at + 7];
    out.fy = corners[at + 5] * corners[at + 6] - corners[at + 3] * corners[at + 8];
    out.fz = corners[at + 3] * corners[at + 7] - corners[at + 4] * corners[at + 6];
  }
}

/** Distance at which a ray enters a node's box, Infinity if it does not before `limit`. */
export function enters(bounds, node, ox, oy, oz, ix, iy, iz, limit) {
  const at = 6 * node;
  const x0 = (bounds[at] - ox) * ix;
  const x1 = (bounds[at + 3] - ox) * ix;
  let near = x0 < x1 ? x0 : x1;
  let far = x0 < x1 ? x1 : x0;
  const y0 = (bounds[at + 1] - oy) * iy;
  const y1 = (bounds[at + 4] - oy) * iy;
  near = Math.max(near, y0 < y1 ? y0 : y1);
  far = Math.min(far, y0 < y1 ? y1 : y0);
  const z0 = (bounds[at + 2] - oz) * iz;
  const z1 = (bounds[at + 5] - oz) * iz;
  near = Math.max(near, z0 < z1 ? z0 : z1);
  far = Math.min(far, z0 < z1 ? z1 : z0);
  return far >= near && far > 0 && near < limit ? near : Infinity;
}

/** Area-weighted vertex normals. */
function smoothNormals(positions, indices) {
  const normals = new Float32Array(positions.length);
  for (let t = 0; t < indices.length; t += 3) {
    const [i, j, k] = [3 * indices[t], 3 * indices[t + 1], 3 * indices[t + 2]];
    const ax = positions[j] - positions[i];
    const ay = positions[j + 1] - positions[i + 1];
    const az = positions[j + 2] - positions[i + 2];
    const bx = positions[k] - positions[i];
    const by = positions[k + 1] - positions[i + 1];
    const bz = positions[k + 2] - positions[i + 2];
    for (const v of [i, j, k]) {
      normals[v] += ay * bz - az * by;
      normals[v + 1] += az * bx - ax * bz;
      normals[v + 2] += ax * by - ay * bx;
    }
  }
  return normals;
}

function joinSeam(normals, columns, rows) {
  for (let j = 0; j <= rows; j++) {
    const a = 3 * j * (columns + 1);
    const b = a + 3 * columns;
    for (let c = 0; c < 3; c++) normals[a + c] = normals[b + c] = normals[a + c] + normals[b + c];
  }
}
