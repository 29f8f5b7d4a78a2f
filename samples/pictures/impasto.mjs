/** Night wind: a lighthouse on a headland, a swirling sky, the moon on a moving sea, in thick strokes of oil. */
import { OilPaint } from '../brush.mjs';
import { gradient, hex, mix, varied } from '../color.mjs';
import { combined, streamline, vortex } from '../flow.mjs';
import { fbm2, noise2 } from '../noise.mjs';
import { Random } from '../random.mjs';
import { bell, clamp, smoothstep } from '../scalar.mjs';
import { points } from '../shape.mjs';

// The picture's own coordinates: x in [0, 1.25], y in [0, 1] downwards.
const HORIZON = 0.585;
const MOON = [0.93, 0.2, 0.07];
const LAMP = [0.295, 0.235];
const STARS = points(
  '0.08,0.13,0.026 0.19,0.33,0.02 0.46,0.075,0.024 0.62,0.16,0.018 0.7,0.43,0.02 1.16,0.09,0.024 1.15,0.38,0.026 0.5,0.4,0.018 0.06,0.45,0.016',
);
const LIGHTS = [MOON, ...STARS];

const headland = x =>
  0.665 + 0.36 * smoothstep(0.3, 0.86, x) - 0.035 * bell(x - 0.27, 0.16) + 0.014 * noise2(8 * x, 2);

const skyFlow = combined(
  (x, y) => [0.6, -0.22 * Math.cos(4.5 * x + 2 * y)],
  vortex(0.6, 0.28, 0.15, 2.7, 0.3),
  vortex(0.8, 0.4, 0.095, -2.3, 0.2),
  vortex(0.41, 0.2, 0.085, -1.9, 0.2),
  vortex(1.1, 0.5, 0.1, 1.6, 0.2),
  ...LIGHTS.map(([x, y, r]) => vortex(x, y, r * 2.5, 3.2)),
);

function region(x, y) {
  if (y > headland(x)) return 'land';
  return y > HORIZON ? 'sea' : 'sky';
}

function skyColor(x, y, random) {
  const swirl =
    0.34 *
    Math.sin(17 * Math.hypot(x - 0.6, y - 0.28) + Math.atan2(y - 0.28, x - 0.6)) *
    bell(Math.hypot(x - 0.6, y - 0.28), 0.3);
  const band = fbm2(2.1 * x, 5.5 * y, 3, 4) + swirl;
  let color = gradient(
    [
      [-0.6, hex('#101a4a')],
      [-0.2, hex('#1c3c8c')],
      [0.15, hex('#2e6db4')],
      [0.45, hex('#76aecb')],
      [0.85, hex('#d6dfc4')],
    ],
    band + 0.55 * smoothstep(0.38, 0.6, y) + random.normal(0, 0.15),
  );
  for (const [sx, sy, r] of LIGHTS) {
    const d = Math.hypot(x - sx, y - sy) / r;
    const halo = bell(d, 2.5) * (0.6 + 0.4 * Math.cos(d * 4.2));
    color = mix(color, d < 1.05 ? hex('#fbe27a') : hex(d < 1.9 ? '#f0c542' : '#b4cf98'), clamp(halo * 1.25));
  }
  // Two beams from the lamp, broad and broken.
  const [dx, dy] = [x - LAMP[0], y - LAMP[1]];
  const angle = Math.atan2(dy, Math.abs(dx));
  const beam =
    bell(angle + (dx > 0 ? 0.13 : -0.12), 0.1) *
    smoothstep(0.03, 0.09, Math.abs(dx)) *
    smoothstep(0.75, 0.2, Math.abs(dx));
  return mix(
    color,
    random.pick([hex('#fbe9a0'), hex('#f3d66a'), hex('#dfe3b0')]),
    0.85 * beam * (0.6 + 0.5 * random.uniform()),
  );
}

function seaColor(x, y, random) {
  const near = (y - HORIZON) / (1 - HORIZON);
  const swell = Math.sin((26 - 15 * near) * (y - HORIZON) * 3.6 + 4 * noise2(2.6 * x, 4 * y, 3) + 3 * x);
  const color = gradient(
    [
      [-1, hex('#0e1c4c')],
      [-0.2, hex('#1b4a86')],
      [0.4, hex('#2f86a6')],
      [0.9, hex('#8cc9c0')],
    ],
    swell * 0.8 - 0.2 + random.normal(0, 0.22) - 0.2 * near,
  );
  const path =
    bell(x - MOON[0] - 0.03 * Math.sin(24 * y), 0.03 + 0.14 * near) *
    (0.35 + 0.75 * smoothstep(-0.3, 0.7, swell));
  return mix(
    color,
    random.pick([hex('#fbe27a'), hex('#f4c94a'), hex('#fff2b8')]),
    clamp(path * 1.15 + random.normal(0, 0.12)),
  );
}

function landColor(x, y, random) {
  const depth = y - headland(x);
  const furrow = Math.sin(42 * (0.5 * x + 1.5 * depth) + 3 * noise2(4 * x, 4 * y));
  const grass = mix(
    random.pick([hex('#22463c'), hex('#1c3a4c'), hex('#345a32')]),
    random.pick([hex('#c7a23a'), hex('#9fa443'), hex('#e0bf55')]),
    smoothstep(-0.15, 0.9, furrow + random.normal(0, 0.3)),
  );
  // Rock where the land falls to the water.
  const rock = mix(
    hex('#2b2f52'),
    random.pick([hex('#7a5a52'), hex('#56618c'), hex('#a07a58')]),
    random.uniform(),
  );
  const cliff = smoothstep(0.42, 0.56, x + 0.05 * noise2(9 * x, 9 * y, 7)) * smoothstep(0.16, 0.05, depth);
  return mix(mix(grass, rock, cliff), hex('#f0d268'), 0.5 * bell(depth, 0.012) * smoothstep(0.5, 0.3, x));
}

function colorAt(x, y, random) {
  switch (region(x, y)) {
    case 'land':
      return landColor(x, y, random);
    case 'sea':
      return seaColor(x, y, random);
    default:
      return skyColor(x, y, random);
  }
}

function direction(x, y) {
  switch (region(x, y)) {
    case 'land':
      return [1, (headland(x + 0.01) - headland(x)) * 70 - 0.35 + 0.4 * Math.sin(8 * x + 9 * y)];
    case 'sea':
      return [
        1,
        0.36 * Math.cos(13 * x + 26 * y + 2 * noise2(3 * x, 5 * y, 8)) * smoothstep(HORIZON, 0.75, y),
      ];
    default:
      return skyFlow(x, y);
  }
}

export function paint({ width = 640, height = 512 } = {}) {
  const oversample = 2;
  const [w, h] = [width * oversample, height * oversample];
  const random = new Random(20);
  const ground = (x, y) => mix(hex('#8a6f43'), hex('#4a4a52'), 0.5 + 0.4 * noise2(x / 18, y / 18));
  const oil = new OilPaint(w, h, ground, { bristle: h / 300 });
  const flow = (x, y) => direction(x / h, y / h);
  const layer = (count, wide, long, spread, body) => {
    for (let i = 0; i < count; i++) {
      const x = random.uniform(-0.02, width / height + 0.02);
      const y = random.uniform(-0.02, 1.02);
      const color = varied(
        colorAt(x, y, random),
        random.normal(0, 0.02),
        random.normal(0.1, spread),
        random.normal(0, spread),
      );
      const path = streamline(flow, x * h, y * h, h * long * random.uniform(0.6, 1.4));
      oil.stroke(path, {
        color,
        width: h * wide * random.uniform(0.7, 1.25),
        seed: i,
        body,
        load: random.uniform(0.55, 0.95),
        streak: 0.17,
      });
    }
  };
  layer(800, 0.04, 0.13, 0.09, 0.8);
  layer(1900, 0.024, 0.095, 0.11, 1);
  layer(2500, 0.0155, 0.065, 0.13, 1.25);
  const dab = dabber(oil, h, random);
  glowing(dab, random);
  buildings(dab, random);
  boat(dab);
  return oil.lit({ depth: 1.5 }).shrunk(oversample);
}

/** Single touches set by hand: dab(x, y, angle, length, width, colour). */
const dabber = (oil, h, random) => (x, y, angle, long, wide, color) => {
  const path = streamline(() => [Math.cos(angle), Math.sin(angle)], x * h, y * h, Math.max(3, long * h));
  oil.stroke(path, {
    color: varied(color, random.normal(0, 0.01), 0, random.normal(0, 0.07)),
    width: Math.max(2, wide * h),
    seed: random.uniform(0, 99),
    body: 1.6,
    load: 0.9,
  });
};

/** Moon and stars in rings of touches; the lamp as a burst. */
function glowing(dab, random) {
  for (const [x, y, r] of LIGHTS) {
    for (let ring = 3; ring >= 0; ring--) {
      const count = ring === 0 ? 3 : 6 + ring * 2;
      for (let k = 0; k < count; k++) {
        const turn = (2 * Math.PI * (k + random.uniform(-0.3, 0.3))) / count;
        const color = [hex('#fff6d2'), hex('#ffe585'), hex('#f3c63f'), hex('#d9cf7a')][ring];
        dab(
          x + r * ring * 0.52 * Math.cos(turn),
          y + r * ring * 0.52 * Math.sin(turn),
          turn + Math.PI / 2,
          r * 0.8,
          r * 0.38,
          color,
        );
      }
    }
  }
  for (let k = 0; k < 16; k++) {
    const turn = (2 * Math.PI * k) / 16;
    dab(
      LAMP[0] + 0.04 * Math.cos(turn),
      LAMP[1] + 0.034 * Math.sin(turn),
      turn,
      0.036,
      0.009,
      random.pick([hex('#ffe07a'), hex('#f6b93b')]),
    );
  }
}

function buildings(dab, random) {
  const [x, y] = LAMP;
  // The tower, course by course, red and white by turns, its left side in blue shadow.
  for (let k = 0; k < 42; k++) {
    const down = k / 41;
    const half = 0.025 + 0.017 * down;
    const red = Math.floor(down * 5) % 2 === 1;
    const courses = red ? ['#e8694a', '#b83a34', '#6a2340'] : ['#fff4d6', '#d9d6cc', '#7587b8'];
    courses.forEach((paint, i) =>
      dab(
        x + (1 - i) * half * 0.66 + random.normal(0, 0.002),
        y + 0.045 + 0.39 * down,
        0.08,
        half * 0.95,
        0.0145,
        hex(paint),
      ),
    );
  }
  dab(x, y + 0.036, 0, 0.066, 0.012, hex('#27305e'));
  dab(x, y, Math.PI / 2, 0.036, 0.034, hex('#fff3b0'));
  dab(x, y - 0.004, Math.PI / 2, 0.02, 0.018, hex('#ffffff'));
  dab(x - 0.006, y - 0.032, -0.5, 0.036, 0.014, hex('#8c2f34'));
  dab(x + 0.01, y - 0.03, 0.6, 0.032, 0.012, hex('#c4492f'));
  for (const [wx, wy] of points('0.3,0.36 0.292,0.45 0.3,0.55'))
    dab(wx, wy, Math.PI / 2, 0.018, 0.009, hex('#2a2350'));
  // The keeper's house: walls, roof stroke by stroke, a chimney, lit windows.
  for (let k = 0; k < 4; k++)
    dab(
      0.165,
      0.628 + 0.011 * k,
      0.02,
      0.125,
      0.014,
      [hex('#b9b6ae'), hex('#8f9fbe'), hex('#cfc8b2'), hex('#7286b0')][k],
    );
  dab(0.2, 0.572, Math.PI / 2, 0.04, 0.016, hex('#7a3a38'));
  for (let k = 0; k < 9; k++)
    dab(
      0.112 + 0.0135 * k,
      0.602,
      -1.2 + 0.05 * k,
      0.045,
      0.017,
      random.pick([hex('#a8452f'), hex('#7d3038'), hex('#c65f38')]),
    );
  dab(0.165, 0.583, 0, 0.1, 0.008, hex('#5a2438'));
  for (const wx of [0.13, 0.165, 0.2]) dab(wx, 0.642, Math.PI / 2, 0.022, 0.014, hex('#fbd24e'));
  // A path of light from the door down the field.
  for (let k = 0; k < 16; k++)
    dab(
      0.2 + 0.018 * k + random.normal(0, 0.008),
      0.7 + 0.019 * k,
      0.75,
      0.034,
      0.013,
      random.pick([hex('#e3c878'), hex('#c99f5a'), hex('#f0dc9a')]),
    );
}

function boat(dab) {
  const [x, y] = [0.73, 0.69];
  dab(x, y, 0.06, 0.085, 0.018, hex('#1a1d3e'));
  dab(x, y - 0.008, 0.06, 0.075, 0.007, hex('#c0563a'));
  dab(x + 0.002, y - 0.052, Math.PI / 2 - 0.05, 0.075, 0.005, hex('#2b2344'));
  dab(x + 0.014, y - 0.045, Math.PI / 2 + 0.25, 0.055, 0.022, hex('#e9d9a8'));
  dab(x - 0.014, y - 0.036, Math.PI / 2 - 0.3, 0.04, 0.014, hex('#b6b8b0'));
  dab(x, y + 0.022, 0.02, 0.06, 0.009, hex('#0f1a40'));
}
