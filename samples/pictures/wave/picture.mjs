/** A breaking wave under a pale sky, boats in the trough, a snow peak behind: flat colours printed from many blocks. */
import { hex, mix } from '../../color.mjs';
import { curve, traced } from '../../curve.mjs';
import { fbm2, noise2 } from '../../noise.mjs';
import { paper } from '../../paper.mjs';
import { ColourPrint } from '../../print.mjs';
import { Random } from '../../random.mjs';
import { bell, clamp, smoothstep, tabulated } from '../../scalar.mjs';
import { points } from '../../shape.mjs';
import { FOAM, LINE, scaledBy } from './palette.mjs';
import { BACK, FACE, greatWave, lesserWave, rim } from './water.mjs';

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

/** A long boat, bow to the right, with its rowers bent low. */
function boat(print, s, [x, y], turn, long) {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const place = path =>
    scaledBy(
      path.map(([u, v]) => [x + long * (u * cos - v * sin), y + long * (u * sin + v * cos)]),
      s,
    );
  const hull = [
    ...traced(points('-0.5,-0.05 -0.3,0.03 0,0.055 0.3,0.02 0.56,-0.11'), 40),
    ...traced(points('0.5,-0.02 0.3,0.085 0,0.12 -0.3,0.095 -0.47,0.01'), 40),
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
