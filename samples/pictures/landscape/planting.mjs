/** What grows in the landscape, and where. */
import { linearHex, mix, scaled } from '../../color.mjs';
import { fbm2, noise2 } from '../../noise.mjs';
import { smoothstep } from '../../scalar.mjs';
import { unit } from '../../tracer/vector.mjs';
import * as ground from './ground.mjs';
import * as tree from './tree.mjs';

/** Leaves: shaded by the crown's form, each its own green, and lit through from behind. */
const foliage = (fresh, deep) => {
  const [a, b] = [linearHex(fresh), linearHex(deep)];
  return hit => {
    // The crown's outward normal counts, whichever side of the leaf is seen.
    if (hit.inside) hit.normal = hit.normal.map(v => -v);
    hit.face = hit.normal;
    return { albedo: scaled(mix(a, b, hit.u), 0.8 + 0.4 * hit.u), specular: 0, through: 0.3 };
  };
};

const bark = hit => {
  const [x, y, z] = hit.local;
  return { albedo: scaled(linearHex('#5b4a3a'), 1 + 0.5 * noise2(9 * (x + z), 2 * y)), specular: 0 };
};

const blade = (fresh, dry) => {
  const [a, b] = [linearHex(fresh), linearHex(dry)];
  return hit => {
    hit.normal = unit([0.35 * hit.normal[0], 1, 0.35 * hit.normal[2]]);
    hit.face = hit.normal;
    return { albedo: scaled(mix(a, b, hit.u), 0.35 + 0.75 * hit.v), specular: 0, through: 0.25 };
  };
};

const SUMMER = [
  ['#7d8a34', '#3f5720'],
  ['#6a7d2c', '#354a1c'],
  ['#8a8c38', '#4c5a24'],
  ['#587030', '#2c431f'],
];
const AUTUMN = [
  ['#c08a2a', '#8a5a1e'],
  ['#b8642a', '#7a3a1c'],
  ['#cba23a', '#8f7226'],
];
const NEEDLES = [
  ['#41552f', '#22361f'],
  ['#4a5c34', '#293b22'],
];

/** Woods that thicken into the hills, and the single trees that make the picture; the ground at `clearing` is left free. */
export function forest(random, clearing) {
  const oaks = [1, 2, 3].map(seed => tree.broadleaf(seed, { height: 10, leaves: 7000, size: 0.4 }));
  const birches = [4, 5].map(seed =>
    tree.broadleaf(seed, { height: 12, spread: 0.5, upright: 0.6, leaves: 5000, size: 0.34, trunk: 0.18 }),
  );
  const spruces = [6, 7].map(seed => tree.conifer(seed, { height: 14 }));
  const placed = [];
  const plant = (kind, paint, x, z, scale) => {
    const place = {
      at: [x, ground.elevation(x, z) - 0.1, z],
      scale: [scale, scale * random.uniform(0.9, 1.15), scale],
      turn: [0, random.uniform(0, 6.28), 0],
    };
    placed.push({ mesh: kind.wood, material: bark, place }, { mesh: kind.leaves, material: paint, place });
  };
  const leaf = () => foliage(...random.pick(random.uniform() < 0.26 ? AUTUMN : SUMMER));
  for (let i = 0; i < 5200; i++) {
    const depth = 104 + 900 * random.uniform() ** 1.7;
    const x = random.uniform(-0.75, 0.75) * depth;
    const z = -depth;
    const y = ground.elevation(x, z);
    if (y < 0.35) continue;
    const wood = fbm2(0.012 * x + 7, 0.012 * z, 3, 40) + 0.35 * smoothstep(150, 420, depth) - 0.1;
    if (random.uniform() > smoothstep(-0.05, 0.3, wood)) continue;
    if (
      Math.hypot(x - clearing[0], (z - clearing[1]) * 0.8) < 15 ||
      (Math.abs(x - clearing[0]) < 16 && z > clearing[1])
    )
      continue;
    const choice = random.uniform() + 0.35 * fbm2(0.006 * x, 0.006 * z, 2, 50);
    if (choice < 0.5) plant(random.pick(oaks), leaf(), x, z, random.uniform(0.75, 1.25));
    else if (choice < 0.66) plant(random.pick(birches), leaf(), x, z, random.uniform(0.8, 1.15));
    else plant(random.pick(spruces), foliage(...random.pick(NEEDLES)), x, z, random.uniform(0.7, 1.3));
  }
  // Trees that make the picture: behind the cottage, along the left shore, and the near one that frames it.
  for (const [kind, paint, x, z, s] of [
    [oaks[0], AUTUMN[0], 11, -118, 1.25],
    [oaks[1], SUMMER[1], 36, -117, 1.4],
    [birches[0], AUTUMN[2], 40, -108, 1.0],
    [spruces[0], NEEDLES[0], 16, -126, 1.35],
    [spruces[1], NEEDLES[1], 30, -128, 1.5],
    [oaks[2], SUMMER[0], 52, -112, 1.3],
    [oaks[0], AUTUMN[1], -34, -104, 1.1],
    [birches[1], AUTUMN[2], -44, -92, 1.0],
    [oaks[1], SUMMER[2], -52, -84, 1.3],
    [spruces[0], NEEDLES[0], -60, -100, 1.2],
    [oaks[2], AUTUMN[0], -56, -66, 1.05],
    [oaks[0], SUMMER[3], -50, -56, 0.9],
  ])
    plant(kind, foliage(...paint), x, z, s);
  const frame = tree.broadleaf(21, { height: 11.5, leaves: 70000, size: 0.095, spread: 0.85, upright: 0.2 });
  plant(frame, foliage('#8f9038', '#48591f'), -7.4, -11.5, 1);
  return placed;
}

/** Grass and flowers on the near bank, reeds at the water's edge. */
export function undergrowth(random) {
  const grass = [1, 2, 3].map(seed => tree.tuft(seed, { blades: 260, height: 0.42, radius: 0.62 }));
  const reeds = [4, 5].map(seed =>
    tree.tuft(seed, { blades: 60, height: 1.5, radius: 0.5, width: 0.012, bend: 0.22 }),
  );
  const paints = [blade('#7f8a35', '#b5a356'), blade('#66782c', '#8f8c3e')];
  const reedPaint = blade('#7c7a34', '#b09a55');
  const placed = [];
  for (let i = 0; i < 2600; i++) {
    const depth = 5 + 34 * random.uniform() ** 1.4;
    const x = random.uniform(-0.7, 0.7) * (depth + 4);
    const z = 6 - depth - 4;
    const y = ground.elevation(x, z);
    if (y < 0.2) continue;
    const scale = random.uniform(0.7, 1.35);
    placed.push({
      mesh: random.pick(grass),
      material: random.pick(paints),
      place: { at: [x, y - 0.03, z], scale, turn: [0, random.uniform(0, 6.28), 0] },
    });
  }
  for (let i = 0; i < 4000 && placed.length < 5200; i++) {
    const x = random.uniform(-22, 22);
    const z = random.uniform(-30, -6);
    const y = ground.elevation(x, z);
    if (y < -0.14 || y > 0.12 || noise2(0.3 * x, 0.3 * z, 60) < 0.05) continue;
    placed.push({
      mesh: random.pick(reeds),
      material: reedPaint,
      place: {
        at: [x, Math.min(y, 0) - 0.02, z],
        scale: random.uniform(0.6, 1.1),
        turn: [0, random.uniform(0, 6.28), 0],
      },
    });
  }
  const petals = [
    ['#f2e9da', '#d9a52a'],
    ['#c8322a', '#2a1512'],
    ['#8a6fc0', '#e0c04a'],
    ['#e8c53a', '#9a6a1c'],
  ].map(([petal, heart]) => {
    const [a, b] = [linearHex(petal), linearHex(heart)];
    return hit => ({ albedo: hit.u < 0.35 ? b : a, specular: 0, through: 0.3 });
  });
  const bunches = [6, 7, 8].map(seed =>
    tree.flowers(seed, { count: 9, height: 0.44, radius: 0.55, size: 0.05 }),
  );
  for (let i = 0; i < 700; i++) {
    const depth = 6 + 26 * random.uniform() ** 1.4;
    const x = random.uniform(-0.7, 0.55) * (depth + 4);
    const z = 2 - depth;
    const y = ground.elevation(x, z);
    const kind = noise2(0.25 * x, 0.25 * z, 70);
    if (y < 0.25 || Math.abs(kind) < 0.06) continue;
    const material = petals[random.uniform() < 0.15 ? 2 : kind > 0.3 ? 3 : kind > 0 ? 0 : 1];
    placed.push({
      mesh: random.pick(bunches),
      material,
      place: { at: [x, y, z], scale: random.uniform(0.8, 1.2), turn: [0, random.uniform(0, 6.28), 0] },
    });
  }
  return placed;
}
