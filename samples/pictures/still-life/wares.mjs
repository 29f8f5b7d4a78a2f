/** The things around the fruit: jug, plate, knife, table, cloth, wall. */
import { linearHex, mix, scaled } from '../../color.mjs';
import { fbm2, fbm3, noise2, noise3, ridged2 } from '../../noise.mjs';
import { bell, clamp, smoothstep } from '../../scalar.mjs';
import { points } from '../../shape.mjs';
import { bumped } from '../../tracer/bump.mjs';
import { Mesh } from '../../tracer/mesh.mjs';
import { lathe, rectangle, tube } from '../../tracer/solids.mjs';

/** An earthenware jug, its outside, lip and inside in one profile. */
export const jug = () =>
  lathe(
    points(`
  0,0.04 0.3,0.0 0.46,0.02 0.52,0.1 0.66,0.42 0.77,0.8 0.78,1.15 0.68,1.5 0.5,1.78 0.4,2.0
  0.385,2.2 0.43,2.42 0.475,2.5 0.455,2.53 0.41,2.44 0.35,2.2 0.35,1.9 0.5,1.6 0.6,1.2
`),
    {
      around: 120,
      along: 180,
      // The lip is drawn out into a spout towards the left.
      shape: (angle, [x, y, z]) => {
        const spout = bell(angle + Math.PI, 0.42) * smoothstep(2.15, 2.5, y);
        return [x - 0.22 * spout, y + 0.07 * spout, z * (1 - 0.25 * spout)];
      },
    },
  );

export const jugHandle = () =>
  tube(
    points('0.36,2.3,0 0.6,2.42,0 0.92,2.3,0 1.08,1.95,0 1.02,1.55,0 0.85,1.25,0 0.7,1.12,0'),
    t => [0.06, 0.1 + 0.03 * Math.abs(2 * t - 1)],
    { along: 80 },
  );

/** Tin glaze with a painted blue band, crazed and worn; bare clay shows at the foot. */
export function glaze(hit, detail) {
  const [x, y, z] = hit.local;
  const white = linearHex('#d9d3c0');
  const blue = linearHex('#274b86');
  const clay = linearHex('#8d5a3a');
  const angle = Math.atan2(z, x);
  let color = white;
  const line = (at, width) =>
    smoothstep(width, width * 0.5, Math.abs(y - at + 0.012 * noise2(3 * angle, at)));
  const wave = Math.sin(9 * angle) * 0.11;
  const vine = smoothstep(0.035, 0.015, Math.abs(y - 1.0 - wave));
  const petals = Math.abs(Math.cos(4.5 * angle + Math.PI / 4));
  const flower = smoothstep(
    0.02,
    -0.02,
    Math.hypot(((((9 * angle) / Math.PI + 40.5) % 2) - 1) * 0.24, y - 1.0 + 0.02) - 0.12 - 0.03 * petals,
  );
  const paint = clamp(
    Math.max(
      line(1.36, 0.035),
      line(0.64, 0.035),
      line(1.3, 0.012),
      line(0.7, 0.012),
      vine,
      flower * 0.9,
      line(2.36, 0.04),
      line(1.86, 0.02),
    ),
  );
  color = mix(color, blue, paint * (0.72 + 0.3 * noise3(7 * x, 7 * y, 7 * z)));
  color = mix(color, clay, smoothstep(0.13, 0.05, y + 0.05 * noise2(4 * angle, 3)));
  if (!detail) return { albedo: color, specular: 0 };
  const wear = fbm3(2.4 * x, 2.4 * y, 2.4 * z, 5, 4, 0.6);
  color = scaled(mix(color, linearHex('#a08a62'), 0.55 * smoothstep(0.1, 0.6, wear)), 1 + 0.12 * wear);
  const speck = noise3(30 * x, 30 * y, 30 * z, 8);
  color = mix(color, linearHex('#54402c'), 0.7 * smoothstep(0.72, 0.85, speck));
  const normal = bumped(
    hit,
    (a, b, c) => 0.012 * noise3(3 * a, 9 * b, 3 * c, 5) + 0.002 * noise3(20 * a, 20 * b, 20 * c),
  );
  return { albedo: color, normal, specular: 0.05, roughness: 0.18 };
}

export const plate = () =>
  lathe(
    points(`
  0,0.05 0.5,0.04 0.72,0.05 0.85,0.12 0.95,0.17 1.22,0.21 1.25,0.2 1.22,0.17 0.95,0.11 0.8,0.02
  0.6,0.0 0,0
`),
    { around: 140, along: 120 },
  );

/** Old pewter: a dull metal with scratches around its turning. */
export function pewter(hit, detail) {
  const [x, y, z] = hit.local;
  const r = Math.hypot(x, z);
  const tarnish = detail ? fbm3(3 * x, 3 * y, 3 * z, 4, 2) : 0;
  const ring = detail ? noise2(70 * r, 1.2 * Math.atan2(z, x)) : 0;
  return {
    albedo: scaled(linearHex('#5b5750'), 1 + 0.5 * tarnish),
    normal: detail
      ? bumped(
          hit,
          (a, b, c) => 0.0012 * noise2(60 * Math.hypot(a, c), 2) + 0.006 * noise3(4 * a, 4 * b, 4 * c),
        )
      : undefined,
    specular: 0.42,
    roughness: clamp(0.34 + 0.12 * tarnish + 0.08 * ring, 0.15, 0.7),
    tint: [1, 0.97, 0.9],
  };
}

const EDGE = 2.25;
const BEND = 0.09;

/** Planks with a rounded front edge. */
export const table = () =>
  Mesh.grid(8, 60, (u, v) => {
    const x = -8 + 16 * u;
    if (v < 0.5) return [x, 0, -4 + (4 + EDGE - BEND) * 2 * v];
    const turn = Math.min(1, (v - 0.5) * 4) * (Math.PI / 2);
    const drop = Math.max(0, v - 0.75) * 8;
    return [x, BEND * (Math.cos(turn) - 1) - drop, EDGE - BEND + BEND * Math.sin(turn)];
  });

export function wood(hit, detail) {
  const [x, y, z] = hit.local;
  const depth = z - y;
  const plank = Math.floor(depth / 0.95 + 0.35);
  const across = depth / 0.95 + 0.35 - plank;
  const shift = 7.3 * plank;
  const warp = 0.35 * fbm2(0.35 * x + shift, 1.4 * depth, 3, plank);
  const rings = Math.sin(26 * (depth + warp) + 3 * noise2(0.5 * x, 5 * depth, plank));
  const dark = linearHex('#3b2213');
  const light = linearHex('#7b4f2c');
  let color = mix(dark, light, clamp(0.5 + 0.32 * rings + 0.5 * noise2(shift, 3)));
  if (!detail) return { albedo: color, specular: 0 };
  const pores = noise2(3 * x, 60 * depth, 4);
  color = scaled(color, 1 + 0.28 * pores + 0.3 * fbm2(0.8 * x, 2 * depth, 4, 9));
  const gap = smoothstep(0.025, 0.008, Math.min(across, 1 - across));
  color = scaled(color, 1 - 0.8 * gap);
  const scratch = smoothstep(0.93, 1, ridged2(1.5 * x, 2.5 * depth, 1, 21));
  color = mix(color, light, 0.35 * scratch);
  const normal = bumped(
    hit,
    (a, b, c) => 0.003 * noise2(3 * a, 60 * (c - b), 4) + 0.01 * noise2(1.1 * a, 1.6 * (c - b)),
    0.003,
  );
  return { albedo: color, normal, specular: 0.04, roughness: clamp(0.42 + 0.2 * pores, 0.25, 0.8) };
}

/** Folds of the cloth: [x, z] to [x, z], height, width. Ridges run out softly at both ends. */
const FOLDS = points(`
  -3.2,0.9,-1.2,1.35,0.13,0.16 -1.2,1.35,0.7,2.4,0.12,0.17 -2.9,2.0,-1.0,2.35,0.1,0.15
  -3.4,-0.3,-2.2,0.45,0.16,0.2 -2.3,0.4,-0.3,0.62,0.09,0.12 -0.5,-1.6,0.3,-0.2,0.1,0.14
  -2.9,-1.6,-2.0,-0.3,0.14,0.17 -0.2,0.6,1.15,1.7,0.1,0.13 -2.0,0.9,-1.7,2.6,0.1,0.14
`);

function foldHeight(x, z) {
  const wx = x + 0.14 * noise2(1.3 * x, 1.3 * z, 5);
  const wz = z + 0.14 * noise2(1.3 * x, 1.3 * z, 6);
  let height = 0;
  for (const [ax, az, bx, bz, high, wide] of FOLDS) {
    const [ux, uz] = [bx - ax, bz - az];
    const length = Math.hypot(ux, uz);
    const along = ((wx - ax) * ux + (wz - az) * uz) / (length * length);
    const across = ((wx - ax) * uz - (wz - az) * ux) / length;
    const taper = smoothstep(-0.15, 0.25, along) * smoothstep(1.15, 0.75, along);
    // Steeper on one side, as cloth falls.
    const width = across > 0 ? wide : wide * 0.6;
    height += high * taper * Math.exp(-(Math.abs(across / width) ** 1.6));
  }
  return height + 0.02 * fbm2(1.6 * x, 1.6 * z, 3, 8) + 0.02;
}

/**
 * A linen cloth over the left of the table, hanging over the front edge. `resting` lists [x, z, radius] where things
 * press it flat.
 */
export const cloth = resting =>
  Mesh.grid(260, 260, (u, v) => {
    // A square set askew on the table.
    const a = 4.3 * (u - 0.5);
    const b = 4.9 * (v - 0.5);
    const [cos, sin] = [Math.cos(0.32), Math.sin(0.32)];
    const x = -1.15 + cos * a - sin * b + 0.05 * noise2(3 * u, 3 * v, 1);
    const z = 0.75 + sin * a + cos * b + 0.05 * noise2(3 * u, 3 * v, 2);
    let height = foldHeight(x, z);
    for (const [rx, rz, radius] of resting) {
      height *= 1 - 0.95 * smoothstep(radius * 1.35, radius * 0.85, Math.hypot(x - rx, z - rz));
    }
    height += 0.012;
    const over = z - (EDGE - BEND);
    if (over <= 0) return [x, height, z];
    const turn = Math.min(1, over / ((BEND * Math.PI) / 2)) * (Math.PI / 2);
    const drop = Math.max(0, over - (BEND * Math.PI) / 2);
    const pleat =
      height +
      Math.min(0.17, 0.4 * drop) *
        Math.max(0.05, 1 + Math.sin(6.5 * x + 2 * noise2(x, 2)) + 0.6 * noise2(2.2 * x, drop));
    return [
      x,
      BEND * (Math.cos(turn) - 1) - drop + pleat * Math.cos(turn),
      EDGE - BEND + BEND * Math.sin(turn) + pleat * Math.sin(turn),
    ];
  });

/** Linen: a visible weave, slubs, and a woven stripe near the hem. */
export function linen(hit, detail) {
  const { u, v } = hit;
  const white = linearHex('#cfc6b2');
  const stripe = linearHex('#5e2f2a');
  const edge = Math.min(u * 4.3, (1 - u) * 4.3, v * 4.9, (1 - v) * 4.9);
  const band = Math.max(
    smoothstep(0.05, 0.04, Math.abs(edge - 0.32)),
    smoothstep(0.014, 0.008, Math.abs(edge - 0.41)),
    smoothstep(0.014, 0.008, Math.abs(edge - 0.23)),
  );
  let color = mix(white, stripe, 0.85 * band);
  if (!detail) return { albedo: color, specular: 0 };
  const thread = Math.sin(430 * u) * Math.sin(490 * v);
  const slub = noise2(8 * u, 240 * v, 3) + noise2(210 * u, 8 * v, 4);
  color = scaled(color, 1 + 0.05 * thread + 0.09 * slub + 0.08 * fbm2(6 * u, 6 * v, 3, 2));
  return { albedo: color, specular: 0, through: 0.06 };
}

export const wall = () => rectangle([-12, -4, -3.6], [24, 0, 0], [0, 14, 0]);

/** Old plaster, darkened low down, scumbled like a painted ground. */
export function plaster(hit, detail) {
  const [x, y] = hit.local;
  const base = linearHex('#6d6452');
  if (!detail) return { albedo: base, specular: 0 };
  const cloud = fbm2(0.5 * x, 0.5 * y, 6, 31, 0.6);
  const patch = smoothstep(0.05, 0.2, fbm2(0.7 * x + 5, 0.7 * y, 5, 17));
  let color = scaled(mix(base, linearHex('#7d6d55'), 0.6 * patch), 1 + 0.5 * cloud);
  const crack = smoothstep(0.965, 0.995, ridged2(0.55 * x + 0.2 * cloud, 0.55 * y, 2, 4));
  color = scaled(color, 1 - 0.45 * crack);
  const normal = bumped(hit, (a, b) => 0.05 * fbm2(1.6 * a, 1.6 * b, 5, 3, 0.6), 0.02);
  return { albedo: color, normal, specular: 0 };
}

/** A table knife along the x axis, edge towards +z: blade and handle. */
export const blade = () =>
  Mesh.grid(60, 24, (u, v) => {
    const x = 1.5 * u;
    const angle = 2 * Math.PI * v;
    const width = 0.11 * (1 - smoothstep(0.75, 1.02, u) ** 2) + 0.002;
    const centre = 0.05 * smoothstep(0.6, 1, u);
    return [x, 0.014 * Math.sin(angle) * (1 - 0.4 * u), width * Math.cos(angle) - centre];
  });

export const handle = () =>
  tube(points('0,0,0 -0.3,0.0,0 -0.7,0.0,0.01 -0.95,0,0.05'), t => {
    const rounded = smoothstep(1.03, 0.94, t);
    return [0.06 * rounded, (0.07 + 0.03 * t) * rounded];
  });

export const steel = (hit, detail) => ({
  albedo: linearHex('#3a3a3a'),
  normal: detail ? bumped(hit, (a, b, c) => 0.0015 * noise2(4 * a, 60 * c)) : undefined,
  specular: 0.6,
  roughness: 0.24,
});

export const bone = (hit, detail) => ({
  albedo: scaled(
    linearHex('#c8b68c'),
    detail ? 1 + 0.3 * noise3(3 * hit.local[0], 40 * hit.local[1], 40 * hit.local[2]) : 1,
  ),
  specular: 0.045,
  roughness: 0.35,
});
