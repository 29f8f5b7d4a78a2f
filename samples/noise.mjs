/** Gradient noise and what is built from it. Noise values lie in about [-1, 1], `cells` distances in cell widths. */
import { hash } from './random.mjs';

const SIZE = 4096;
const GRADIENTS_2D = new Float32Array(SIZE * 2);
const GRADIENTS_3D = new Float32Array(SIZE * 3);
for (let i = 0; i < SIZE; i++) {
  const angle = 2 * Math.PI * hash(i, 11);
  GRADIENTS_2D[2 * i] = Math.cos(angle);
  GRADIENTS_2D[2 * i + 1] = Math.sin(angle);
  const z = 2 * hash(i, 23) - 1;
  const r = Math.sqrt(1 - z * z);
  const turn = 2 * Math.PI * hash(i, 37);
  GRADIENTS_3D.set([r * Math.cos(turn), r * Math.sin(turn), z], 3 * i);
}

const fade = t => t * t * t * (t * (t * 6 - 15) + 10);

/** The gradient chosen at a lattice point, against the offset (x, y) from it. */
function slope2(i, j, seed, x, y) {
  const mixed = Math.imul(i, 0x8da6b343) ^ Math.imul(j, 0xd8163841) ^ Math.imul(seed, 0xcb1ab31f);
  const g = ((mixed >>> 13) & (SIZE - 1)) << 1;
  return GRADIENTS_2D[g] * x + GRADIENTS_2D[g + 1] * y;
}

function slope3(i, j, k, seed, x, y, z) {
  const deep = (Math.imul(k, 0x27d4eb2f) + seed) | 0;
  const mixed = Math.imul(i, 0x8da6b343) ^ Math.imul(j, 0xd8163841) ^ Math.imul(deep, 0xcb1ab31f);
  const g = ((mixed >>> 13) & (SIZE - 1)) * 3;
  return GRADIENTS_3D[g] * x + GRADIENTS_3D[g + 1] * y + GRADIENTS_3D[g + 2] * z;
}

/** Two-dimensional gradient noise (Perlin's, with the quintic fade); `seed` is an integer. */
export function noise2(x, y, seed = 0) {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const fx = x - i;
  const fy = y - j;
  const u = fade(fx);
  const a = slope2(i, j, seed, fx, fy);
  const b = slope2(i, j + 1, seed, fx, fy - 1);
  const low = a + u * (slope2(i + 1, j, seed, fx - 1, fy) - a);
  const high = b + u * (slope2(i + 1, j + 1, seed, fx - 1, fy - 1) - b);
  return 1.5 * (low + fade(fy) * (high - low));
}

/** Three-dimensional gradient noise. */
export function noise3(x, y, z, seed = 0) {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const k = Math.floor(z);
  const fx = x - i;
  const fy = y - j;
  const fz = z - k;
  const u = fade(fx);
  const v = fade(fy);
  const a = slope3(i, j, k, seed, fx, fy, fz);
  const b = slope3(i, j + 1, k, seed, fx, fy - 1, fz);
  const c = slope3(i, j, k + 1, seed, fx, fy, fz - 1);
  const d = slope3(i, j + 1, k + 1, seed, fx, fy - 1, fz - 1);
  const ab = a + u * (slope3(i + 1, j, k, seed, fx - 1, fy, fz) - a);
  const cd = b + u * (slope3(i + 1, j + 1, k, seed, fx - 1, fy - 1, fz) - b);
  const ef = c + u * (slope3(i + 1, j, k + 1, seed, fx - 1, fy, fz - 1) - c);
  const gh = d + u * (slope3(i + 1, j + 1, k + 1, seed, fx - 1, fy - 1, fz - 1) - d);
  const near = ab + v * (cd - ab);
  const far = ef + v * (gh - ef);
  return 1.4 * (near + fade(fz) * (far - near));
}

/** Fractional Brownian motion: octaves of noise2, each twice as fine and `gain` as strong. */
export function fbm2(x, y, octaves, seed = 0, gain = 0.5) {
  let sum = 0;
  let weight = 1;
  let total = 0;
  for (let o = 0; o < octaves; o++) {
    sum += weight * noise2(x, y, seed + o * 101);
    total += weight;
    weight *= gain;
    // The rotation keeps the lattices of successive octaves from lining up.
    const turned = 1.62 * x - 1.18 * y;
    y = 1.18 * x + 1.62 * y;
    x = turned;
  }
  return sum / total;
}

/** Fractional Brownian motion of noise3. */
export function fbm3(x, y, z, octaves, seed = 0, gain = 0.5) {
  let sum = 0;
  let weight = 1;
  let total = 0;
  for (let o = 0; o < octaves; o++) {
    sum += weight * noise3(x, y, z, seed + o * 101);
    total += weight;
    weight *= gain;
    const turned = 1.62 * x - 1.18 * y;
    y = 1.18 * x + 1.62 * y;
    x = turned;
    z = 2.01 * z + 3.7;
  }
  return sum / total;
}

/** Ridged noise in [0, 1]: sharp crests where fbm crosses zero. */
export function ridged2(x, y, octaves, seed = 0, gain = 0.5) {
  let sum = 0;
  let weight = 1;
  let total = 0;
  for (let o = 0; o < octaves; o++) {
    const crest = 1 - Math.min(1, 1.4 * Math.abs(noise2(x, y, seed + o * 101)));
    sum += weight * crest * crest;
    total += weight;
    weight *= gain;
    const turned = 1.62 * x - 1.18 * y;
    y = 1.18 * x + 1.62 * y;
    x = turned;
  }
  return sum / total;
}

/** Worley noise: distances to the nearest and second nearest jittered point, and the nearest point's id in [0, 1). */
export function cells2(x, y, seed = 0, jitter = 0.9) {
  const i = Math.floor(x);
  const j = Math.floor(y);
  let first = Infinity;
  let second = Infinity;
  let id = 0;
  for (let dj = -1; dj <= 1; dj++) {
    for (let di = -1; di <= 1; di++) {
      const px = i + di + 0.5 + jitter * (hash(i + di, j + dj, seed) - 0.5);
      const py = j + dj + 0.5 + jitter * (hash(i + di, j + dj, seed + 1) - 0.5);
      const distance = Math.hypot(px - x, py - y);
      if (distance < first) {
        second = first;
        first = distance;
        id = hash(i + di, j + dj, seed + 2);
      } else if (distance < second) {
        second = distance;
      }
    }
  }
  return { first, second, id };
}
