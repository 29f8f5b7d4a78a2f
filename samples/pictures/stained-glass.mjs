/** A leaded window: a fruit tree before the sun, hills and a river, in coloured glass. */
import { gradient, hex, mix, scaled, varied } from '../color.mjs';
import { distanceTo } from '../distance.mjs';
import { cells2, fbm2, noise2 } from '../noise.mjs';
import { Random, hash } from '../random.mjs';
import { Raster } from '../raster.mjs';
import { bell, clamp, smoothstep } from '../scalar.mjs';
import { leaf, limb, points } from '../shape.mjs';

// The picture's own coordinates: x in [0, 0.8], y in [0, 1] downwards.
const WIDE = 0.8;
const SUN = [0.4, 0.37, 0.15];
const BORDER = 0.052;

const TREE = [
  [points('0.36,0.82 0.385,0.72 0.37,0.6 0.4,0.5 0.39,0.38'), 0.034, 0.013],
  [points('0.375,0.62 0.3,0.54 0.235,0.52 0.18,0.47 0.16,0.4'), 0.017, 0.006],
  [points('0.39,0.56 0.47,0.5 0.55,0.49 0.62,0.43 0.64,0.36'), 0.017, 0.006],
  [points('0.395,0.46 0.33,0.39 0.27,0.34 0.26,0.25'), 0.013, 0.005],
  [points('0.395,0.42 0.46,0.36 0.52,0.32 0.535,0.23'), 0.013, 0.005],
  [points('0.39,0.39 0.405,0.3 0.385,0.22 0.4,0.14'), 0.011, 0.005],
];

const hillFar = x => 0.69 - 0.05 * Math.sin(5.2 * x + 0.4) - 0.03 * bell(x - 0.68, 0.12);
const hillNear = x => 0.79 + 0.045 * Math.sin(6.1 * x + 2.6);
const river = y => 0.6 - 0.16 * Math.sin(7 * (y - 0.72)) - 0.45 * (y - 0.78);
const riverHalf = y => 0.012 + 0.5 * Math.max(0, y - 0.7) ** 1.15;

/** Leaves in pairs along the boughs, and fruit hanging between them. */
function foliage() {
  const random = new Random(41);
  const leaves = [];
  const fruit = [];
  TREE.slice(1).forEach(([points]) => {
    for (let i = 0; i + 1 < points.length; i++) {
      const [[ax, ay], [bx, by]] = [points[i], points[i + 1]];
      const along = Math.atan2(by - ay, bx - ax);
      for (const t of [0.25, 0.75]) {
        if (i === 0) continue;
        for (const side of [-1, 1]) {
          const angle = along + side * random.uniform(0.7, 1.25);
          const long = random.uniform(0.078, 0.112);
          const [x, y] = [ax + t * (bx - ax), ay + t * (by - ay)];
          const reach = long * 0.62;
          leaves.push({
            angle,
            at: [x + reach * Math.cos(angle), y + reach * Math.sin(angle)],
            long,
            wide: long * random.uniform(0.4, 0.5),
          });
        }
      }
    }
    const [[px, py], [tx, ty]] = points.slice(-2);
    const angle = Math.atan2(ty - py, tx - px);
    leaves.push({
      angle,
      at: [tx + 0.05 * Math.cos(angle), ty + 0.05 * Math.sin(angle)],
      long: 0.1,
      wide: 0.046,
    });
  });
  for (const [x, y] of points(`
  0.245,0.585 0.555,0.555 0.315,0.455 0.475,0.425 0.125,0.475 0.675,0.43 0.335,0.285
  0.465,0.265
`)) {
    fruit.push({ at: [x, y], radius: random.uniform(0.021, 0.026) });
  }
  return { leaves: leaves.map(l => ({ ...l, inside: leaf(l.at, l.angle, l.long, l.wide) })), fruit };
}

const { leaves: LEAVES, fruit: FRUIT } = foliage();
const BOUGHS = TREE.map(([points, wide, narrow]) => limb(points, wide, narrow));

/** The piece of glass at a place: an identity, its colour, and the way its streaks run. */
function piece(x, y) {
  const inset = Math.min(x, WIDE - x, y, 1 - y);
  if (inset < BORDER) return borderPiece(x, y, inset);
  for (let i = 0; i < FRUIT.length; i++) {
    const { at, radius } = FRUIT[i];
    const [dx, dy] = [x - at[0], y - at[1]];
    if (Math.hypot(dx, dy) < radius)
      return {
        id: [1, i, dx > 0.2 * radius ? 1 : 0],
        color: hex(dx > 0.2 * radius ? '#b3121d' : '#e5332a'),
        angle: 1,
      };
  }
  const bough = BOUGHS.findIndex(inside => inside(x, y) < 0);
  if (bough >= 0) {
    const run = Math.floor(
      bough === 0 ? (y + 0.02 * Math.sin(40 * x)) / 0.085 : (4 * Math.hypot(x - 0.39, y - 0.5)) / 0.16,
    );
    return {
      id: [2, bough, run],
      color: hex(['#5b2a1c', '#7a3b1f', '#4a2430', '#8a4a22'][Math.floor(4 * hash(bough, run, 3))]),
      angle: 1.5,
    };
  }
  for (let i = 0; i < LEAVES.length; i++) {
    const { at, angle, inside } = LEAVES[i];
    if (inside(x, y) >= 0) continue;
    const side = (y - at[1]) * Math.cos(angle) - (x - at[0]) * Math.sin(angle) > 0 ? 1 : 0;
    const greens = side
      ? ['#2f9e44', '#5fb233', '#179a6b', '#a5c12e']
      : ['#176b38', '#2e7d2c', '#0e6b55', '#6f9420'];
    return { id: [3, i, side], color: hex(greens[Math.floor(4 * hash(i, 5))]), angle };
  }
  if (y > hillNear(x)) return groundPiece(x, y, 0);
  if (y > hillFar(x)) return groundPiece(x, y, 1);
  return skyPiece(x, y);
}

function borderPiece(x, y, inset) {
  const upright = Math.min(x, WIDE - x) < Math.min(y, 1 - y);
  const run = upright ? y : x;
  const length = upright ? 1 : WIDE;
  const count = upright ? 15 : 12;
  const at = Math.min(count - 1, Math.floor((run / length) * count));
  const side = upright ? (x < 0.4 ? 0 : 1) : y < 0.5 ? 2 : 3;
  const corner = Math.min(x, WIDE - x) < BORDER && Math.min(y, 1 - y) < BORDER;
  if (corner)
    return {
      id: [4, 9, side > 1 ? (x < 0.4 ? side : side + 5) : side * 5 + (y < 0.5 ? 2 : 3)],
      color: hex('#d99a1c'),
      angle: 0,
    };
  if (inset > BORDER * 0.72)
    return { id: [5, side, Math.floor(at / 3)], color: hex('#f3d98a'), angle: upright ? 1.57 : 0 };
  const jewels = ['#7c1430', '#12397a', '#0d6b66', '#12397a'];
  const f = (run / length) * count - at - 0.5;
  const diamond = Math.abs(f) * 1.15 + Math.abs(inset / (BORDER * 0.72) - 0.5) < 0.42;
  return diamond
    ? { id: [6, side, at], color: hex('#f2b632'), angle: 0 }
    : { id: [4, side, at], color: hex(jewels[at % 4]), angle: upright ? 1.57 : 0 };
}

function groundPiece(x, y, far) {
  const off = (x - river(y)) / riverHalf(y);
  if (Math.abs(off) < 1 && y > 0.715) {
    const stripe = Math.floor((off + 1) * 1.5);
    const run = Math.floor(Math.log(Math.max(0.02, y - 0.69)) * 4.5 + stripe * 0.4);
    return {
      id: [7, stripe, run],
      color: hex(['#4fb3d9', '#1f6fb5', '#9fdbe8', '#2b8fcf'][Math.floor(4 * hash(stripe, run, 2))]),
      angle: 1.2,
    };
  }
  const top = far ? hillFar(x) : hillNear(x);
  // Fields lie along the slope, each its own shape.
  const bend = 0.02 * Math.sin(13 * x + far);
  const { id } = cells2(
    (x + 0.3 * (y - 0.8)) / (far ? 0.11 : 0.14),
    (y - top + bend) / (far ? 0.05 : 0.062),
    31 + far,
    0.75,
  );
  const plot = Math.floor(4096 * id);
  const palette = far
    ? ['#3f8f6a', '#6fae6d', '#2f7486', '#8fbf6a', '#4a9c8c']
    : ['#e0b22c', '#8aa82a', '#4c8c2c', '#c98f22', '#6d9c33', '#b9bf3a'];
  return {
    id: [8 + far, plot >> 6, plot & 63],
    color: hex(palette[plot % palette.length]),
    angle: 0.2,
  };
}

function skyPiece(x, y) {
  const [dx, dy] = [x - SUN[0], y - SUN[1]];
  const wobble = 1 + 0.03 * noise2(9 * x, 9 * y, 3);
  const r = Math.hypot(dx, dy) * wobble;
  const turn = Math.atan2(dy, dx) / (2 * Math.PI) + 0.5;
  if (r < SUN[2]) {
    const ring = r < SUN[2] * 0.55 ? 0 : 1;
    const at = Math.floor(turn * (ring ? 12 : 6));
    return {
      id: [10, ring, at],
      color: hex(ring ? (at % 2 ? '#ffc629' : '#ffdb57') : '#fff0a0'),
      angle: turn * 6.28,
    };
  }
  const rings = [SUN[2], 0.205, 0.265, 0.33, 0.4, 0.475, 0.56, 0.66, 0.8];
  const ring = rings.findIndex(edge => r < edge);
  const count = [0, 24, 24, 28, 32, 36, 40, 44, 48][ring];
  const at = Math.floor((turn * count + 0.5 * (ring % 2) + 0.16 * Math.sin(30 * r + ring)) % count);
  const stops = [
    [0.15, hex('#ffb02e')],
    [0.21, hex('#f7883a')],
    [0.27, hex('#e2506e')],
    [0.335, hex('#8a3fae')],
    [0.41, hex('#3550c4')],
    [0.5, hex('#1c46a8')],
    [0.62, hex('#143a80')],
  ];
  return {
    id: [11, ring, at],
    color: gradient(stops, r + 0.06 * (hash(ring, at, 5) - 0.5) * 2),
    angle: turn * 6.28 + 1.57,
  };
}

const key = ([a, b, c]) => (a * 64 + b + 8) * 512 + c + 64;

export function paint({ width = 512, height = 640 } = {}) {
  const oversample = 2;
  const [w, h] = [width * oversample, height * oversample];
  const pieces = new Map();
  const labels = new Int32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const found = piece((x / w) * WIDE, y / h);
      const id = key(found.id);
      labels[y * w + x] = id;
      if (!pieces.has(id))
        pieces.set(id, {
          ...found,
          shade: varied(
            found.color,
            0.03 * (hash(id, 1) - 0.5),
            0.2 * (hash(id, 2) - 0.5),
            0.5 * (hash(id, 3) - 0.5),
          ),
        });
    }
  }
  const seam = (x, y) => {
    const here = labels[y * w + x];
    return (x + 1 < w && labels[y * w + x + 1] !== here) || (y + 1 < h && labels[(y + 1) * w + x] !== here);
  };
  const distance = distanceTo(w, h, (x, y) => seam(x, y) || x < 3 || y < 3 || x > w - 4 || y > h - 4);
  const unit = h / 1280;
  const glass = Raster.from(w, h, 3, (x, y) =>
    glassAt(
      pieces.get(labels[y * w + x]),
      labels[y * w + x],
      x / unit,
      y / unit,
      distance.values[y * w + x] / unit,
    ),
  );
  const glow = glass.blurred(9 * unit).blurred(14 * unit);
  const lead = glass.map((value, x, y) => {
    const d = distance.values[y * w + x] / unit;
    const half = 4.6 + 1.1 * noise2(x / (40 * unit), y / (40 * unit), 7);
    const cover = smoothstep(half + 1, half - 1, d);
    const at = glow.offset(x, y);
    // A came is round: light from the room catches its crown, and the glass's glow spills over its flanks.
    const crown = 0.1 + 0.17 * bell(d - 1.2, 1.6) * (0.6 + 0.5 * fbm2(x / (9 * unit), y / (9 * unit), 2, 3));
    return [0, 1, 2].map(c => {
      const spill = glow.values[at + c];
      const came = crown * [0.62, 0.64, 0.7][c] + 0.2 * spill;
      return clamp((value[c] * 0.9 + 0.17 * spill) * (1 - cover) + came * cover);
    });
  });
  return lead.shrunk(oversample);
}

/** Light through one piece of antique glass: uneven thickness, streaks, seeds, darker towards the lead. */
function glassAt({ shade, angle }, id, x, y, distance) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [u, v] = [x * cos + y * sin, y * cos - x * sin];
  const shift = 97 * hash(id, 9);
  const streak = fbm2(u / 130 + shift, v / 17 + shift, 3, 5);
  const cloud = fbm2(x / 75 + shift, y / 75, 3, 6);
  const ripple = noise2(u / 26 + 2 * cloud, v / 9, 8);
  const rim = smoothstep(0, 26, distance);
  const sky = 1.12 - 0.3 * (y / 1280) + 0.1 * noise2(x / 300, y / 300, 2);
  let light = (0.82 + 0.42 * rim + 0.42 * cloud + 0.22 * streak + 0.07 * ripple) * sky;
  const { first, id: seed } = cells2(x / 34, y / 34, 12);
  if (seed > 0.62) {
    // An air bubble: dark ring, bright heart.
    const r = (first * 34) / (1.8 + 2.4 * (seed - 0.62));
    light *= 1 - 0.3 * bell(r - 1.3, 0.5) + 0.45 * bell(r, 0.8);
  }
  const pale = clamp(0.3 * (light - 1));
  return mix(scaled(shade, light), [1, 1, 0.95], pale);
}
