/** A bright afternoon on a river bank, built from dots of unmixed colour. */
import { gradient, hex, luminance, mix, varied } from '../color.mjs';
import { fbm2, noise2 } from '../noise.mjs';
import { Random } from '../random.mjs';
import { Raster } from '../raster.mjs';
import { bell, clamp, lerp, smoothstep } from '../scalar.mjs';
import { limb, points } from '../shape.mjs';

// The picture's own coordinates: x in [0, 1.25], y in [0, 1] downwards. The sun stands at the left.
const SHORE = 0.42;
const bank = x => 0.6 + 0.3 * smoothstep(0.15, 1.3, x) ** 1.2 + 0.012 * Math.sin(9 * x);
const farTrees = x =>
  SHORE -
  0.035 -
  0.035 * Math.abs(Math.sin(5.3 * x + 1)) -
  0.05 * bell(x - 0.72, 0.14) -
  0.02 * fbm2(14 * x, 1, 3, 4);

/** Masses of leaves: centre, half width, half height. */
const CROWNS = points(`
  0.1,0.12,0.2,0.15 0.3,0.07,0.16,0.1 0.02,0.3,0.13,0.1 0.24,0.23,0.13,0.075
  0.43,0.16,0.09,0.06 1.16,0.2,0.13,0.17 1.22,0.36,0.1,0.1 1.08,0.31,0.07,0.07
`);
const TRUNKS = [
  limb(points('0.13,0.86 0.125,0.6 0.135,0.4 0.12,0.2'), 0.024, 0.012),
  limb(points('0.335,0.7 0.33,0.5 0.3,0.3 0.31,0.1'), 0.013, 0.006),
  limb(points('1.165,0.9 1.16,0.62 1.165,0.45 1.17,0.25'), 0.015, 0.008),
];

const SAILS = points('0.62,0.5,0.1 0.86,0.455,0.055 0.99,0.475,0.045 0.53,0.448,0.035');

/** People: where they stand, how tall, their kind and colours. */
const PEOPLE = [
  { at: [0.53, 0.9], tall: 0.34, kind: 'lady', dress: '#5b3f8f', shade: '#e2643c' },
  { at: [0.655, 0.87], tall: 0.33, kind: 'gentleman', dress: '#2c3566' },
  { at: [0.4, 0.745], tall: 0.16, kind: 'lady', dress: '#d94f5c', shade: '#f4ecd2' },
  { at: [0.9, 0.955], tall: 0.17, kind: 'child', dress: '#f3ead6' },
];

function person({ at, tall, kind, dress, shade }, x, y) {
  const [u, v] = [(x - at[0]) / tall, (at[1] - y) / tall];
  if (v < 0 || v > 1.12 || Math.abs(u) > 0.4) return null;
  const side = smoothstep(-0.12, 0.14, u);
  const cloth = color =>
    mix(mix(hex(color), hex('#fff0c0'), 0.38), mix(hex(color), hex('#1a1440'), 0.5), side);
  if (kind === 'gentleman') {
    if (v > 0.9 && v < 1.06 && Math.abs(u) < 0.055) return cloth('#2a2340');
    if (v > 0.885 && v < 0.91 && Math.abs(u) < 0.085) return cloth('#2a2340');
    if (Math.hypot(u, v - 0.84) < 0.056) return mix(hex('#f2c49a'), hex('#a8603f'), side);
    if (v > 0.42 && v < 0.79 && Math.abs(u) < 0.1 + 0.05 * bell(v - 0.7, 0.12)) return cloth(dress);
    if (v <= 0.42 && Math.abs(u) < 0.095 && Math.abs(u) > 0.012) return cloth('#5c5a78');
    return Math.abs(u - 0.17 - 0.04 * v) < 0.012 && v < 0.5 ? hex('#6b3b22') : null;
  }
  const child = kind === 'child';
  const skirt = child
    ? 0.1 + 0.13 * (1 - v / 0.55)
    : 0.075 + 0.15 * (1 - v / 0.55) ** 0.8 + 0.06 * bell(u - 0.14, 0.1) * bell(v - 0.45, 0.2);
  if (shade && v > 0.86 && Math.hypot((u + 0.1) / 0.34, (v - 0.86) / 0.22) < 1) return cloth(shade);
  if (shade && Math.abs(u + 0.1 - 0.12 * (0.9 - v)) < 0.01 && v > 0.55) return hex('#5a3320');
  if (v < 0.55 && Math.abs(u) < skirt)
    return mix(cloth(dress), hex('#f8e9c8'), 0.3 * smoothstep(0.2, 0.9, Math.sin(40 * u + 3 * v)));
  if (v < 0.76 && Math.abs(u) < (child ? 0.1 : 0.075)) return cloth(dress);
  if (Math.hypot(u, v - 0.82) < (child ? 0.085 : 0.055)) return mix(hex('#f4c9a0'), hex('#b06a48'), side);
  return Math.hypot(u / 1.5, v - 0.895) < 0.058 ? cloth(child ? '#e3b53a' : '#3a2a5c') : null;
}

/** Light and shade of a leafy mass: its index and how much sun it takes, or null. */
function crown(x, y) {
  for (const [cx, cy, w, h] of CROWNS) {
    const [u, v] = [(x - cx) / w, (y - cy) / h];
    if (Math.hypot(u, v) > 1 + 0.25 * noise2(16 * x, 16 * y, 3) + 0.16 * noise2(42 * x, 42 * y, 4)) continue;
    return clamp(0.42 - 0.32 * u - 0.36 * v + 0.6 * fbm2(13 * x, 13 * y, 3, 5));
  }
  return null;
}

function sail(x, y) {
  for (const [cx, foot, tall] of SAILS) {
    const [u, v] = [(x - cx) / tall, (foot - y) / tall];
    if (v > 0.06 && v < 1 && u > -0.36 * (1 - v) && u < 0.05 && u < 0.02)
      return mix(hex('#fffbe8'), hex('#e8d2b8'), smoothstep(-0.3, 0, u));
    if (v > 0.1 && v < 0.9 && u >= 0.03 && u < 0.3 * (0.9 - v)) return hex('#d9cfd8');
    if (Math.abs(v) < 0.06 && Math.abs(u) < 0.4 - 0.8 * v * v)
      return hex(tall > 0.08 ? '#8c3a2e' : '#5a4a78');
  }
  return null;
}

const sky = (x, y) => {
  const cloud = smoothstep(0.05, 0.4, fbm2(2.2 * x + 1, 5 * y, 4, 12) + 0.12);
  return mix(
    gradient(
      [
        [0, hex('#5a9ad8')],
        [0.25, hex('#93c4e6')],
        [0.42, hex('#f6e3c0')],
      ],
      y,
    ),
    hex('#fff4e0'),
    0.75 * cloud,
  );
};

function colorAt(x, y) {
  for (const one of PEOPLE) {
    const found = person(one, x, y);
    if (found) return found;
  }
  const trunk = TRUNKS.findIndex(inside => inside(x, y) < 0);
  const leaves = crown(x, y);
  if (leaves !== null && (trunk < 0 || leaves > 0.5))
    return gradient(
      [
        [0, hex('#1d3a5c')],
        [0.3, hex('#23603f')],
        [0.6, hex('#6fa035')],
        [0.9, hex('#e8d84a')],
      ],
      leaves,
    );
  if (trunk >= 0)
    return mix(
      hex('#b8714a'),
      hex('#3b2a5c'),
      smoothstep(
        -0.4,
        0.5,
        noise2(20 * x, 9 * y, 2) + (TRUNKS[trunk](x + 0.008, y) > TRUNKS[trunk](x - 0.008, y) ? 0.35 : -0.35),
      ),
    );
  if (y > bank(x)) return meadow(x, y);
  const boat = sail(x, y);
  if (boat) return boat;
  if (y > SHORE) return river(x, y);
  if (y > farTrees(x))
    return gradient(
      [
        [0, hex('#3d6a8c')],
        [0.5, hex('#5f9a5a')],
        [1, hex('#c9cf6a')],
      ],
      clamp(0.5 + 0.7 * fbm2(18 * x, 18 * y, 3, 8) + 2.5 * (SHORE - 0.03 - y)),
    );
  return sky(x, y);
}

/** Sunlit grass with the long shadows of trees and people lying across it. */
function meadow(x, y) {
  let shade =
    smoothstep(0.42, 0.62, bell(y - 0.83 + 0.14 * x, 0.06) + 0.25 * noise2(7 * x, 9 * y, 6)) *
    smoothstep(0.75, 0.2, x);
  shade = Math.max(shade, smoothstep(0.86, 0.97, y + 0.05 * noise2(6 * x, 6 * y, 9) - 0.06 * x));
  for (const { at, tall } of PEOPLE) {
    const [u, v] = [(x - at[0]) / tall, (y - at[1]) / tall];
    if (u > -0.05 && u < 1.3 && Math.abs(v - 0.1 * u) < 0.1 * (1 - 0.4 * u)) shade = Math.max(shade, 0.9);
  }
  const lit = gradient(
    [
      [0, hex('#a9bf3a')],
      [0.5, hex('#d9d24a')],
      [1, hex('#f2e27a')],
    ],
    clamp(0.45 + 0.8 * fbm2(8 * x, 14 * y, 3, 7)),
  );
  const dark = gradient(
    [
      [0, hex('#23485c')],
      [0.5, hex('#2f6b4a')],
      [1, hex('#5f8f3c')],
    ],
    clamp(0.45 + 0.7 * fbm2(9 * x, 13 * y, 3, 17)),
  );
  const edge = bell(y - bank(x), 0.012);
  return mix(mix(lit, dark, shade), hex('#e8c890'), 0.6 * edge);
}

/** Water: the sky and the far bank mirrored, drawn out downwards and cut by bands of light. */
function river(x, y) {
  const depth = y - SHORE;
  const mirror = SHORE - depth * 0.9 + 0.012 * noise2(8 * x, 50 * y, 3);
  let color =
    mirror > farTrees(x) - 0.01
      ? mix(hex('#3f7a86'), hex('#6fa58a'), 0.5 + 0.5 * noise2(12 * x, 40 * y, 4))
      : mix(sky(x, mirror), hex('#4f86c0'), 0.42);
  for (const [cx, foot, tall] of SAILS) {
    const below = (y - foot) / tall;
    if (
      below > 0.05 &&
      below < 1 &&
      Math.abs(x - cx + 0.1 * tall + 0.05 * noise2(9, 60 * y)) < 0.22 * tall * (1 - below)
    )
      color = mix(color, hex('#fdf3d8'), 0.75);
  }
  const glint = smoothstep(0.25, 0.55, noise2(7 * x, 75 * y, 5));
  return mix(
    mix(color, hex('#fff3c8'), 0.55 * glint * smoothstep(0.9, 0.2, x)),
    hex('#2f5fa8'),
    0.35 * smoothstep(0.2, 0.5, noise2(9 * x, 60 * y, 15)),
  );
}

export function paint({ width = 640, height = 512 } = {}) {
  const oversample = 2;
  const [w, h] = [width * oversample, height * oversample];
  const random = new Random(18);
  const canvas = Raster.from(w, h, 3, (x, y) => {
    const weave = 0.03 * (Math.sin(x * 1.9) + Math.sin(y * 1.9)) + 0.05 * fbm2(x / 30, y / 30, 3, 2);
    return mix(hex('#e9ddc2'), colorAt(x / h, y / h), 0.35).map(v => v + weave);
  });
  for (const [radius, density, stray] of points(
    '0.0072,1.15,0.5 0.0056,1.35,0.8 0.0042,1.5,1 0.003,0.8,0.8',
  )) {
    const step = radius * h * 1.7;
    const dots = [];
    const count = Math.round(((w * h) / (step * step)) * density);
    for (let i = 0; i < count; i++) dots.push([random.uniform(-5, w + 5), random.uniform(-5, h + 5)]);
    for (const [x, y] of dots)
      dot(
        canvas,
        x,
        y,
        radius * h * random.uniform(0.75, 1.2),
        pigment(colorAt(x / h, y / h), random, stray),
        random,
      );
  }
  return canvas.shrunk(oversample);
}

/** One dot's paint: purer than what is seen, scattered in hue about it, now and then its complement. */
function pigment(seen, random, stray) {
  const light = luminance(seen);
  if (random.uniform() < 0.13) {
    const complement = [1 - seen[0], 1 - seen[1], 1 - seen[2]];
    const k = lerp(0.8, 1.1, light) / (0.25 + luminance(complement));
    return varied(
      complement.map(v => clamp(v * k * (0.35 + light))),
      random.normal(0, 0.04),
      0.5,
      0,
    );
  }
  return varied(
    seen,
    random.normal(0, 0.035 * stray),
    0.4 + random.normal(0, 0.2),
    random.normal(0.02, 0.13 * stray),
  );
}

/** A round dab, a little thicker on one side, with the light on its upper left. */
function dot(canvas, x, y, radius, color, random) {
  const stretch = random.uniform(1, 1.35);
  const turn = random.uniform(0, Math.PI);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.ceil(radius * stretch + 1);
  const seed = Math.floor(random.uniform(0, 999));
  for (let py = Math.floor(y) - reach; py <= y + reach; py++) {
    for (let px = Math.floor(x) - reach; px <= x + reach; px++) {
      const [dx, dy] = [px - x, py - y];
      const u = (dx * cos + dy * sin) / (radius * stretch);
      const v = (dy * cos - dx * sin) / radius;
      const r = Math.hypot(u, v) + 0.16 * noise2(dx / radius + seed, dy / radius, 3);
      const cover = smoothstep(1.02, 1 - 1.3 / radius, r);
      if (cover <= 0) continue;
      const relief = 1 - (0.13 * (dx + dy)) / radius + 0.05 * noise2(dx / 2 + seed, dy / 2, 5);
      canvas.blend(
        px,
        py,
        color.map(c => clamp(c * relief)),
        0.93 * cover,
      );
    }
  }
}
