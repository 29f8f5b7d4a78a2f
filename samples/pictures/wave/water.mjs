/** Waves: their outlines, ribs and swell. Coordinates: x in [0, 1.25], y in [0, 1] downwards. */
import { hex, mix } from '../../color.mjs';
import { curve, traced } from '../../curve.mjs';
import { noise2 } from '../../noise.mjs';
import { clamp, lerp, smoothstep } from '../../scalar.mjs';
import { points } from '../../shape.mjs';
import { foam } from './foam.mjs';
import { DEEP, LINE, MIDDLE, PALE, PRUSSIAN, scaledBy } from './palette.mjs';

/** The great wave from its lip, down its back to the left, and down its hollow face to the trough. */
export const BACK = points('0.66,0.26 0.6,0.17 0.5,0.105 0.38,0.09 0.25,0.14 0.14,0.26 0.05,0.4 -0.06,0.56');

export const FACE = points(
  '0.66,0.26 0.59,0.25 0.51,0.29 0.45,0.38 0.44,0.5 0.5,0.62 0.61,0.72 0.76,0.79 0.95,0.83',
);

export const rim = (f, from = -0.05, to = 1.3) =>
  Array.from({ length: 300 }, (_, i) => [lerp(from, to, i / 299), f(lerp(from, to, i / 299))]);

const ground = f => [...rim(f), [1.3, 1.1], [-0.05, 1.1]];

/** A wave of curves between its back and its face: stripes from trough to lip, foam along the crest. */
export function greatWave(print, s, random) {
  const back = traced(BACK, 120);
  const face = traced(FACE, 120);
  const body = [...[...back].reverse(), ...face, [0.95, 0.86], [0.95, 1.1], [-0.06, 1.1]];
  print.fill(scaledBy(body, s), (px, py) => mix(PRUSSIAN, DEEP, smoothstep(0.15, 0.75, py / s)));
  const rib = k =>
    back.map(([bx, by], i) => {
      const [fx, fy] = face[i];
      const t = i / 119;
      // Ribs sag a little between back and face, so that the water seems to bulge.
      const sag = 0.06 * Math.sin(Math.PI * k) * t;
      return [lerp(bx, fx, k) - sag * 0.4, lerp(by, fy, k) + sag];
    });
  for (let i = 0; i < 15; i++) {
    const k = (i + 0.5) / 15;
    const path = scaledBy(rib(k), s);
    const color = [PALE, MIDDLE, hex('#7fb0c2'), MIDDLE][i % 4];
    const reach = random.uniform(0.72, 1);
    print.line(
      path.slice(9),
      t =>
        t > reach
          ? 0
          : s * (0.003 + 0.017 * t ** 0.8) * Math.sin(Math.PI * clamp(0.1 + 0.9 * (t / reach), 0, 1)) ** 0.6,
      color,
    );
    print.line(scaledBy(rib(k + 0.018), s).slice(14), t => s * 0.0024 * (t < reach ? 1 : 0), LINE);
  }
  // Between them, low down, shorter ribs that fade in and out.
  for (let i = 0; i < 16; i++) {
    const k = (i + 1) / 16;
    const from = Math.floor(random.uniform(58, 84));
    const path = scaledBy(rib(k).slice(from, from + Math.floor(random.uniform(22, 36))), s);
    print.line(path, t => s * 0.012 * Math.sin(Math.PI * t), i % 2 ? MIDDLE : hex('#3a6a9c'));
  }
  // Swell at its foot, level lines from the back to the trough.
  for (let i = 0; i < 6; i++) {
    const t = 104 + 7 * i;
    const level = Array.from({ length: 60 }, (_, j) => {
      const k = j / 59;
      const [x, y] = rib(k)[Math.min(119, t)];
      return [x, y + 0.004 * Math.max(0, t - 119) + 0.01 * Math.sin(9 * k + 2 * i)];
    });
    const [from, to] = [random.uniform(0, 0.3), random.uniform(0.55, 0.95)];
    print.line(
      scaledBy(level, s),
      u => s * 0.011 * Math.sin(Math.PI * clamp((u - from) / (to - from))),
      i % 3 ? MIDDLE : PALE,
    );
  }
  print.line(scaledBy(back, s), () => 0.005 * s, LINE);
  print.line(scaledBy(face, s), t => s * (0.012 + 0.024 * t) * smoothstep(1, 0.6, t), PALE);
  print.line(
    scaledBy(
      face.map(([x, y]) => [x + 0.007, y - 0.004]),
      s,
    ),
    () => 0.004 * s,
    LINE,
  );
  const claws = [];
  // Foam hangs from the lip and the upper face, and stands up along the back.
  for (let i = 0; i < 46; i++) {
    const t = 0.52 * (i / 46);
    const [x, y] = curve(FACE, t);
    const [ax, ay] = curve(FACE, t + 0.01);
    const way = Math.atan2(ay - y, ax - x) - Math.PI / 2 + 0.5 - 0.5 * t;
    claws.push({
      x,
      y,
      way: way + random.normal(0, 0.25),
      size: lerp(0.088, 0.026, t / 0.52) * random.uniform(0.7, 1.25),
      hand: 1,
    });
  }
  for (let i = 0; i < 50; i++) {
    const t = 0.02 + 0.72 * (i / 50);
    const [x, y] = curve(BACK, t);
    const [ax, ay] = curve(BACK, t + 0.01);
    const way = Math.atan2(ay - y, ax - x) + Math.PI / 2 + 0.45;
    claws.push({
      x,
      y: y + 0.006,
      way: way + random.normal(0, 0.3),
      size: lerp(0.07, 0.022, t / 0.74) * random.uniform(0.6, 1.2),
      hand: 1,
    });
  }
  foam(print, s, random, claws, [
    ...traced(FACE, 60)
      .slice(0, 34)
      .map(([x, y], i) => [x - 0.004, y - 0.004, 0.03 - 0.0006 * i]),
    ...traced(BACK, 60)
      .slice(0, 46)
      .map(([x, y], i) => [x, y + 0.012, 0.03 - 0.00045 * i]),
  ]);
}

/** A low wave: its body, stripes that follow the crest and close up with depth, caps of foam. */
export function lesserWave(print, s, crest, random, strength) {
  print.fill(scaledBy(ground(crest), s), (px, py) =>
    mix(PRUSSIAN, DEEP, smoothstep(0, 0.13, py / s - crest(px / s)) * strength),
  );
  for (let k = 0; k < 6; k++) {
    const lift = 0.012 + 0.022 * k + 0.006 * k * k * 0.4;
    const shift = random.uniform(0, 9);
    const line = rim(
      x => crest(x) + lift * (1 + 0.35 * Math.sin(8 * x + shift)) + 0.004 * noise2(20 * x, shift),
    );
    print.line(
      scaledBy(line, s),
      t => s * 0.011 * Math.max(0, noise2(9 * t + shift, k, 6) + 0.45),
      k % 2 ? MIDDLE : PALE,
    );
  }
  print.line(scaledBy(rim(crest), s), () => 0.004 * s, LINE);
  const claws = [];
  const bodies = [];
  for (let i = 0; i < 130; i++) {
    const x = lerp(-0.03, 1.28, i / 129);
    const steep = crest(x + 0.01) - crest(x - 0.01);
    const high = smoothstep(0.02, 0.1, crest(-0.1) - crest(x)) + 3 * Math.abs(steep);
    if (random.uniform() > high * 1.2) continue;
    const size = random.uniform(0.014, 0.034) * clamp(0.5 + high, 0, 1.2);
    const hand = steep < 0 ? 1 : -1;
    claws.push({
      x,
      y: crest(x) + 0.004,
      way: hand > 0 ? -1.9 + random.normal(0, 0.3) : -1.2 + random.normal(0, 0.3),
      size,
      hand,
    });
    bodies.push([x, crest(x) + 0.006, size * 0.55]);
  }
  foam(print, s, random, claws, bodies);
}
