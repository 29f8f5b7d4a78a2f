/** Peaks in river mist, a pine leaning in, one boat: ink and water on paper. */
import { hex, mix } from '../color.mjs';
import { streamline } from '../flow.mjs';
import { InkSheet } from '../ink.mjs';
import { fbm2, noise2 } from '../noise.mjs';
import { paper } from '../paper.mjs';
import { Random } from '../random.mjs';
import { bell, clamp, smoothstep, tabulated } from '../scalar.mjs';
import { points } from '../shape.mjs';
import { curve } from '../tracer/solids.mjs';

// The picture's own coordinates: x in [0, 1.25], y in [0, 1] downwards.
const WATER = 0.72;

/** Towers of rock, back to front: [centre, half width, height] each, then how dark, where the mist takes them. */
const RANGES = [
  {
    towers: points('0.2,0.12,0.42 0.44,0.1,0.33 0.62,0.14,0.4 0.95,0.13,0.3 1.15,0.14,0.38'),
    ink: 0.42,
    mist: 0.22,
    rough: 0.012,
  },
  {
    towers: points('0.08,0.1,0.4 0.31,0.075,0.5 0.5,0.07,0.27 0.76,0.09,0.34 1.22,0.12,0.3'),
    ink: 0.85,
    mist: 0.26,
    rough: 0.018,
  },
  {
    towers: points('0.0,0.13,0.33 0.17,0.075,0.43 0.33,0.06,0.22 0.45,0.05,0.13'),
    ink: 1.6,
    mist: 0.22,
    rough: 0.022,
  },
];

/** Height of each range's crest above the water. */
const CRESTS = RANGES.map(({ towers, rough }, seed) =>
  tabulated(
    x => {
      const rock = towers.map(([centre, half, height]) => {
        const lean = (x - centre) / half + 0.12 * noise2(5 * x, seed);
        return height * Math.exp(-(Math.abs(lean) ** 3.2));
      });
      return Math.max(0, ...rock) + rough * fbm2(14 * x, seed, 5, seed, 0.6);
    },
    -0.1,
    1.35,
  ),
);

function mountains(sheet, s, random) {
  RANGES.forEach((range, layer) => {
    const top = x => WATER - CRESTS[layer](x);
    sheet.wash(
      (px, py) => {
        const [x, y] = [px / s, py / s];
        const below = y - top(x);
        if (below < 0) return 0;
        const lit = 0.62 + 0.5 * fbm2(5 * x, 4 * y, 4, 10 + layer);
        return (
          smoothstep(0, 0.006, below) *
          smoothstep(range.mist * (1 + 0.4 * noise2(4 * x, 2, layer)), 0.0, below - 0.04) *
          lit *
          (0.5 + 0.6 * bell(below, 0.09)) *
          smoothstep(WATER + 0.012, WATER - 0.075 + 0.05 * (layer === 2), y)
        );
      },
      { ink: range.ink, bleed: 3.5, edge: 0.5, grain: 0.3 },
    );
    if (layer > 0) texture(sheet, s, random, range, top, layer);
  });
}

/** Rock: dry strokes dragged down the shaded flanks, and moss dots along the crest. */
function texture(sheet, s, random, range, top, layer) {
  for (let i = 0; i < 520 * layer; i++) {
    const x = random.uniform(-0.02, 1.27);
    const height = CRESTS[layer](x);
    if (height < 0.06) continue;
    const y = top(x) + height * random.uniform(0.02, 0.62) ** 1.3;
    // Positive where the ground falls to the right, away from the light.
    const slope = (top(x + 0.008) - top(x - 0.008)) / 0.016;
    const shade = clamp(0.5 + 0.35 * slope + 0.5 * noise2(9 * x, 7 * y, 20 + layer));
    if (random.uniform() > shade) continue;
    const fall = clamp(slope, -3, 3);
    const path = streamline(
      (px, py) => [0.25 * fall + 0.35 * noise2(px / 30, py / 30, 5), 1 + 0.25 * Math.abs(fall)],
      x * s,
      y * s,
      s * random.uniform(0.02, 0.075),
    );
    const w = s * random.uniform(0.004, 0.014);
    const faded = smoothstep(range.mist * 1.3, 0.02, y - top(x));
    sheet.stroke(path, {
      width: t => w * (0.4 + 0.9 * Math.sin(Math.PI * Math.min(1, t + 0.15))),
      ink: range.ink * random.uniform(0.35, 0.85) * faded,
      dry: random.uniform(0.5, 0.95),
      side: 0.4,
      seed: i,
    });
  }
  for (let i = 0; i < 300 * layer; i++) {
    const x = random.uniform(-0.02, 1.27);
    if (CRESTS[layer](x) < 0.07) continue;
    const slope = Math.abs(top(x + 0.006) - top(x - 0.006)) / 0.012;
    if (noise2(11 * x, 3, layer) < -0.1 || random.uniform() < 0.35 * slope) continue;
    const y = top(x) + Math.abs(random.normal(0, 0.018)) - 0.005;
    const r = s * random.uniform(0.002, 0.0075);
    const path = streamline(() => [1, 0.2], x * s, y * s, r * 1.3);
    sheet.stroke(path, {
      width: () => r * 1.7,
      ink: range.ink * random.uniform(0.5, 1.3),
      dry: 0.25,
      seed: 900 + i,
    });
  }
}

function water(sheet, s, random) {
  // Reflections: broken, level strokes under the peaks.
  for (let i = 0; i < 240; i++) {
    const x = random.uniform(-0.05, 1.25);
    const depth = random.uniform(0, 0.2) ** 1.15;
    const over = CRESTS[1](x) + 0.6 * CRESTS[2](x);
    if (over < depth * 1.4 + 0.04) continue;
    const w = s * random.uniform(0.003, 0.012);
    const path = streamline(
      (px, py) => [1, 0.06 * noise2(px / 40, py / 40, 8)],
      x * s,
      (WATER + 0.035 + depth) * s,
      s * random.uniform(0.03, 0.13),
    );
    sheet.stroke(path, {
      width: t => w * Math.sin(Math.PI * clamp(t, 0.06, 0.94)),
      ink: random.uniform(0.08, 0.26) * smoothstep(0.24, 0.02, depth),
      dry: random.uniform(0.2, 0.75),
      seed: 2000 + i,
    });
  }
  for (let i = 0; i < 26; i++) {
    const x = random.uniform(0.3, 1.2);
    const y = random.uniform(0.8, 0.97);
    const path = streamline(
      (px, py) => [1, 0.09 * Math.sin(px / 14 + py)],
      x * s,
      y * s,
      s * random.uniform(0.06, 0.2),
    );
    sheet.stroke(path, {
      width: () => s * 0.0028,
      ink: random.uniform(0.15, 0.4),
      dry: 0.55,
      seed: 2600 + i,
    });
  }
}

const polyline = (points, s, count) =>
  Array.from({ length: count }, (_, i) => curve(points, i / (count - 1)).map(v => v * s));

function boat(sheet, s) {
  const line = (points, width, ink = 2.2, dry = 0.2) => {
    const length = points
      .slice(1)
      .reduce((sum, p, i) => sum + Math.hypot(p[0] - points[i][0], p[1] - points[i][1]), 0);
    sheet.stroke(polyline(points, s, Math.max(4, Math.round(length * s))), {
      width: t => width(t) * s,
      ink,
      dry,
      seed: points[0][0] * 91,
    });
  };
  line(
    points('0.6,0.842 0.65,0.862 0.72,0.866 0.79,0.858 0.835,0.835'),
    t => 0.006 + 0.011 * Math.sin(Math.PI * t),
  );
  line(points('0.66,0.848 0.68,0.818 0.72,0.812 0.75,0.822 0.762,0.848'), () => 0.0075, 1.5, 0.5);
  // The fisherman under his straw hat, and his pole.
  line(points('0.793,0.846 0.79,0.825 0.792,0.806'), t => 0.02 - 0.01 * t, 1.7, 0.35);
  line(points('0.775,0.806 0.792,0.793 0.81,0.806'), t => 0.004 + 0.008 * Math.sin(Math.PI * t), 2.4);
  line(points('0.8,0.818 0.85,0.775 0.925,0.73'), () => 0.003, 1.8, 0.3);
  line(points('0.925,0.73 0.93,0.79 0.932,0.86'), () => 0.0016, 0.9, 0.2);
  for (let k = 0; k < 5; k++) {
    const [x, y] = [0.6 + 0.03 * k, 0.884 + 0.012 * k];
    line(
      [
        [x, y],
        [x + 0.1, y + 0.004],
        [x + 0.2 - 0.02 * k, y - 0.002],
      ],
      t => 0.005 * Math.sin(Math.PI * clamp(t, 0.1, 0.95)),
      0.42,
      0.6,
    );
  }
}

function pine(sheet, s, random) {
  const trunk = points('1.29,0.5 1.2,0.42 1.14,0.37 1.08,0.34 1.0,0.27 0.93,0.26 0.85,0.3');
  const boughs = [
    points('1.14,0.37 1.08,0.42 1.0,0.43 0.93,0.46'),
    points('1.08,0.34 1.07,0.25 1.01,0.17 0.94,0.14'),
    points('1.2,0.42 1.19,0.3 1.21,0.2 1.17,0.1'),
    points('0.96,0.265 0.9,0.21 0.84,0.2'),
    points('1.22,0.44 1.15,0.5 1.09,0.53'),
  ];
  sheet.stroke(polyline(trunk, s, 300), {
    width: t => s * (0.042 - 0.036 * t) * (1 + 0.2 * Math.sin(23 * t)),
    ink: 1.5,
    dry: 0.55,
    side: -0.7,
    seed: 71,
  });
  sheet.stroke(
    polyline(
      trunk.map(([x, y]) => [x, y + 0.004]),
      s,
      300,
    ),
    { width: t => s * (0.02 - 0.016 * t), ink: 1.2, dry: 0.95, side: -0.6, seed: 72 },
  );
  boughs.forEach((bough, i) =>
    sheet.stroke(polyline(bough, s, 170), {
      width: t => s * (0.017 - 0.013 * t),
      ink: 1.7,
      dry: 0.45,
      seed: 80 + i,
    }),
  );
  const tufts = [];
  for (const bough of [...boughs, trunk.slice(2)]) {
    for (let k = 0; k < 11; k++) {
      const [x, y] = curve(bough, random.uniform(0.35, 1.02));
      tufts.push([x + random.normal(0, 0.018), y + random.normal(-0.008, 0.014)]);
    }
  }
  // Wet grey behind each group of needles, then needles in fans.
  sheet.blots(
    tufts.map(([x, y]) => [x * s, y * s, 0.03 * s, 0.5]),
    { ink: 0.5, bleed: 6, edge: 0.3 },
  );
  for (const [x, y] of tufts) {
    const ink = random.uniform(0.9, 2.1);
    const turn = random.normal(-Math.PI / 2, 0.35);
    for (let n = 0; n < 21; n++) {
      const angle = turn + (n / 20 - 0.5) * 3.6 + random.normal(0, 0.06);
      const long = s * random.uniform(0.026, 0.043);
      const path = streamline(
        () => [Math.cos(angle), Math.sin(angle)],
        x * s + (Math.cos(angle) * long) / 2,
        y * s + (Math.sin(angle) * long) / 2,
        long,
      );
      sheet.stroke(path, {
        width: t => s * 0.0032 * (1.1 - 0.8 * t),
        ink: ink * random.uniform(0.7, 1.1),
        dry: 0.2,
        seed: n,
      });
    }
  }
}

/** The near bank: boulders in broken ink, and reeds struck upwards in single strokes. */
function bank(sheet, s, random) {
  const rocks = points('1.19,0.97,0.11,0.09 1.06,1.0,0.09,0.055 1.27,0.9,0.07,0.08 0.96,1.015,0.06,0.028');
  const depth = (x, y) =>
    Math.max(
      ...rocks.map(
        ([cx, cy, w, h]) => 1 - Math.hypot((x - cx) / w, (y - cy) / h) + 0.16 * fbm2(14 * x, 14 * y, 4, 31),
      ),
    );
  sheet.wash(
    (px, py) => {
      const [x, y] = [px / s, py / s];
      const inside = depth(x, y);
      return (
        smoothstep(0, 0.05, inside) *
        (0.35 + 0.9 * smoothstep(0.1, 0.6, inside + 0.5 * fbm2(9 * x, 9 * y, 3, 32)))
      );
    },
    { ink: 1.1, bleed: 3, edge: 0.8, grain: 0.4 },
  );
  for (let i = 0; i < 260; i++) {
    const [x, y] = [random.uniform(0.85, 1.27), random.uniform(0.84, 1.02)];
    if (depth(x, y) < 0.06) continue;
    const wide = s * random.uniform(0.004, 0.016);
    const way = random.normal(0.9, 0.5);
    const path = streamline(
      (px, py) => [Math.cos(way), Math.sin(way) + 0.5 * noise2(px / 30, py / 30, 6)],
      x * s,
      y * s,
      s * random.uniform(0.015, 0.06),
    );
    sheet.stroke(path, {
      width: t => wide * Math.sin(Math.PI * clamp(t, 0.15, 0.95)),
      ink: random.uniform(0.4, 1.3),
      dry: random.uniform(0.4, 0.9),
      side: 0.5,
      seed: 3000 + i,
    });
  }
  for (let i = 0; i < 24; i++) {
    const x = random.uniform(0.99, 1.25);
    const [tall, lean] = [random.uniform(0.08, 0.24), random.normal(-0.03, 0.045)];
    const blade = [
      [x, 0.99],
      [x + 0.25 * lean, 0.99 - 0.55 * tall],
      [x + lean, 0.99 - tall],
      [x + 1.7 * lean, 0.99 - 0.97 * tall],
    ];
    const wide = s * random.uniform(0.004, 0.009);
    sheet.stroke(polyline(blade, s, 140), {
      width: t => wide * Math.sin(Math.PI * (0.12 + 0.86 * t)) ** 0.8,
      ink: random.uniform(0.6, 2),
      dry: random.uniform(0.15, 0.5),
      seed: 3400 + i,
    });
  }
}

function birds(sheet, s) {
  for (const [x, y, k] of points('0.55,0.16,1 0.6,0.135,0.8 0.64,0.17,0.9 0.5,0.12,0.6 0.69,0.14,0.65')) {
    for (const side of [-1, 1]) {
      const wing = [
        [x, y],
        [x + side * 0.011 * k, y - 0.009 * k],
        [x + side * 0.025 * k, y - 0.004 * k],
      ];
      sheet.stroke(polyline(wing, s, 26), {
        width: t => s * 0.0055 * k * (1 - 0.8 * t),
        ink: 1.5,
        dry: 0.2,
        seed: x * 50,
      });
    }
  }
}

/** The painter's seal, cut with the sign for 'mountain' (山) and printed unevenly in cinnabar paste. */
function seal(plane, s) {
  const [cx, cy, half] = [0.1, 0.885, 0.036];
  const red = hex('#b3261c');
  return plane.map((value, px, py) => {
    const [u, v] = [(px / s - cx) / half, (py / s - cy) / half];
    const worn = 0.1 * noise2(px / 3, py / 3, 5) + 0.08 * noise2(px / 9, py / 9, 6);
    if (Math.max(Math.abs(u), Math.abs(v)) > 1 + worn * 0.6) return value;
    const carved =
      (Math.abs(v - 0.52) < 0.12 + worn && Math.abs(u) < 0.68) ||
      (Math.abs(u) < 0.11 + worn && v > -0.7 && v < 0.52) ||
      (Math.abs(Math.abs(u) - 0.57) < 0.1 + worn && v > -0.12 && v < 0.52);
    return carved ? value : mix(value, red, clamp(0.86 + 1.6 * worn));
  });
}

export function paint({ width = 640, height = 512 } = {}) {
  const oversample = 2;
  const [w, h] = [width * oversample, height * oversample];
  const random = new Random(12);
  const sheet = new InkSheet(w, h, { scale: oversample * (height / 512) });
  sheet.wash(
    (x, y) => 0.5 * smoothstep(0.55, 0, y / h) * (0.5 + 0.8 * fbm2((1.6 * x) / h, (3 * y) / h, 3, 77)),
    { ink: 0.16, bleed: 14, edge: 0 },
  );
  mountains(sheet, h, random);
  water(sheet, h, random);
  boat(sheet, h);
  pine(sheet, h, random);
  bank(sheet, h, random);
  birds(sheet, h);
  const ground = paper(w, h, hex('#eee4cf'), { scale: 3, seed: 9, tooth: 0.026, fibres: 420 });
  return seal(sheet.over(ground), h).shrunk(oversample);
}
