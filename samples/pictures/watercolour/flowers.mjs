/** Flowers, each a few wet touches. Coordinates: x in [0, 1.25], y in [0, 1] downwards. */
import { hex, varied } from '../../color.mjs';
import { traced } from '../../curve.mjs';
import { fbm2, noise2 } from '../../noise.mjs';
import { lerp, smoothstep } from '../../scalar.mjs';
import { limb, points } from '../../shape.mjs';

export const REDS = ['#e8402c', '#d92b2f', '#f0622f', '#c8202f', '#f2803a'].map(hex);

/** Blossoms: centre, radius, how far turned away from us (0 faces us, 1 side on), tilt. */
export const POPPIES = points(`
  0.4,0.4,0.155,0.25,-0.2 0.72,0.3,0.135,0.5,0.35 0.93,0.52,0.12,0.35,0.1
  0.2,0.62,0.105,0.55,-0.4 0.61,0.6,0.1,0.15,0.2 1.1,0.3,0.085,0.6,0.3 0.13,0.27,0.07,0.7,-0.3
  0.8,0.76,0.085,0.4,0
`);

function brushed(draw, path, wide, narrow, pigment, options) {
  const inside = limb(path, wide, narrow);
  const xs = path.map(p => p[0]);
  const ys = path.map(p => p[1]);
  const box = [
    Math.min(...xs) - wide,
    Math.min(...ys) - wide,
    Math.max(...xs) + wide,
    Math.max(...ys) + wide,
  ];
  draw((x, y) => smoothstep(0.0015, -0.0015, inside(x, y)), pigment, {
    wander: 1.6,
    soft: 0.7,
    rim: 0.6,
    box,
    ...options,
  });
}

export function stems(draw, random) {
  const greens = ['#4f7a3a', '#6f9440', '#3d6a4c', '#87a14a', '#35594a'].map(hex);
  for (const [cx, cy, r] of POPPIES) {
    const foot = [cx + random.normal(0, 0.08), 1.03];
    const middle = [lerp(cx, foot[0], 0.5) + random.normal(0, 0.04), lerp(cy, 1, 0.5)];
    const line = traced([[cx, cy + r * 0.3], middle, foot], 14);
    brushed(draw, line, 0.0055, 0.0085, random.pick(greens), { strength: 0.95 });
  }
  // Blades and cut leaves rise from the foot of the sheet, some sharp, some lost in the wet.
  for (let i = 0; i < 130; i++) {
    const x = random.uniform(-0.02, 1.27);
    const top = random.uniform(0.6, 0.93);
    const sway = random.normal(0, 0.06);
    const line = traced(
      [
        [x, 1.04],
        [x + sway * 0.3, lerp(1, top, 0.5)],
        [x + sway, top],
      ],
      9,
    );
    const wet = random.uniform() < 0.35;
    brushed(
      draw,
      line,
      random.uniform(0.004, 0.013),
      0.001,
      varied(random.pick(greens), random.normal(0, 0.03), 0, random.normal(0, 0.1)),
      { strength: wet ? 0.5 : random.uniform(0.55, 1), soft: wet ? 4 : 0.7, wander: wet ? 5 : 2 },
    );
  }
}

/** A poppy: four or five petals laid wet beside each other, creases, and the dark heart. */
export function poppy(draw, random, [cx, cy, r, turned, tilt]) {
  const squash = 1 - 0.55 * turned;
  const petals = 5;
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
  const local = (x, y) => [
    ((x - cx) * cos + (y - cy) * sin) / r,
    ((y - cy) * cos - (x - cx) * sin) / (r * squash),
  ];
  const box = [cx - 1.25 * r, cy - 1.25 * r, cx + 1.25 * r, cy + 1.25 * r];
  for (let p = 0; p < petals; p++) {
    const angle = (2 * Math.PI * p) / petals + random.uniform(-0.25, 0.25) - 0.6;
    const [ux, uy] = [0.44 * Math.cos(angle), 0.44 * Math.sin(angle)];
    const seed = Math.floor(random.uniform(0, 1000));
    const size = random.uniform(0.56, 0.68);
    const color = varied(random.pick(REDS), random.normal(0, 0.012), 0, random.normal(0, 0.05));
    const petal = (x, y) => {
      const [u, v] = local(x, y);
      const a = Math.atan2(v - uy, u - ux);
      const frill = size * (1 + 0.1 * noise2(2.2 * a, seed, 5) + 0.045 * noise2(7 * a, seed, 6));
      return smoothstep(1.03, 0.97, Math.hypot(u - ux, v - uy) / frill);
    };
    // Load falls towards the rim, where the brush was wetter.
    draw(
      (x, y) => {
        const [u, v] = local(x, y);
        const radial = Math.hypot(u, v);
        const vein = 0.16 * noise2(9 * Math.atan2(v, u), 1.6 * radial, seed) * smoothstep(0.1, 0.6, radial);
        return (
          petal(x, y) *
          (0.62 + 0.3 * fbm2(2.4 * u + seed, 2.4 * v, 3, 4) + vein + 0.25 * smoothstep(0.1, -0.6, v))
        );
      },
      color,
      { strength: 0.85, wander: 2.4, soft: 0.9, rim: 0.75, grain: 0.3, bloom: 0.45, box },
    );
  }
  // Shadow glazes between petals and under the near one.
  draw(
    (x, y) => {
      const [u, v] = local(x, y);
      const radial = Math.hypot(u, v);
      const fold = smoothstep(0.1, 0.5, noise2(2.3 * Math.atan2(v, u) + 3 * cx, 2 * radial, 8));
      return fold * smoothstep(1.0, 0.3, radial) * 0.8;
    },
    hex('#8f2446'),
    { strength: 0.55, wander: 3, soft: 2.2, rim: 0.5, box },
  );
  if (turned > 0.62) return;
  const heart = 0.2 * (1 - 0.3 * turned);
  draw(
    (x, y) => {
      const [u, v] = local(x, y);
      return smoothstep(1.25, 0.55, Math.hypot(u, v) / heart + 0.3 * noise2(14 * u, 14 * v, 3));
    },
    hex('#2b2340'),
    { strength: 1.1, wander: 2, soft: 1.4, rim: 0.5, box },
  );
  for (let i = 0; i < 34; i++) {
    const [a, d] = [random.uniform(0, 2 * Math.PI), random.uniform(0.22, 0.36)];
    const [u, v] = [d * r * Math.cos(a), d * r * squash * Math.sin(a)];
    const [x0, y0] = [cx + u * cos - v * sin, cy + u * sin + v * cos];
    brushed(
      draw,
      [
        [lerp(cx, x0, 0.5), lerp(cy, y0, 0.5)],
        [x0, y0],
      ],
      0.0012,
      0.0026,
      hex('#241c33'),
      { strength: 0.9, wander: 0.5, rim: 0.2 },
    );
  }
}

export function buds(draw, random) {
  for (const [x, y, lean] of points('0.3,0.16,0.12 0.56,0.12,-0.08 1.0,0.13,0.1 0.86,0.1,-0.05')) {
    const line = traced(
      [
        [x, y],
        [x + lean * 0.4, y - 0.035],
        [x + lean, y + 0.06],
        [x + lean * 1.6, 0.6],
        [x + lean * 1.2, 1.02],
      ],
      16,
    );
    brushed(draw, line, 0.0035, 0.006, hex('#5f8445'), { strength: 0.85 });
    brushed(
      draw,
      [
        [x, y - 0.004],
        [x - lean * 0.12, y + 0.045],
      ],
      0.019,
      0.012,
      hex('#6f9247'),
      { strength: 0.9 },
    );
    brushed(
      draw,
      [
        [x - lean * 0.1, y + 0.025],
        [x - lean * 0.16, y + 0.058],
      ],
      0.009,
      0.005,
      random.pick(REDS),
      { strength: 0.9 },
    );
  }
}

export function cornflowers(draw, random) {
  for (const [cx, cy, r] of points(`
  0.5,0.78,0.045 0.32,0.82,0.05 1.02,0.72,0.045 0.08,0.8,0.04 1.17,0.6,0.036 0.68,0.86,0.04
  0.93,0.88,0.045
`)) {
    for (let k = 0; k < 15; k++) {
      const a = (2 * Math.PI * k) / 15 + random.normal(0, 0.15);
      const d = r * random.uniform(0.7, 1.1);
      brushed(
        draw,
        [
          [cx + 0.2 * d * Math.cos(a), cy + 0.2 * d * Math.sin(a)],
          [cx + d * Math.cos(a), cy + 0.75 * d * Math.sin(a)],
        ],
        r * 0.07,
        r * 0.24,
        random.pick(['#3f5fc4', '#5a7ad8', '#5b4fb5', '#2f4aa0'].map(hex)),
        { strength: 0.75, wander: 1.4 },
      );
    }
    draw((x, y) => smoothstep(1.1, 0.6, Math.hypot(x - cx, y - cy) / (r * 0.3)), hex('#43266a'), {
      strength: 0.8,
      wander: 1.5,
      box: [cx - r, cy - r, cx + r, cy + r],
    });
  }
}
