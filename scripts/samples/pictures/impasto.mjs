/** Night wind: a swirling sky over hills, a cypress and a sleeping village, in thick strokes of oil. */
import { OilPaint } from '../brush.mjs';
import { gradient, hex, mix, varied } from '../color.mjs';
import { combined, streamline, vortex } from '../flow.mjs';
import { fbm2, noise2 } from '../noise.mjs';
import { Random } from '../random.mjs';
import { bell, clamp, smoothstep } from '../scalar.mjs';

// The picture's own coordinates: x in [0, 1.25], y in [0, 1] downwards.
const MOON = [1.03, 0.17, 0.075];
const STARS = [
  [0.13, 0.12, 0.03],
  [0.33, 0.07, 0.022],
  [0.52, 0.13, 0.028],
  [0.71, 0.08, 0.024],
  [0.22, 0.29, 0.026],
  [0.86, 0.31, 0.022],
  [0.47, 0.42, 0.02],
  [1.17, 0.4, 0.024],
  [0.06, 0.42, 0.02],
  [0.79, 0.17, 0.018],
];

const skylineFar = x =>
  0.6 + 0.07 * Math.sin(3.1 * x + 0.6) - 0.05 * bell(x - 0.95, 0.2) + 0.012 * noise2(9 * x, 1);
const skylineNear = x => 0.72 + 0.055 * Math.sin(4.2 * x + 2.6) + 0.014 * noise2(7 * x, 3);
const field = x => 0.84 - 0.05 * x + 0.03 * Math.sin(5 * x);

/** Cypress: half width at a height. */
function cypress(x, y) {
  const t = (y - 0.1) / 0.86;
  if (t < 0 || t > 1.05) return -1;
  const lean = 0.235 + 0.03 * Math.sin(5 * t) + 0.008 * Math.sin(19 * t);
  const half =
    0.085 * Math.sin(Math.PI * Math.min(1, 0.03 + t ** 0.8 * 0.8)) ** 1.2 * (1 + 0.22 * noise2(13 * t, 5));
  return half - Math.abs(x - lean);
}

const skyFlow = combined(
  () => [0.55, 0],
  (x, y) => [0, 0.28 * Math.sin(7 * x + 3 * y)],
  vortex(0.62, 0.27, 0.17, 2.6, 0.25),
  vortex(0.84, 0.4, 0.11, -2.2, 0.2),
  vortex(0.36, 0.36, 0.1, -1.6, 0.2),
  ...[MOON, ...STARS].map(([x, y, r]) => vortex(x, y, r * 2.6, 3.2)),
);

function region(x, y) {
  if (cypress(x, y) > 0) return 'cypress';
  if (y > field(x)) return 'field';
  if (y > skylineNear(x)) return 'hill';
  if (y > skylineFar(x)) return 'mountain';
  return 'sky';
}

const ROOFS = [];
for (let i = 0; i < 17; i++) {
  const x = 0.42 + 0.05 * i + 0.012 * Math.sin(i * 7);
  ROOFS.push({
    x,
    y: field(x) - 0.012 + 0.028 * Math.sin(i * 3.7),
    size: 0.02 + 0.008 * Math.sin(i * 5.3),
    lit: i % 3 !== 1,
  });
}

function skyColor(x, y, random) {
  const band =
    fbm2(2.2 * x, 5 * y, 3, 4) +
    0.35 * Math.sin(16 * Math.hypot(x - 0.62, y - 0.27) + Math.atan2(y - 0.27, x - 0.62));
  let color = gradient(
    [
      [-0.6, hex('#0f1c4d')],
      [-0.2, hex('#1d3f8f')],
      [0.15, hex('#2f6fb3')],
      [0.45, hex('#7fb2c8')],
      [0.8, hex('#d3dcc0')],
    ],
    band + 0.5 * smoothstep(0.35, 0.62, y) + random.normal(0, 0.16),
  );
  for (const [sx, sy, r] of [MOON, ...STARS]) {
    const d = Math.hypot(x - sx, y - sy) / r;
    const ring = 0.5 + 0.5 * Math.cos(d * 4.2);
    const halo = bell(d, 2.4) * (0.55 + 0.45 * ring);
    color = mix(color, d < 1.05 ? hex('#fbe27a') : hex(d < 1.9 ? '#f0c542' : '#b9cf8e'), clamp(halo * 1.25));
    if (d < 0.45) color = hex('#fff3c4');
  }
  return color;
}

function colorAt(x, y, random) {
  switch (region(x, y)) {
    case 'cypress': {
      const edge = smoothstep(0, 0.05, cypress(x, y));
      return mix(
        random.pick([hex('#2e5a35'), hex('#53722f'), hex('#80602c')]),
        random.pick([hex('#0d1f1c'), hex('#142e22'), hex('#20361c')]),
        edge * 0.9,
      );
    }
    case 'mountain': {
      const t = smoothstep(0, 0.12, y - skylineFar(x));
      return mix(
        random.pick([hex('#6f93bd'), hex('#5b78b5')]),
        random.pick([hex('#23386f'), hex('#2b4a7d')]),
        t,
      );
    }
    case 'hill': {
      const t = smoothstep(0, 0.12, y - skylineNear(x));
      return mix(
        random.pick([hex('#6e9a86'), hex('#8aa873')]),
        random.pick([hex('#1d4250'), hex('#28503f'), hex('#2a4468')]),
        t + random.normal(0, 0.12),
      );
    }
    case 'field': {
      const furrow = Math.sin(34 * (x * 0.7 + (y - 0.8) * 2.2) + 2 * noise2(4 * x, 4 * y));
      return mix(
        random.pick([hex('#31543a'), hex('#24463f'), hex('#3d5a2d')]),
        random.pick([hex('#b59a3c'), hex('#8f9a44'), hex('#c9b55a')]),
        smoothstep(-0.2, 0.9, furrow + random.normal(0, 0.3)),
      );
    }
    default:
      return skyColor(x, y, random);
  }
}

function direction(x, y) {
  switch (region(x, y)) {
    case 'cypress':
      return [0.35 * Math.sin(16 * y + 5 * x) + 4 * (x - 0.235), -1];
    case 'mountain':
      return [1, (skylineFar(x + 0.01) - skylineFar(x)) * 100 + 0.5 * noise2(5 * x, 5 * y)];
    case 'hill':
      return [1, (skylineNear(x + 0.01) - skylineNear(x)) * 100 + 0.35 * Math.sin(20 * x)];
    case 'field':
      return [1, -0.55 + 0.5 * x + 0.3 * Math.sin(9 * x + 8 * y)];
    default:
      return skyFlow(x, y);
  }
}

export function paint({ width = 640, height = 512 } = {}) {
  const scale = height;
  const random = new Random(20);
  const oil = new OilPaint(width, height, (x, y) =>
    mix(hex('#8a6f43'), hex('#4a4a52'), 0.5 + 0.4 * noise2(x / 9, y / 9)),
  );
  const flow = (x, y) => direction(x / scale, y / scale);
  const layer = (count, wide, long, spread, body) => {
    for (let i = 0; i < count; i++) {
      const x = random.uniform(-0.02, width / scale + 0.02);
      const y = random.uniform(-0.02, 1.02);
      const color = varied(
        colorAt(x, y, random),
        random.normal(0, 0.02),
        random.normal(0.08, spread),
        random.normal(0, spread),
      );
      const path = streamline(flow, x * scale, y * scale, scale * long * random.uniform(0.6, 1.4));
      oil.stroke(path, {
        color,
        width: scale * wide * random.uniform(0.7, 1.25),
        seed: i,
        body,
        load: random.uniform(0.55, 0.95),
        streak: 0.2,
      });
    }
  };
  layer(900, 0.034, 0.11, 0.1, 0.8);
  layer(2600, 0.019, 0.075, 0.13, 1);
  layer(4200, 0.0115, 0.05, 0.16, 1.2);
  village(oil, scale, random);
  stars(oil, scale, random);
  return oil.lit();
}

function dab(oil, scale, random, x, y, angle, long, wide, color) {
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const path = streamline(() => [dx, dy], x * scale, y * scale, Math.max(3, long * scale));
  oil.stroke(path, {
    color: varied(color, random.normal(0, 0.01), 0, random.normal(0, 0.08)),
    width: Math.max(2, wide * scale),
    seed: random.uniform(0, 99),
    body: 1.5,
    load: 0.9,
  });
}

function village(oil, scale, random) {
  for (const { x, y, size, lit } of ROOFS) {
    dab(
      oil,
      scale,
      random,
      x,
      y + 0.012,
      0,
      size * 1.6,
      size * 1.15,
      random.pick([hex('#4a5f86'), hex('#7d89a0'), hex('#39547c'), hex('#b7a98b')]),
    );
    dab(
      oil,
      scale,
      random,
      x - size * 0.45,
      y - size * 0.25,
      -0.75,
      size * 1.35,
      size * 0.5,
      random.pick([hex('#26305c'), hex('#7a3f34'), hex('#394b7d')]),
    );
    dab(
      oil,
      scale,
      random,
      x + size * 0.45,
      y - size * 0.25,
      0.75,
      size * 1.35,
      size * 0.5,
      random.pick([hex('#1c2450'), hex('#5b2f30'), hex('#2b3a6b')]),
    );
    if (lit) dab(oil, scale, random, x, y + 0.013, Math.PI / 2, size * 0.45, size * 0.4, hex('#f4c244'));
  }
  // A spire, so that the village answers the cypress.
  dab(oil, scale, random, 0.78, 0.775, Math.PI / 2, 0.05, 0.024, hex('#55688f'));
  dab(oil, scale, random, 0.78, 0.715, Math.PI / 2, 0.085, 0.013, hex('#1b2550'));
}

function stars(oil, scale, random) {
  for (const [x, y, r] of [MOON, ...STARS]) {
    for (let ring = 3; ring >= 0; ring--) {
      const count = ring === 0 ? 3 : 7 + ring * 3;
      for (let k = 0; k < count; k++) {
        const turn = (2 * Math.PI * (k + random.uniform(-0.3, 0.3))) / count;
        const distance = r * ring * 0.55;
        const color = [hex('#fff6d2'), hex('#ffe585'), hex('#f3c63f'), hex('#d9cf7a')][ring];
        dab(
          oil,
          scale,
          random,
          x + distance * Math.cos(turn),
          y + distance * Math.sin(turn),
          turn + Math.PI / 2,
          r * 0.75,
          r * 0.36,
          color,
        );
      }
    }
  }
}
