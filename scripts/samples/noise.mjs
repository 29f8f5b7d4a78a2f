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

const mix = (i, j, k) =>
  ((Math.imul(i, 0x8da6b343) ^ Math.imul(j, 0xd8163841) ^ Math.imul(k, 0xcb1ab31f)) >>> 13) & (SIZE - 1);
const fade = t => t * t * t * (t * (t * 6 - 15) + 10);

/** Two-dimensional gradient noise (Perlin's, with the quintic fade); `seed` is an integer. */
export function noise2(x, y, seed = 0) {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const fx = x - i;
  const fy = y - j;
  const corner = (di, dj) => {
    const g = 2 * mix(i + di, j + dj, seed);
    return GRADIENTS_2D[g] * (fx - di) + GRADIENTS_2D[g + 1] * (fy - dj);
  };
  const u = fade(fx);
  const a = corner(0, 0);
  const c = corner(0, 1);
  const low = a + u * (corner(1, 0) - a);
  const high = c + u * (corner(1, 1) - c);
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
  const corner = (di, dj, dk) => {
    const g = 3 * mix(i + di, j + dj, Math.imul(k + dk, 0x27d4eb2f) + seed);
    return GRADIENTS_3D[g] * (fx - di) + GRADIENTS_3D[g + 1] * (fy - dj) + GRADIENTS_3D[g + 2] * (fz - dk);
  };
  const u = fade(fx);
  const v = fade(fy);
  const w = fade(fz);
  const edge = (dj, dk) => {
    const a = corner(0, dj, dk);
    return a + u * (corner(1, dj, dk) - a);
  };
  const a = edge(0, 0);
  const b = edge(0, 1);
  const near = a + v * (edge(1, 0) - a);
  const far = b + v * (edge(1, 1) - b);
  return 1.4 * (near + w * (far - near));
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
    [x, y] = [1.62 * x - 1.18 * y, 1.18 * x + 1.62 * y];
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
    [x, y, z] = [1.62 * x - 1.18 * y, 1.18 * x + 1.62 * y, 2.01 * z + 3.7];
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
    [x, y] = [1.62 * x - 1.18 * y, 1.18 * x + 1.62 * y];
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
