/** A breaking wave under a pale sky, boats in the trough, a snow peak behind: flat colours printed from many blocks. */
import { hex, mix } from '../color.mjs';
import { fbm2, noise2 } from '../noise.mjs';
import { paper } from '../paper.mjs';
import { ColourPrint } from '../print.mjs';
import { Random } from '../random.mjs';
import { bell, clamp, lerp, smoothstep, tabulated } from '../scalar.mjs';
import { points } from '../shape.mjs';
import { curve } from '../tracer/solids.mjs';

// The picture's own coordinates: x in [0, 1.25], y in [0, 1] downwards.

const DEEP = hex('#1b3560');
const PRUSSIAN = hex('#2a5186');
const MIDDLE = hex('#5f92b4');
const PALE = hex('#b4d0d0');
const FOAM = hex('#f6efdd');
const LINE = hex('#13223f');

/** The great wave from its lip, down its back to the left, and down its hollow face to the trough. */
const BACK = points('0.66,0.26 0.6,0.17 0.5,0.105 0.38,0.09 0.25,0.14 0.14,0.26 0.05,0.4 -0.06,0.56');
const FACE = points(
  '0.66,0.26 0.59,0.25 0.51,0.29 0.45,0.38 0.44,0.5 0.5,0.62 0.61,0.72 0.76,0.79 0.95,0.83',
);

const middle = tabulated(
  x => 0.8 - 0.16 * bell(x - 1.1, 0.15) - 0.045 * bell(x - 0.76, 0.07) - 0.015 * Math.sin(11 * x),
  -0.1,
  1.4,
);
const near = tabulated(
  x => 0.93 - 0.1 * bell(x - 0.2, 0.15) - 0.07 * bell(x - 0.86, 0.16) + 0.012 * Math.sin(13 * x + 1),
  -0.1,
  1.4,
);
const peak = tabulated(
  x => 0.7 - 0.235 * Math.exp(-(Math.abs((x - 0.86) / 0.15) ** 1.15)) + 0.004 * noise2(30 * x, 2),
  -0.1,
  1.4,
);

const trace = (control, count) => Array.from({ length: count }, (_, i) => curve(control, i / (count - 1)));
const rim = (f, from = -0.05, to = 1.3) =>
  Array.from({ length: 300 }, (_, i) => [lerp(from, to, i / 299), f(lerp(from, to, i / 299))]);
const ground = f => [...rim(f), [1.3, 1.1], [-0.05, 1.1]];

export function paint({ width = 640, height = 512 } = {}) {
  const oversample = 3;
  const s = height * oversample;
  const print = new ColourPrint(width * oversample, s);
  const random = new Random(14);
  sky(print, s);
  mountain(print, s);
  lesserWave(print, s, middle, random, 0.86);
  boat(print, s, [0.9, 0.795], -0.12, 0.3);
  greatWave(print, s, random);
  boat(print, s, [0.52, 0.835], 0.14, 0.34);
  lesserWave(print, s, near, random, 1);
  spray(print, s, random);
  const sheet = paper(width * oversample, s, hex('#efe2c4'), { scale: 4, seed: 6, tooth: 0.035 });
  return print.over(sheet, { scale: oversample * (height / 512) }).shrunk(oversample);
}

const scaledBy = (path, s) => path.map(([x, y]) => [x * s, y * s]);

/** Bokashi: colour wiped to nothing on the block before printing, dark at the top, a blush over the sea. */
function sky(print, s) {
  print.area(
    () => true,
    (px, py) => {
      const [x, y] = [px / s, py / s];
      const top = smoothstep(0.3, 0.0, y + 0.02 * noise2(2 * x, 3));
      const blush = bell(y - 0.6, 0.2) * 0.55;
      const cloud =
        smoothstep(0.04, 0.12, fbm2(1.5 * x + 3, 5.5 * y, 3, 5) - 0.1) * bell(y - 0.3, 0.16) * 0.35;
      const color = mix(mix(hex('#f2c9a0'), hex('#b9c6bd'), smoothstep(0.5, 0.25, y)), hex('#37608c'), top);
      return [...color, clamp(0.8 * top + 0.8 * blush + cloud)];
    },
  );
}

function mountain(print, s) {
  const outline = rim(peak, 0.5, 1.3);
  print.fill(scaledBy([...outline, [1.3, 0.9], [0.5, 0.9]], s), (px, py) => [
    ...mix(hex('#3d5f86'), hex('#a9b8b0'), smoothstep(0.5, 0.72, py / s)),
    0.95,
  ]);
  // Snow runs down the gullies.
  print.area((px, py) => {
    const [x, y] = [px / s, py / s];
    const below = y - peak(x);
    const tongue =
      0.065 + 0.05 * Math.abs(noise2(38 * x + 6 * (y - 0.5), 1, 3)) + 0.03 * noise2(90 * x, 2, 4);
    return below > 0 && below < tongue - 2.2 * Math.max(0, Math.abs(x - 0.86) - 0.045) ** 1.1;
  }, FOAM);
  print.line(scaledBy(outline, s), () => 0.0035 * s, LINE);
}

/** A wave of curves between its back and its face: stripes from trough to lip, foam along the crest. */
function greatWave(print, s, random) {
  const back = trace(BACK, 120);
  const face = trace(FACE, 120);
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
    ...trace(FACE, 60)
      .slice(0, 34)
      .map(([x, y], i) => [x - 0.004, y - 0.004, 0.03 - 0.0006 * i]),
    ...trace(BACK, 60)
      .slice(0, 46)
      .map(([x, y], i) => [x, y + 0.012, 0.03 - 0.00045 * i]),
  ]);
}

/** A hook of foam: the points of its spine and its width along them, then two smaller hooks from its bend. */
function hook({ x, y, way, size, hand }, depth, out) {
  const path = [];
  let angle = way;
  for (let i = 0; i <= 16; i++) {
    path.push([x, y]);
    angle += hand * (0.05 + 0.2 * (i / 16));
    x += (Math.cos(angle) * size) / 13;
    y += (Math.sin(angle) * size) / 13;
    if (depth > 0 && (i === 6 || i === 10))
      hook({ x, y, way: angle - hand * 0.95, size: size * 0.52, hand }, depth - 1, out);
  }
  out.push({ path, wide: size * 0.34 });
}

/** White foam with one outline around the whole: everything is cut a little wider in line colour first. */
function foam(print, s, random, claws, bodies) {
  const hooks = [];
  for (const claw of claws) hook(claw, 1, hooks);
  const blots = bodies.map(([x, y, r]) => [
    x + random.normal(0, 0.004),
    y + random.normal(0, 0.004),
    r * random.uniform(0.7, 1.1),
  ]);
  for (const [color, extra] of [
    [LINE, 0.0064],
    [FOAM, 0],
  ]) {
    for (const [x, y, r] of blots) print.line(scaledBy([[x, y]], s), () => s * (r + extra), color);
    for (const { path, wide } of hooks)
      print.line(scaledBy(path, s), t => s * (wide * (1 - t) ** 0.75 + extra * (1 - 0.4 * t)), color);
  }
  // Blue shadow within the foam, on its under side.
  for (const [x, y, r] of blots) {
    if (random.uniform() < 0.55) continue;
    const bend = [
      [x - r * 0.3, y + r * 0.1],
      [x, y + r * 0.28],
      [x + r * 0.32, y + r * 0.1],
    ];
    print.line(scaledBy(bend, s), () => s * 0.004, MIDDLE);
  }
  for (const { path, wide } of hooks) {
    if (wide < 0.008) continue;
    print.line(
      scaledBy(
        path.slice(1, 11).map(([x, y]) => [x + wide * 0.14, y + wide * 0.14]),
        s,
      ),
      t => s * 0.0036 * (1 - t),
      MIDDLE,
    );
  }
}

/** A low wave: its body, stripes that follow the crest and close up with depth, caps of foam. */
function lesserWave(print, s, crest, random, strength) {
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

/** A long boat, bow to the right, with its rowers bent low. */
function boat(print, s, [x, y], turn, long) {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const place = path =>
    scaledBy(
      path.map(([u, v]) => [x + long * (u * cos - v * sin), y + long * (u * sin + v * cos)]),
      s,
    );
  const hull = [
    ...trace(points('-0.5,-0.05 -0.3,0.03 0,0.055 0.3,0.02 0.56,-0.11'), 40),
    ...trace(points('0.5,-0.02 0.3,0.085 0,0.12 -0.3,0.095 -0.47,0.01'), 40),
  ];
  for (let i = 0; i < 7; i++) {
    const u = -0.32 + 0.095 * i;
    print.line(
      place([
        [u, 0.03],
        [u + 0.01, -0.035],
      ]),
      () => long * s * 0.062,
      i % 2 ? hex('#2b4a72') : hex('#3c3a4a'),
    );
    print.line(place([[u + 0.022, -0.062]]), () => long * s * 0.05, hex('#d8b48a'));
    print.line(
      place([
        [u - 0.012, -0.078],
        [u + 0.03, -0.084],
      ]),
      () => long * s * 0.02,
      LINE,
    );
  }
  print.fill(place(hull), hex('#d9b878'));
  print.fill(place(hull.map(([u, v]) => [u, v * 0.5 + 0.055])), hex('#b98a4c'));
  print.line(place([...hull, hull[0]]), () => 0.0042 * s, LINE);
}

/** Drops thrown from the lip, thick near it and thinning into the sky. */
function spray(print, s, random) {
  for (let i = 0; i < 420; i++) {
    const [x, y] = curve(random.uniform() < 0.6 ? FACE : BACK, random.uniform(0, 0.42));
    const far = Math.abs(random.normal(0, 0.055));
    const angle = random.uniform(-0.9, 1.9);
    const at = [x + far * Math.cos(angle), y + far * Math.sin(angle) * (angle > 0 ? 1.3 : 0.7)];
    print.line(scaledBy([at], s), () => s * random.uniform(0.002, 0.0085) * (1 - 4 * far), FOAM);
  }
}
