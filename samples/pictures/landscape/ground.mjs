/** The lie of the land: a lake, meadows, wooded hills, mountains. Metres; the eye looks along -z; the lake is at y = 0. */
import { linearHex, mix, scaled } from '../../color.mjs';
import { fbm2, noise2, ridged2 } from '../../noise.mjs';
import { bell, clamp, lerp, smoothstep } from '../../scalar.mjs';
import { bumped } from '../../tracer/bump.mjs';
import { Mesh } from '../../tracer/mesh.mjs';

/** Negative over the lake, positive on land, in metres from the shore, about. */
function shore(x, z) {
  const near =
    z +
    15.5 -
    11.5 * smoothstep(-5, 9, x) +
    2.6 * noise2(0.13 * x, 0.1 * z, 3) +
    0.9 * noise2(0.45 * x, 0.4 * z, 4);
  const far =
    -112 - z + 26 * noise2(0.014 * x, 1.5, 5) + 22 * bell(x - 26, 24) + 4 * noise2(0.07 * x, 0.05 * z, 8);
  const left = -0.62 * x - 58 + 0.1 * z + 7 * noise2(0.04 * z, 3, 6);
  return Math.max(near, far, left);
}

/** Height of the ground. */
export function elevation(x, z) {
  const s = shore(x, z);
  if (s < 0) return Math.max(-2, 0.12 * s);
  const depth = -z;
  const knoll = 1.5 * bell(Math.hypot(x - 25, z + 106), 15) * smoothstep(0, 5, s);
  const bank = 0.55 * (1 - Math.exp(-s / 3)) + 0.02 * Math.min(s, 60) + knoll;
  const rise = smoothstep(110, 420, depth);
  const hills =
    rise *
    (34 * (0.5 + fbm2(0.0042 * x + 3, 0.0042 * z, 4, 11)) +
      26 * smoothstep(30, -260, x) * smoothstep(120, 420, depth));
  const mountains =
    smoothstep(600, 1700, depth) *
    (470 * ridged2(0.0007 * x + 0.3 + 0.12 * noise2(0.002 * x, 0.002 * z, 15), 0.0007 * z, 7, 17, 0.46) +
      60 * bell(x + 500, 500));
  return bank + Math.max(0, hills) + mountains + 0.25 * fbm2(0.12 * x, 0.12 * z, 3, 9) * smoothstep(0, 8, s);
}

/** A sheet whose cells grow with the distance, so that all look about the same size. */
export const terrain = () =>
  Mesh.grid(300, 420, (u, v) => {
    const depth = 2.2 * Math.exp(v * Math.log(3200 / 2.2));
    const x = (2 * u - 1) * (depth * 0.85 + 9);
    return [x, elevation(x, 6 - depth), 6 - depth];
  });

export const lake = () => Mesh.grid(1, 1, (u, v) => [lerp(-400, 400, u), 0, lerp(-2, -420, v)]);

/** Meadow, mud at the shore, bare rock where it is steep, forest floor in the hills. */
export function soil(hit, detail) {
  const [x, y, z] = hit.local;
  const steep = 1 - hit.normal[1];
  const meadow = mix(
    linearHex('#5c6b2a'),
    linearHex('#8f8a3c'),
    clamp(0.5 + 0.9 * fbm2(0.05 * x, 0.05 * z, 3, 2)),
  );
  let color = mix(meadow, linearHex('#39491f'), smoothstep(90, 260, -z) * 0.6);
  if (!detail) return { albedo: color, specular: 0 };
  const speck = fbm2(1.7 * x, 1.7 * z, 4, 6, 0.7);
  color = scaled(color, 1 + 0.45 * speck + 0.25 * fbm2(0.3 * x, 0.3 * z, 3, 7));
  const mud = scaled(linearHex('#6a5a41'), 1 + 0.5 * speck);
  color = mix(mud, color, smoothstep(0.06, 0.32, y + 0.1 * speck));
  const rock = scaled(
    mix(linearHex('#7c7569'), linearHex('#55504c'), 0.5 + 0.5 * noise2(0.02 * x, 0.09 * y, 4)),
    1 + 0.4 * fbm2(0.02 * x, 0.02 * z + 0.03 * y, 5, 5, 0.65),
  );
  color = mix(
    color,
    rock,
    smoothstep(0.2, 0.42, steep + 0.12 * fbm2(0.01 * x, 0.01 * z, 4, 3) + 0.1 * smoothstep(160, 330, y)),
  );
  const snow =
    smoothstep(250, 330, y + 60 * fbm2(0.006 * x, 0.006 * z, 4, 14)) * smoothstep(0.5, 0.25, steep);
  color = mix(color, [0.75, 0.78, 0.84], snow);
  return { albedo: color, specular: 0 };
}

/** The lake: nearly a mirror, with cat's-paws of wind and longer swell. */
export function water(hit, detail) {
  const [x, , z] = hit.local;
  const gust = smoothstep(-0.15, 0.5, fbm2(0.018 * x, 0.05 * z, 3, 33));
  // Far off, ripples are finer than a pixel: what is left of them is a softer mirror.
  const near = 0.12 + 0.88 * smoothstep(110, 12, hit.t);
  const wave = (a, _, c) =>
    near *
    (0.004 * noise2(0.5 * a, 1.6 * c, 4) +
      (0.0008 + 0.0045 * gust) * noise2(1.7 * a, 5 * c, 5) +
      0.0005 * noise2(6 * a, 14 * c, 6));
  return {
    albedo: linearHex('#1d2f2c'),
    normal: detail ? bumped(hit, wave, 0.02) : undefined,
    specular: 0.022,
    roughness: 0.02 + 0.1 * (1 - near) * gust,
  };
}

/** Stone: speckled, lichen on top, wet and dark at the waterline. */
export function stone(hit, detail) {
  const [x, y, z] = hit.position;
  let color = mix(linearHex('#8b8579'), linearHex('#5f5a52'), clamp(0.5 + noise2(2.1 * x, 2.1 * z + y, 8)));
  if (!detail) return { albedo: color, specular: 0 };
  color = scaled(color, 1 + 0.5 * fbm2(5 * x + 2 * y, 5 * z - 3 * y, 4, 21, 0.65));
  color = mix(
    color,
    linearHex('#9a9a62'),
    0.6 * smoothstep(0.1, 0.5, fbm2(3 * x, 3 * z, 3, 22) + 0.5 * hit.normal[1] - 0.3),
  );
  color = scaled(color, 0.45 + 0.55 * smoothstep(0.03, 0.16, y));
  return { albedo: color, specular: 0.02, roughness: 0.6 };
}
