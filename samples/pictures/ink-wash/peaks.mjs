/** Towers of rock in mist. Coordinates: x in [0, 1.25], y in [0, 1] downwards; `s` pixels to one. */
import { streamline } from '../../flow.mjs';
import { fbm2, noise2 } from '../../noise.mjs';
import { bell, clamp, smoothstep, tabulated } from '../../scalar.mjs';
import { points } from '../../shape.mjs';

export const WATER = 0.72;

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
export const CRESTS = RANGES.map(({ towers, rough }, seed) =>
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

export function mountains(sheet, s, random) {
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
