/** The river: reflections, the boat with its fisherman, the near bank and its reeds. */
import { traced } from '../../curve.mjs';
import { streamline } from '../../flow.mjs';
import { fbm2, noise2 } from '../../noise.mjs';
import { clamp, smoothstep } from '../../scalar.mjs';
import { points } from '../../shape.mjs';
import { CRESTS, WATER } from './peaks.mjs';

export function water(sheet, s, random) {
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

export function boat(sheet, s) {
  const line = (points, width, ink = 2.2, dry = 0.2) => {
    const length = points
      .slice(1)
      .reduce((sum, p, i) => sum + Math.hypot(p[0] - points[i][0], p[1] - points[i][1]), 0);
    sheet.stroke(traced(points, Math.max(4, Math.round(length * s)), s), {
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

/** The near bank: boulders in broken ink, and reeds struck upwards in single strokes. */
export function bank(sheet, s, random) {
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
    sheet.stroke(traced(blade, 140, s), {
      width: t => wide * Math.sin(Math.PI * (0.12 + 0.86 * t)) ** 0.8,
      ink: random.uniform(0.6, 2),
      dry: random.uniform(0.15, 0.5),
      seed: 3400 + i,
    });
  }
}
