/** The pine that leans in from the right. */
import { curve, traced } from '../../curve.mjs';
import { streamline } from '../../flow.mjs';
import { points } from '../../shape.mjs';

export function pine(sheet, s, random) {
  const trunk = points('1.29,0.5 1.2,0.42 1.14,0.37 1.08,0.34 1.0,0.27 0.93,0.26 0.85,0.3');
  const boughs = [
    points('1.14,0.37 1.08,0.42 1.0,0.43 0.93,0.46'),
    points('1.08,0.34 1.07,0.25 1.01,0.17 0.94,0.14'),
    points('1.2,0.42 1.19,0.3 1.21,0.2 1.17,0.1'),
    points('0.96,0.265 0.9,0.21 0.84,0.2'),
    points('1.22,0.44 1.15,0.5 1.09,0.53'),
  ];
  sheet.stroke(traced(trunk, 300, s), {
    width: t => s * (0.042 - 0.036 * t) * (1 + 0.2 * Math.sin(23 * t)),
    ink: 1.5,
    dry: 0.55,
    side: -0.7,
    seed: 71,
  });
  sheet.stroke(
    traced(
      trunk.map(([x, y]) => [x, y + 0.004]),
      300,
      s,
    ),
    { width: t => s * (0.02 - 0.016 * t), ink: 1.2, dry: 0.95, side: -0.6, seed: 72 },
  );
  boughs.forEach((bough, i) =>
    sheet.stroke(traced(bough, 170, s), {
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
