/** Peaks in river mist, a pine leaning in, one boat: ink and water on paper. */
import { hex, mix } from '../../color.mjs';
import { traced } from '../../curve.mjs';
import { InkSheet } from '../../ink.mjs';
import { fbm2, noise2 } from '../../noise.mjs';
import { paper } from '../../paper.mjs';
import { Random } from '../../random.mjs';
import { clamp, smoothstep } from '../../scalar.mjs';
import { points } from '../../shape.mjs';
import { mountains } from './peaks.mjs';
import { pine } from './pine.mjs';
import { bank, boat, water } from './river.mjs';

function birds(sheet, s) {
  for (const [x, y, k] of points('0.55,0.16,1 0.6,0.135,0.8 0.64,0.17,0.9 0.5,0.12,0.6 0.69,0.14,0.65')) {
    for (const side of [-1, 1]) {
      const wing = [
        [x, y],
        [x + side * 0.011 * k, y - 0.009 * k],
        [x + side * 0.025 * k, y - 0.004 * k],
      ];
      sheet.stroke(traced(wing, 26, s), {
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
