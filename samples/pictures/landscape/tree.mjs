/** Trees grown limb by limb, their leaves small triangles lit as parts of one crown. Lengths in metres. */
import { Mesh } from '../../tracer/mesh.mjs';
import { points } from '../../shape.mjs';
import { Random } from '../../random.mjs';
import { add, basis, norm, subtract, times, unit } from '../../tracer/vector.mjs';

const GOLDEN = 2.39996;

/** Wood as tapering tubes, gathered until the tree is whole. */
class Limbs {
  parts = [];

  /** A tube through points, each [x, y, z, radius]. */
  add(points, around) {
    const positions = [];
    const uvs = [];
    const indices = [];
    points.forEach(([x, y, z, radius], j) => {
      const ahead = subtract(points[Math.min(j + 1, points.length - 1)], points[Math.max(j - 1, 0)]);
      const [s, t] = basis(unit(ahead));
      for (let i = 0; i <= around; i++) {
        const angle = (2 * Math.PI * i) / around;
        const side = add(times(s, radius * Math.cos(angle)), times(t, radius * Math.sin(angle)));
        positions.push(x + side[0], y + side[1], z + side[2]);
        uvs.push(i / around, y);
        if (i === around || j === points.length - 1) continue;
        const a = j * (around + 1) + i;
        const b = a + around + 1;
        indices.push(a, b, a + 1, a + 1, b, b + 1);
      }
    });
    this.parts.push([positions, uvs, indices]);
  }

  mesh() {
    return Mesh.merged(this.parts);
  }
}

/** Leaves as single triangles; normals lean outwards from the crown so that it shades as one mass. */
class Leaves {
  positions = [];
  normals = [];
  uvs = [];

  constructor(random) {
    this.random = random;
  }

  add([x, y, z], size, outward) {
    const { random } = this;
    const turn = unit([random.normal(), random.normal() * 0.6, random.normal()]);
    const [s, t] = basis(turn);
    const tone = random.uniform();
    const lean = unit(add(outward, times([random.normal(), random.normal(), random.normal()], 0.32)));
    for (const [a, b] of points('-0.5,-0.35 0.5,-0.35 0,0.8')) {
      this.positions.push(
        x + size * (a * s[0] + b * t[0]),
        y + size * (a * s[1] + b * t[1]),
        z + size * (a * s[2] + b * t[2]),
      );
      this.normals.push(...lean);
      this.uvs.push(tone, y);
    }
  }

  mesh() {
    const count = this.positions.length / 3;
    return new Mesh(
      Float32Array.from(this.positions),
      Float32Array.from(this.uvs),
      Uint32Array.from({ length: count }, (_, i) => i),
      Float32Array.from(this.normals),
    );
  }
}

/**
 * A broad-leaved tree about 1 unit of `height` tall.
 * @param form spread: how far limbs lean out (radians); upright: pull towards the sky; leaves: how many in all;
 *   size: of one leaf
 */
export function broadleaf(
  seed,
  { height = 10, spread = 0.8, upright = 0.25, leaves = 7000, size = 0.3, trunk = 0.28 },
) {
  const random = new Random(seed);
  const limbs = new Limbs();
  const tips = [];
  const branch = (start, direction, length, radius, level) => {
    const points = [];
    let at = start;
    let ahead = direction;
    const steps = level === 0 ? 9 : 5;
    for (let i = 0; i <= steps; i++) {
      const t = i / steps;
      points.push([...at, radius * (1 - 0.6 * t) * (level === 0 && i === 0 ? 1.5 : 1)]);
      if (level > 0 && i === 0) {
        ahead = unit(ahead);
      }
      const wobble = 0.16 + 0.06 * level;
      ahead = unit(
        add(ahead, [
          random.normal(0, wobble),
          random.normal(0, wobble * 0.6) + upright * 0.35,
          random.normal(0, wobble),
        ]),
      );
      at = add(at, times(ahead, length / steps));
      const forks = level === 0 ? t > 0.28 : i > 0;
      if (level < 3 && forks) {
        const count = level === 0 ? 2 : 1;
        for (let k = 0; k < count; k++) {
          const [s, u] = basis(ahead);
          const turn = GOLDEN * (i * count + k) + random.uniform(0, 1);
          const out = spread * random.uniform(0.75, 1.2);
          const side = add(times(s, Math.cos(turn)), times(u, Math.sin(turn)));
          const way = unit(add(times(ahead, Math.cos(out)), times(side, Math.sin(out))));
          const share = level === 0 ? 0.56 - 0.22 * t : 0.58 - 0.12 * t;
          branch(
            at,
            way,
            length * share * random.uniform(0.8, 1.15),
            radius * (1 - 0.6 * t) * 0.6,
            level + 1,
          );
        }
      }
    }
    if (level < 3) limbs.add(points, level === 0 ? 12 : 6);
    if (level >= 2) tips.push(...points.slice(2).map(p => p.slice(0, 3)));
  };
  branch([0, -0.3, 0], [0, 1, 0], height * 0.78, height * 0.035 * (trunk / 0.28), 0);
  const centre = times(tips.reduce(add, [0, 0, 0]), 1 / tips.length);
  const foliage = new Leaves(random);
  const cluster = height * 0.045;
  for (let i = 0; i < leaves; i++) {
    const tip = tips[i % tips.length];
    const at = add(tip, [
      random.normal(0, cluster),
      random.normal(0, cluster * 0.8),
      random.normal(0, cluster),
    ]);
    const local = subtract(at, tip);
    const crown = subtract(at, centre);
    const outward = unit(add(times(crown, 1 / (norm(crown) || 1)), times(local, 0.6 / cluster)));
    foliage.add(at, size * random.uniform(0.7, 1.3), outward);
  }
  return { wood: limbs.mesh(), leaves: foliage.mesh() };
}

/** A spruce: whorls of drooping boughs that shorten towards the tip. */
export function conifer(seed, { height = 14, leaves = 6000, size = 0.34 }) {
  const random = new Random(seed);
  const limbs = new Limbs();
  limbs.add(
    [
      [0, -0.3, 0, height * 0.022],
      [0.05, height * 0.5, 0, height * 0.013],
      [0, height, 0, 0.02],
    ],
    8,
  );
  const foliage = new Leaves(random);
  const whorls = 22;
  const perBough = Math.ceil(leaves / (whorls * 7));
  for (let w = 0; w < whorls; w++) {
    const t = (w + 0.5) / whorls;
    const y = height * (0.1 + 0.9 * t);
    const reach = height * 0.2 * (1 - t) ** 0.85 + 0.15;
    for (let b = 0; b < 7; b++) {
      const angle = GOLDEN * w + (2 * Math.PI * b) / 7 + random.normal(0, 0.2);
      const long = reach * random.uniform(0.75, 1.15);
      for (let k = 0; k < perBough; k++) {
        const s = Math.sqrt(random.uniform(0.01, 1));
        const wide = 0.28 * long * (1 - 0.75 * s) + 0.1;
        const across = random.normal(0, wide);
        const r = s * long;
        const at = [
          r * Math.cos(angle) - across * Math.sin(angle),
          y - 0.35 * r * (0.6 + 0.4 * s) + random.normal(0, 0.1) - 0.15 * Math.abs(across),
          r * Math.sin(angle) + across * Math.cos(angle),
        ];
        foliage.add(
          at,
          size * random.uniform(0.7, 1.2),
          unit([Math.cos(angle) * s, 0.55, Math.sin(angle) * s]),
        );
      }
    }
  }
  return { wood: limbs.mesh(), leaves: foliage.mesh() };
}

/** A tuft of grass or reeds within a circle of the given radius: bent blades that taper to a point. */
export function tuft(seed, { blades, height, radius, width = 0.012, bend = 0.35 }) {
  const random = new Random(seed);
  const positions = [];
  const uvs = [];
  const indices = [];
  for (let i = 0; i < blades; i++) {
    const r = radius * Math.sqrt(random.uniform());
    const turn = random.uniform(0, 2 * Math.PI);
    const [x, z] = [r * Math.cos(turn), r * Math.sin(turn)];
    const long = height * random.uniform(0.45, 1.1);
    const lean = random.uniform(0, 2 * Math.PI);
    const fall = bend * random.uniform(0.2, 1.3);
    const face = random.uniform(0, Math.PI);
    const tone = random.uniform();
    const base = positions.length / 3;
    for (let k = 0; k <= 3; k++) {
      const t = k / 3;
      const half = width * (1 - t) ** 0.7 + 0.0008;
      const [cx, cz] = [x + Math.cos(lean) * fall * long * t * t, z + Math.sin(lean) * fall * long * t * t];
      for (const side of [-1, 1]) {
        positions.push(
          cx + side * half * Math.cos(face),
          long * t * (1 - 0.3 * fall * t),
          cz + side * half * Math.sin(face),
        );
        uvs.push(tone, t);
      }
      if (k === 3) continue;
      const a = base + 2 * k;
      indices.push(a, a + 1, a + 2, a + 1, a + 3, a + 2);
    }
  }
  return new Mesh(Float32Array.from(positions), Float32Array.from(uvs), Uint32Array.from(indices));
}

/** A handful of flowers on thin stems: discs of petals, tilted every way, within a circle of `radius`. */
export function flowers(seed, { count, height, radius, size }) {
  const random = new Random(seed);
  const positions = [];
  const uvs = [];
  const indices = [];
  for (let i = 0; i < count; i++) {
    const r = radius * Math.sqrt(random.uniform());
    const turn = random.uniform(0, 2 * Math.PI);
    const centre = [r * Math.cos(turn), height * random.uniform(0.65, 1.15), r * Math.sin(turn)];
    const normal = unit([random.normal(0, 0.6), 1, random.normal(0, 0.6)]);
    const [s, t] = basis(normal);
    const half = size * random.uniform(0.7, 1.2);
    const base = positions.length / 3;
    positions.push(...centre);
    uvs.push(0, random.uniform());
    for (let k = 0; k < 10; k++) {
      const angle = (2 * Math.PI * k) / 10;
      const reach = half * (k % 2 ? 0.7 : 1);
      positions.push(
        ...add(
          centre,
          add(
            times(s, reach * Math.cos(angle)),
            add(times(t, reach * Math.sin(angle)), times(normal, 0.25 * half)),
          ),
        ),
      );
      uvs.push(1, random.uniform());
      indices.push(base, base + 1 + k, base + 1 + ((k + 1) % 10));
    }
  }
  return new Mesh(Float32Array.from(positions), Float32Array.from(uvs), Uint32Array.from(indices));
}
