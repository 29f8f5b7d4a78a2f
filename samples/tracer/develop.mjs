import { toEncoded } from '../color.mjs';
import { bell, clamp, lerp } from '../scalar.mjs';

/** Narkowicz's fit of the ACES filmic curve: linear light to display light, both about [0, 1]. */
const filmic = x => clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14));

/**
 * Develops linear radiance into an encoded picture: a little bloom around what is very bright, exposure, filmic
 * curve, darker corners.
 */
export function develop(radiance, { exposure = 1, bloom = 0.06, vignette = 0.25, saturation = 1 } = {}) {
  const { width, height } = radiance;
  const glow = radiance.blurred(width / 60);
  return radiance.map((value, x, y) => {
    const dx = (2 * x) / width - 1;
    const dy = (2 * y) / height - 1;
    const shade = exposure * lerp(1 - vignette, 1, bell(Math.hypot(dx, dy), 1.25));
    const at = glow.offset(x, y);
    const rgb = [0, 1, 2].map(c => shade * lerp(value[c], glow.values[at + c], bloom));
    const grey = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    return rgb.map(v => toEncoded(filmic(Math.max(0, lerp(grey, v, saturation)))));
  });
}
