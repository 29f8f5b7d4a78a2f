import { Raster } from '../raster.mjs';

const KERNEL = [1 / 16, 1 / 4, 3 / 8, 1 / 4, 1 / 16];
const PASSES = 4;

/**
 * Smooths traced light without crossing edges: the à-trous wavelet filter of Dammertz et al. (2010), with the
 * brightness tolerance taken from each pixel's own variance as in Schied et al. (2017).
 */
export function denoised(light, variance, { normal, depth }) {
  let noise = variance.blurred(1.5);
  for (let pass = 0; pass < PASSES; pass++)
    ({ light, noise } = filtered(light, noise, normal, depth, 1 << pass));
  return light;
}

function filtered(light, noise, normal, depth, step) {
  const { width, height } = light;
  const out = new Raster(width, height);
  const outNoise = new Raster(width, height, 1);
  const source = light.values;
  const n = normal.values;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const brightness = source[3 * p + 1];
      const tolerance = 1 / (3 * Math.sqrt(Math.max(0, noise.values[p])) + 1e-4);
      const nearness = 1 / (0.02 * depth.values[p] * step + 1e-3);
      let r = 0;
      let g = 0;
      let b = 0;
      let spread = 0;
      let total = 0;
      for (let j = -2; j <= 2; j++) {
        const qy = y + j * step;
        if (qy < 0 || qy >= height) continue;
        for (let i = -2; i <= 2; i++) {
          const qx = x + i * step;
          if (qx < 0 || qx >= width) continue;
          const q = qy * width + qx;
          const along = n[3 * p] * n[3 * q] + n[3 * p + 1] * n[3 * q + 1] + n[3 * p + 2] * n[3 * q + 2];
          if (along <= 0 && p !== q) continue;
          const weight =
            p === q
              ? KERNEL[2] * KERNEL[2]
              : KERNEL[i + 2] *
                KERNEL[j + 2] *
                along ** 32 *
                Math.exp(
                  -Math.abs(source[3 * q + 1] - brightness) * tolerance -
                    Math.abs(depth.values[q] - depth.values[p]) * nearness,
                );
          r += weight * source[3 * q];
          g += weight * source[3 * q + 1];
          b += weight * source[3 * q + 2];
          spread += weight * weight * noise.values[q];
          total += weight;
        }
      }
      out.values[3 * p] = r / total;
      out.values[3 * p + 1] = g / total;
      out.values[3 * p + 2] = b / total;
      outNoise.values[p] = spread / (total * total);
    }
  }
  return { light: out, noise: outNoise };
}
