/** Pines on a cliff above the sea, the sun low between mountains: a black block over one of tint. */
import { Block } from '../carving.mjs';
import { hex, mix } from '../color.mjs';
import { distanceTo } from '../distance.mjs';
import { fbm2, noise2 } from '../noise.mjs';
import { paper } from '../paper.mjs';
import { Random } from '../random.mjs';
import { Raster } from '../raster.mjs';
import { bell, clamp, smoothstep } from '../scalar.mjs';
import { limb, points } from '../shape.mjs';
import { Streamlines } from '../streamlines.mjs';

// The picture's own coordinates: x in [0, 1.25], y in [0, 1] downwards.
const SUN = [0.83, 0.335, 0.095];
const HORIZON = 0.56;

const ranges = [
  x =>
    HORIZON - 0.1 - 0.09 * bell(x - 0.62, 0.13) - 0.07 * bell(x - 1.05, 0.16) + 0.022 * fbm2(9 * x, 1, 4, 3),
  x =>
    HORIZON -
    0.012 -
    0.2 * bell(x - 1.2, 0.16) -
    0.11 * bell(x - 0.98, 0.07) -
    0.05 * bell(x - 0.6, 0.08) +
    0.03 * fbm2(8 * x, 5, 4, 5) * bell(x - 1.0, 0.4),
];
const cliffEdge = y =>
  0.44 - 0.1 * smoothstep(0.6, 0.75, y) + 0.24 * smoothstep(0.75, 1, y) + 0.025 * fbm2(9 * y, 2, 4, 8);
const cliffTop = x => 0.63 + 0.1 * x + 0.02 * fbm2(10 * x, 3, 3, 9);

/** Boughs: centre, half width, half height. */
const PADS = points(
  '0.2,0.13,0.2,0.06 0.4,0.21,0.13,0.042 0.09,0.27,0.13,0.05 0.31,0.32,0.16,0.047 0.51,0.335,0.1,0.033 0.08,0.42,0.11,0.04 0.3,0.445,0.1,0.033 0.44,0.46,0.09,0.028',
);
const trunk = limb(points('0.15,0.74 0.19,0.6 0.16,0.48 0.2,0.36 0.26,0.26 0.22,0.14'), 0.036, 0.009);
const branches = [
  '0.17,0.5 0.26,0.47 0.44,0.475',
  '0.19,0.38 0.3,0.345 0.5,0.345',
  '0.18,0.43 0.12,0.41 0.07,0.43',
  '0.25,0.28 0.34,0.23 0.41,0.22',
  '0.2,0.35 0.13,0.29 0.08,0.285',
].map(line => limb(points(line), 0.011, 0.005));

function padAt(x, y) {
  return PADS.findIndex(([cx, cy, w, h], i) => {
    const dx = (x - cx) / w;
    const dy = (y - cy) / (y > cy ? h * 0.55 : h);
    return Math.hypot(dx, dy) < 1 + 0.28 * noise2(22 * x, 22 * y, i) + 0.12 * noise2(60 * x, 60 * y, i);
  });
}

const sail = (x, y) => {
  const [u, v] = [(x - 0.735) / 0.075, (y - 0.665) / 0.115];
  return v > -1 && v < 0 && u > -0.5 * (1 + v) - 0.04 && u < 0.9 * (1 + v) ** 0.7;
};
const hull = (x, y) => y >= 0.667 && y < 0.69 && Math.abs(x - 0.745) < 0.075 - (y - 0.667) * 1.4;

function region(x, y) {
  const pad = padAt(x, y);
  if (pad >= 0) return 10 + pad;
  if (trunk(x, y) < 0) return 1;
  if (branches.some(inside => inside(x, y) < 0)) return 2;
  if (x < cliffEdge(y) && y > cliffTop(x)) return 3;
  if (sail(x, y)) return 4;
  if (hull(x, y)) return 5;
  if (y > HORIZON) return 6;
  if (y > ranges[1](x)) return 7;
  if (y > ranges[0](x)) return 8;
  return Math.hypot(x - SUN[0], y - SUN[1]) < SUN[2] ? 9 : 0;
}

/** Share of wood to cut away, and the way the gouge goes. */
function light(kind, x, y) {
  switch (kind) {
    case 0: {
      const d = Math.hypot(x - SUN[0], y - SUN[1]);
      const ray = 0.5 + 0.5 * Math.sin(26 * Math.atan2(y - SUN[1], x - SUN[0]) + 3 * noise2(3 * x, 3 * y));
      return clamp(
        1.06 -
          0.62 * d -
          0.32 * ray * smoothstep(0.1, 0.5, d) -
          0.45 * smoothstep(0.35, 0, y) * smoothstep(0.15, 0.6, d),
      );
    }
    case 1: {
      // Lit on the side of the sun, by how far across the trunk a place lies.
      const across = (trunk(x - 0.012, y) - trunk(x + 0.012, y)) / 0.024;
      return clamp(0.3 - 0.55 * across + 0.45 * noise2(9 * x, 30 * y, 4));
    }
    case 3: {
      const face = fbm2(7 * x + 2 * y, 5 * y, 4, 21);
      const top = bell(y - cliffTop(x), 0.03);
      return clamp(0.26 + 0.75 * face + 0.75 * top + 0.35 * smoothstep(0.14, 0, cliffEdge(y) - x));
    }
    case 4:
      return clamp(0.97 - 0.35 * smoothstep(0.74, 0.7, x));
    case 6: {
      const path = bell(x - SUN[0] - 0.04 * noise2(3, 22 * y), 0.05 + 0.3 * (y - HORIZON));
      const swell = 0.5 + 0.5 * Math.sin(40 * (y - HORIZON) ** 0.7 * 2 + 5 * noise2(2.2 * x, 5 * y, 3));
      return clamp(0.2 + 0.75 * path + 0.45 * swell * smoothstep(1.02, 0.6, y));
    }
    case 7:
    case 8: {
      const seed = kind;
      const crest = ranges[8 - kind](x);
      const facet =
        noise2(16 * x + 4 * (y - crest), 7 * (y - crest), seed) + 0.5 * noise2(40 * x, 20 * y, seed);
      const sunward = x < SUN[0] ? -facet : facet;
      return kind === 8
        ? clamp(0.62 + 0.6 * sunward)
        : clamp(0.24 + 0.85 * sunward + 0.45 * bell(y - crest, 0.014));
    }
    default: {
      if (kind < 10) return kind === 9 ? 1 : 0;
      const [cx, cy, w, h] = PADS[kind - 10];
      return clamp(
        0.2 +
          0.55 * smoothstep(0.3, -0.9, (y - cy) / h) +
          0.35 * ((x - cx) / w) +
          0.3 * noise2(30 * x, 30 * y, 3),
      );
    }
  }
}

function direction(kind, x, y) {
  switch (kind) {
    case 0:
      return [x - SUN[0], y - SUN[1] + 0.02 * noise2(6 * x, 6 * y)];
    case 1:
      return [0.1 * noise2(3 * x, 8 * y) + (y > 0.5 ? -0.1 : 0.25), -1];
    case 3:
      return [0.45 + 0.8 * noise2(4 * x, 4 * y, 3), 1 + 0.4 * noise2(5 * x, 5 * y, 7)];
    case 4:
      return [0.25, -1];
    case 6:
      return [1, 0.28 * Math.cos(26 * x + 9 * noise2(3 * x, 14 * y, 5)) * smoothstep(HORIZON, 0.75, y)];
    case 7:
    case 8: {
      const crest = ranges[8 - kind];
      const lean = noise2(12 * x, 5 * y, kind) > 0 ? 0.75 : -0.75;
      return [lean + 0.4 * Math.sign(crest(x + 0.02) - crest(x - 0.02)), 1];
    }
    default: {
      if (kind < 10) return [1, 0];
      const [cx, cy, w, h] = PADS[kind - 10];
      return [((x - cx) / w) * 1.4 + 0.35 * noise2(20 * x, 20 * y), (y - cy - 1.2 * h) / h];
    }
  }
}

/** The tint block: sun, the sky's warmth along the horizon, its path on the water. */
function tint(x, y) {
  const d = Math.hypot(x - SUN[0], y - SUN[1]);
  if (d < SUN[2] && y < ranges[0](x)) return 1;
  const glow =
    y < HORIZON ? 0.62 * smoothstep(0.2, HORIZON, y) : 0.42 * bell(x - SUN[0], 0.1 + 0.45 * (y - HORIZON));
  return glow * (1 + 0.12 * noise2(3 * x, 60 * y, 4));
}

export function paint({ width = 640, height = 512 } = {}) {
  const oversample = 2;
  const [w, h] = [width * oversample, height * oversample];
  const random = new Random(3);
  const block = new Block(w, h);
  const kinds = Raster.from(w, h, 1, (x, y) => region(x / h, y / h));
  const kindAt = (x, y) => kinds.values[kinds.offset(Math.round(x), Math.round(y))];
  const spacing = (x, y) => {
    const kind = kindAt(x, y);
    const sea = 0.009 + 0.008 * (y / h - HORIZON);
    return h * (kind >= 10 ? 0.0068 : kind === 0 ? 0.0105 : kind === 6 ? sea : 0.0075);
  };
  const field = (x, y) => direction(kindAt(x, y), x / h, y / h);
  const lines = new Streamlines({ width: w, height: h, field, spacing, region: kindAt });
  const seeds = random.shuffle(
    Array.from({ length: 26000 }, () => [random.uniform(0, w), random.uniform(0, h)]),
  );
  lines.trace(seeds, { longest: 260, shortest: 8 }).forEach((line, i) => {
    const short = kindAt(...line[0]) >= 10;
    const start = short ? Math.floor(random.uniform(0, line.length * 0.3)) : 0;
    const width = (x, y) => 1.12 * spacing(x, y) * light(kindAt(x, y), x / h, y / h);
    block.gouge(line.slice(start), width, { seed: i, taper: short ? 6 : 14 });
  });
  block.clear((x, y) => kindAt(x, y) === 9);
  // The tree, the cliff and the boat stand clear of what is behind them by a thin cut around each.
  const around = distanceTo(w, h, (x, y) => [1, 2, 3, 5].includes(kindAt(x, y)) || kindAt(x, y) >= 10);
  block.clear((x, y) => {
    const distance = around.values[y * w + x];
    return distance > 0 && distance < 0.0042 * h * (1 + 0.4 * noise2(x / 9, y / 9, 2));
  });
  const sheet = paper(w, h, hex('#efe3c8'), { scale: 3, seed: 4 });
  const vermilion = hex('#cf4a22');
  const tinted = sheet.map((value, x, y) => {
    const worn = 1 - 0.22 * smoothstep(0, 0.7, noise2(x / 3, y / 3, 8) + fbm2(x / 60, y / 60, 3, 9));
    return mix(value, vermilion, 0.92 * clamp(tint(x / h, y / h)) * worn);
  });
  return block.print(tinted, hex('#1b1714')).shrunk(oversample);
}
