/** Evening sky: scattered light and cumulus, marched once into a panorama that every ray looks up. */
import { fbm3, noise3 } from '../../noise.mjs';
import { hash } from '../../random.mjs';
import { Raster } from '../../raster.mjs';
import { clamp, lerp, smoothstep } from '../../scalar.mjs';
import { add, dot, times, unit } from '../../tracer/vector.mjs';

const BASE = 900;
const TOP = 1900;

/** Clear air: blue above, warm near the horizon and about the sun. */
export function clearSky(direction, sun) {
  const up = Math.max(0, direction[1]);
  const near = dot(direction, sun);
  const haze = Math.exp(-up * 5.5);
  const glow = 0.5 + 0.5 * near;
  const zenith = [0.16, 0.31, 0.62];
  const horizon = [lerp(0.62, 1.25, glow ** 2), lerp(0.62, 0.86, glow ** 2), lerp(0.72, 0.56, glow ** 2)];
  const corona = 0.55 * Math.max(0, near) ** 24 + 1.6 * Math.max(0, near) ** 260;
  return zenith.map((z, c) => lerp(z, horizon[c], haze) + corona * [1, 0.72, 0.4][c]);
}

function density(x, y, z) {
  const t = (y - BASE) / (TOP - BASE);
  const profile = smoothstep(0, 0.12, t) * smoothstep(1, 0.35, t);
  if (profile <= 0) return 0;
  const cover = noise3(x / 2600 + 4.2, 0.3, z / 2600, 70) * 0.95 - 0.1;
  const body = fbm3(x / 850, y / 620, z / 850, 2, 71);
  const rough = cover + body - 0.55 * t;
  if (rough < -0.4) return 0;
  const detail = fbm3(x / 210, y / 180, z / 210, 4, 73, 0.58);
  return profile * smoothstep(0.1, 0.3, rough + 0.46 * detail);
}

/** Colour and opacity of the clouds along a direction. */
function clouds(direction, sun, jitter) {
  const up = direction[1];
  if (up < 0.035) return [0, 0, 0, 0];
  const start = BASE / up;
  const end = Math.min(TOP / up, 15000);
  const steps = 36;
  const step = (end - start) / steps;
  let through = 1;
  const color = [0, 0, 0];
  const forward = 0.75 + 1.1 * Math.max(0, dot(direction, sun)) ** 5;
  for (let i = 0; i < steps && through > 0.03; i++) {
    const at = times(direction, start + (i + jitter) * step);
    const here = density(...at);
    if (here <= 0.01) continue;
    let thick = 0;
    for (let k = 1; k <= 4; k++) thick += density(...add(at, times(sun, 42 * k * k))) * 42 * (2 * k - 1);
    const lit = forward * (0.75 * Math.exp(-thick * 0.0062) + 0.25 * Math.exp(-thick * 0.0016));
    const height = clamp((at[1] - BASE) / (TOP - BASE));
    const absorbed = 1 - Math.exp(-here * step * 0.0075);
    for (let c = 0; c < 3; c++) {
      const sunlit = [1.45, 1.08, 0.76][c] * lit;
      const ambient = [0.2, 0.24, 0.34][c] * (0.45 + 0.7 * height);
      color[c] += through * absorbed * (sunlit + ambient);
    }
    through *= 1 - absorbed;
  }
  // Distant clouds sink into the haze.
  const veil = Math.exp(-start / 16000);
  return [...color.map(v => v * veil), (1 - through) * veil];
}

/** The sky as a function of direction, good within `spread` radians either side of -z and up to `high` radians. */
export function paintedSky(sunDirection, { columns = 560, rows = 260, spread = 0.46, high = 0.42 } = {}) {
  const sun = unit(sunDirection);
  const panorama = Raster.from(columns, rows, 4, (i, j) => {
    const azimuth = lerp(-spread, spread, i / (columns - 1));
    const rise = high * (j / (rows - 1));
    return clouds(
      [Math.sin(azimuth) * Math.cos(rise), Math.sin(rise), -Math.cos(azimuth) * Math.cos(rise)],
      sun,
      hash(i, j, 5),
    );
  }).blurred(0.45);
  return (direction, detail) => {
    const clear = clearSky(direction, sun);
    const azimuth = Math.atan2(direction[0], -direction[2]);
    const rise = Math.asin(clamp(direction[1], -1, 1));
    if (!detail || rise <= 0 || rise > high || Math.abs(azimuth) > spread) return clear;
    const x = ((azimuth / spread + 1) / 2) * (columns - 1);
    const y = (rise / high) * (rows - 1);
    const opacity = panorama.at(x, y, 3);
    return clear.map((v, c) => v * (1 - opacity) + panorama.at(x, y, c));
  };
}
