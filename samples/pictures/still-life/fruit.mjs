/** Fruit: their meshes and what their skins look like. Lengths are in decimetres, colours in linear light. */
import { linearHex, mix } from '../../color.mjs';
import { fbm3, noise3 } from '../../noise.mjs';
import { bell, clamp, ramp, smoothstep } from '../../scalar.mjs';
import { points } from '../../shape.mjs';
import { bumped } from '../../tracer/bump.mjs';
import { lathe, sphere, tube } from '../../tracer/solids.mjs';

const APPLE = points(`
  0.0,0.1 0.08,0.055 0.2,0.0 0.34,0.06 0.45,0.24 0.5,0.46 0.47,0.68 0.36,0.84 0.21,0.88
  0.1,0.81 0.035,0.7 0.0,0.66
`);
const PEAR = points(`
  0.0,0.07 0.1,0.02 0.22,0.01 0.38,0.1 0.47,0.28 0.475,0.46 0.4,0.68 0.285,0.87 0.215,1.03
  0.17,1.15 0.1,1.21 0.03,1.2 0.0,1.17
`);
const LEMON = points(`
  0.0,-0.5 0.05,-0.49 0.09,-0.44 0.2,-0.36 0.31,-0.2 0.345,0.0 0.31,0.2 0.2,0.36 0.1,0.45
  0.06,0.51 0.0,0.53
`);

/** Fruit are never quite round: low ribs, and swellings of noise. */
const grown =
  (ribs, depth, seed) =>
  (angle, [x, y, z]) => {
    const swell = 1 + depth * Math.cos(ribs * angle) * smoothstep(0.1, 0.5, Math.hypot(x, z));
    const bulge = 1 + 0.09 * noise3(1.5 * x + seed, 1.5 * y, 1.5 * z, seed);
    return [x * swell * bulge, y + 0.03 * noise3(2 * x, seed, 2 * z), z * swell * bulge];
  };

export const apple = seed => lathe(APPLE, { shape: grown(5, 0.018, seed) });
export const pear = seed => lathe(PEAR, { shape: grown(3, 0.012, seed) });
export const lemon = seed => lathe(LEMON, { shape: grown(4, 0.006, seed) });
export const grape = () => sphere(36);
export const stem = path => tube(path, t => 0.022 + 0.016 * t * t, { around: 10, along: 16 });

export const stalk = () => ({ albedo: linearHex('#5a4026'), specular: 0.02, roughness: 0.6 });

/** Apple skin: red streaks from the stem over a yellow-green ground, pale lenticels, russet in the hollow. */
export function appleSkin({ ground, blush, red, seed }) {
  const [groundColor, blushColor] = [linearHex(ground), linearHex(blush)];
  const russet = linearHex('#8a7440');
  return (hit, detail) => {
    const [x, y, z] = hit.local;
    const angle = Math.atan2(z, x);
    const side = fbm3(1.3 * x + seed, 1.3 * y, 1.3 * z, 2, seed);
    if (!detail) return { albedo: mix(groundColor, blushColor, clamp(red + 0.6 * side)), specular: 0 };
    const streak = fbm3(5 * Math.cos(angle), 5 * Math.sin(angle), 1.1 * y + seed, 4, seed + 3, 0.65);
    let skin = mix(groundColor, blushColor, smoothstep(-0.35, 0.45, red - 0.5 + 1.3 * side + 0.75 * streak));
    skin = skin.map(v => v * (1 + 0.22 * streak));
    const pits = noise3(26 * x, 26 * y, 26 * z, seed + 7);
    skin = mix(skin, groundColor, 0.55 * smoothstep(0.62, 0.85, pits));
    const radius = Math.hypot(x, z);
    const hollow = bell(radius, 0.15) * smoothstep(0.5, 0.7, y);
    skin = mix(skin, russet, 0.8 * hollow * (0.6 + 0.6 * noise3(9 * x, 9 * y, 9 * z)));
    const normal = bumped(hit, (a, b, c) => 0.006 * noise3(6 * a, 6 * b, 6 * c, seed));
    return { albedo: skin, normal, specular: 0.045, roughness: 0.3 };
  };
}

/** Pear skin: yellow-green with a warm cheek, brown specks, russet about the stem and eye. */
export function pearSkin({ ground, blush, russet, seed }) {
  const [groundColor, blushColor, brown] = [ground, blush, russet].map(linearHex);
  return (hit, detail) => {
    const [x, y, z] = hit.local;
    const cheek = smoothstep(-0.1, 0.55, x * 0.9 + 0.35 * noise3(2 * x, 2 * y, 2 * z, seed));
    let skin = mix(groundColor, blushColor, 0.85 * cheek);
    if (!detail) return { albedo: skin, specular: 0 };
    const mottle = fbm3(5 * x, 5 * y, 5 * z, 4, seed);
    skin = skin.map(v => v * (1 + 0.3 * mottle));
    const specks = noise3(36 * x, 36 * y, 36 * z, seed + 3) + 0.35 * mottle;
    skin = mix(skin, brown, 0.7 * smoothstep(0.42, 0.75, specks));
    const ends = Math.max(smoothstep(0.98, 1.2, y), smoothstep(0.12, 0.0, y));
    skin = mix(skin, brown, clamp(ends * (0.7 + mottle)));
    const normal = bumped(
      hit,
      (a, b, c) => 0.01 * noise3(5 * a, 5 * b, 5 * c) + 0.0012 * noise3(40 * a, 40 * b, 40 * c),
    );
    return { albedo: skin, normal, specular: 0.04, roughness: 0.42 };
  };
}

/** Lemon peel: bright, dimpled. */
export function lemonSkin(seed) {
  const [bright, green] = [linearHex('#f2c81e'), linearHex('#b9b02a')];
  return (hit, detail) => {
    const [x, y, z] = hit.local;
    let skin = mix(
      bright,
      green,
      smoothstep(0.3, 0.55, Math.abs(y) + 0.15 * noise3(3 * x, 3 * y, 3 * z, seed)),
    );
    if (!detail) return { albedo: skin, specular: 0 };
    const dimple = (a, b, c) => noise3(24 * a, 24 * b, 24 * c, seed);
    skin = skin.map(v => v * (1 + 0.1 * dimple(x, y, z) + 0.12 * fbm3(4 * x, 4 * y, 4 * z, 2)));
    const normal = bumped(hit, (a, b, c) => 0.005 * dimple(a, b, c) + 0.008 * noise3(6 * a, 6 * b, 6 * c));
    return { albedo: skin, normal, specular: 0.045, roughness: 0.35 };
  };
}

/** Grape skin: dark and glossy under a dusty bloom that is rubbed off in places; glows where light passes through. */
export function grapeSkin({ color, bloom, seed }) {
  const [dark, dust] = [linearHex(color), linearHex(bloom)];
  return (hit, detail) => {
    const [x, y, z] = hit.local;
    if (!detail) return { albedo: dark, specular: 0 };
    const rubbed = fbm3(1.6 * x + seed, 1.6 * y, 1.6 * z, 3, Math.floor(seed));
    const bloomed = 0.5 * smoothstep(-0.25, 0.45, rubbed + 0.25 * y);
    return {
      albedo: mix(dark, dust, bloomed),
      specular: 0.05,
      roughness: ramp(0, 1, 0.12 + 0.45 * bloomed),
      through: 0.18,
    };
  };
}
