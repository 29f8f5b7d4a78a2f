/** A cottage by the water: whitewashed walls, timber, a tiled roof, a chimney; and a jetty with its boat. Metres. */
import { linearHex, mix, scaled } from '../../color.mjs';
import { fbm2, noise2, noise3 } from '../../noise.mjs';
import { hash } from '../../random.mjs';
import { smoothstep } from '../../scalar.mjs';
import { Mesh } from '../../tracer/mesh.mjs';

const LONG = 5.2;
const DEEP = 3.1;
const EAVES = 3.6;
const RIDGE = 6.9;

/** Flat-sided: every face has corners of its own. Faces are lists of three or four corners. */
function faceted(faces) {
  return Mesh.merged(
    faces.map(corners => [
      corners.flat(),
      [0, 0, 1, 0, 1, 1, 0, 1].slice(0, 2 * corners.length),
      corners.length === 4 ? [0, 1, 2, 0, 2, 3] : [0, 1, 2],
    ]),
  );
}

function box([x0, y0, z0], [x1, y1, z1]) {
  const p = (x, y, z) => [x ? x1 : x0, y ? y1 : y0, z ? z1 : z0];
  return [
    [p(0, 0, 1), p(1, 0, 1), p(1, 1, 1), p(0, 1, 1)],
    [p(1, 0, 0), p(0, 0, 0), p(0, 1, 0), p(1, 1, 0)],
    [p(0, 0, 0), p(0, 0, 1), p(0, 1, 1), p(0, 1, 0)],
    [p(1, 0, 1), p(1, 0, 0), p(1, 1, 0), p(1, 1, 1)],
    [p(0, 1, 1), p(1, 1, 1), p(1, 1, 0), p(0, 1, 0)],
  ];
}

export const walls = () =>
  faceted([
    ...box([-LONG, -1, -DEEP], [LONG, EAVES, DEEP]),
    [
      [LONG, EAVES, DEEP],
      [LONG, EAVES, -DEEP],
      [LONG, RIDGE, 0],
    ],
    [
      [-LONG, EAVES, -DEEP],
      [-LONG, EAVES, DEEP],
      [-LONG, RIDGE, 0],
    ],
    ...box([LONG, -1, -DEEP + 0.6], [LONG + 3.2, 2.3, DEEP - 0.8]),
  ]);

export function roof() {
  const slope = (RIDGE - EAVES) / DEEP;
  const [over, eaves] = [0.5, 0.55];
  const drop = EAVES - slope * eaves;
  const side = (z, thick) => [
    [-LONG - over, drop + thick, z * (DEEP + eaves)],
    [LONG + over, drop + thick, z * (DEEP + eaves)],
    [LONG + over, RIDGE + thick, 0],
    [-LONG - over, RIDGE + thick, 0],
  ];
  const edge = z => {
    const [a, b, c, d] = side(z, 0);
    const [e, f, g, h] = side(z, 0.22);
    return [
      [a, b, f, e],
      [b, c, g, f],
      [d, a, e, h],
    ];
  };
  return faceted([
    side(1, 0.22),
    side(-1, 0.22),
    side(1, 0),
    side(-1, 0),
    ...edge(1),
    ...edge(-1),
    [
      [LONG, 3.2, -DEEP + 0.3],
      [LONG + 3.6, 2.2, -DEEP + 0.3],
      [LONG + 3.6, 2.2, DEEP - 0.5],
      [LONG, 3.2, DEEP - 0.5],
    ],
  ]);
}

export const chimney = () =>
  faceted([...box([-2.6, 5, -0.5], [-1.7, 8.2, 0.4]), ...box([-2.72, 8.0, -0.62], [-1.58, 8.35, 0.52])]);

/** Whitewash, with windows, door and timber drawn on. */
export function whitewash(hit, detail) {
  const [x, y, z] = hit.local;
  const front = Math.abs(hit.face[1]) < 0.5 && Math.abs(Math.abs(z) - DEEP) < 0.02;
  const run = front ? x : z;
  let color = scaled(linearHex('#d8cfbb'), 1 + (detail ? 0.22 * fbm2(0.9 * run, 1.3 * y, 4, 3) : 0));
  color = mix(linearHex('#8a8472'), color, smoothstep(-0.2, 0.9, y + 0.3 * noise2(1.3 * run, 3)));
  const windows = front ? [-3.9, -1.7, 2.9] : [-1.35, 1.35];
  for (const at of windows) {
    const [u, v] = [Math.abs(run - at) / 0.55, Math.abs(y - 2.05) / 0.72];
    if (Math.max(u, v) > 1.22) continue;
    if (Math.max(u, v) > 1) return { albedo: linearHex('#4d3a28'), specular: 0 };
    const bar = u < 0.08 || Math.abs(v - 0.33) < 0.06;
    return bar
      ? { albedo: linearHex('#cfc8b4'), specular: 0 }
      : { albedo: linearHex('#14181c'), specular: 0.06, roughness: 0.04 };
  }
  if (front && Math.abs(x - 0.6) < 0.62 && y < 2.5) {
    const plank = 1 - 0.3 * smoothstep(0.06, 0.02, Math.abs(((x * 4) % 1) - 0.5));
    return { albedo: scaled(linearHex('#355a52'), plank), specular: 0 };
  }
  if (Math.abs(y - EAVES + 0.1) < 0.12 || Math.abs(Math.abs(run) - (front ? LONG : DEEP) + 0.1) < 0.1)
    color = linearHex('#5a4632');
  return { albedo: color, specular: 0 };
}

/** Clay tiles in courses, each its own shade, with moss. */
export function tiles(hit, detail) {
  const [x, y, z] = hit.local;
  if (!detail) return { albedo: linearHex('#9a4f33'), specular: 0 };
  const course = Math.floor(y / 0.27);
  const tile = Math.floor(x / 0.3 + 0.5 * (course % 2));
  const shade = 0.7 + 0.6 * hash(course, tile, 3);
  const lip = 1 - 0.45 * smoothstep(0.3, 0.05, y / 0.27 - course);
  let color = scaled(mix(linearHex('#a8552f'), linearHex('#7d3c2c'), hash(tile, course, 9)), shade * lip);
  color = mix(color, linearHex('#5d6a34'), 0.7 * smoothstep(0.15, 0.5, fbm2(0.6 * x, 0.8 * z, 4, 6)));
  return { albedo: color, specular: 0 };
}

export const brick = hit => ({
  albedo: scaled(
    linearHex('#8a5a45'),
    1 + 0.4 * noise3(3 * hit.local[0], 6 * hit.local[1], 3 * hit.local[2]),
  ),
  specular: 0,
});

export function jetty() {
  const planks = [];
  for (let i = 0; i < 26; i++) {
    const z = 0.42 * i;
    const skew = 0.06 * (hash(i, 2) - 0.5);
    planks.push(...box([-0.8 + skew, 0.55, z], [0.8 + skew, 0.62, z + 0.36]));
  }
  for (const z of [0.4, 3.6, 6.8, 10.4])
    for (const x of [-0.85, 0.75]) planks.push(...box([x, -2, z], [x + 0.16, 1.05, z + 0.16]));
  return faceted(planks);
}

/** A rowing boat along the x axis, as a hull of two skins. */
export const boat = () =>
  Mesh.grid(60, 30, (u, v) => {
    const t = 2 * u - 1;
    const beam = 0.62 * (1 - Math.abs(t) ** 2.4) ** 0.7;
    const inner = v > 0.5;
    const a = (inner ? 1.5 - v * 2 + 0.5 : v * 2) * Math.PI - Math.PI / 2;
    const k = inner ? 0.86 : 1;
    const rim = 0.34 + 0.24 * t * t;
    return [
      2.1 * t * (inner ? 0.97 : 1),
      rim - k * Math.max(0, Math.cos(a)) ** 0.7 * (rim + 0.12),
      beam * k * Math.sin(a),
    ];
  });

export const planks = hit => {
  const [x, , z] = hit.local;
  return {
    albedo: scaled(linearHex('#7d6a52'), 0.8 + 0.5 * hash(Math.floor(z / 0.42), 7) + 0.3 * noise2(12 * x, z)),
    specular: 0,
  };
};

export const paintwork = hit => ({
  albedo: hit.local[1] > 0.3 + 0.24 * (hit.local[0] / 2.1) ** 2 ? linearHex('#d9d2c0') : linearHex('#8f2f24'),
  specular: 0.03,
  roughness: 0.4,
});
