import { Raster } from '../raster.mjs';
import { denoised } from './denoise.mjs';

/**
 * Traces a picture: `samples` rays a pixel, the diffuse light cleaned of noise apart from the surface's own texture.
 * @returns {Raster} linear radiance
 */
export function expose({ integrator, camera, width, height, samples }) {
  const planes = {
    light: new Raster(width, height),
    variance: new Raster(width, height, 1),
    albedo: new Raster(width, height),
    gloss: new Raster(width, height),
    normal: new Raster(width, height),
    depth: new Raster(width, height, 1),
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) exposePixel(integrator, camera, planes, x, y, samples);
  }
  const light = denoised(planes);
  const { albedo, gloss } = planes;
  return light.map((value, x, y) => {
    const at = light.offset(x, y);
    return [0, 1, 2].map(c => value[c] * albedo.values[at + c] + gloss.values[at + c]);
  });
}

function exposePixel(integrator, camera, planes, x, y, samples) {
  const pixel = y * planes.light.width + x;
  let sum = 0;
  let squares = 0;
  const at = 3 * pixel;
  for (let s = 0; s < samples; s++) {
    integrator.begin(pixel, s);
    const [jx, jy] = integrator.pair();
    const ray = camera.ray(
      (x + jx) / planes.light.width,
      (y + jy) / planes.light.height,
      ...integrator.pair(),
    );
    const seen = integrator.look(ray.origin, ray.direction);
    for (let c = 0; c < 3; c++) {
      planes.light.values[at + c] += seen.light[c] / samples;
      planes.albedo.values[at + c] += seen.albedo[c] / samples;
      // A single sparkle must not outshine its pixel's other samples.
      planes.gloss.values[at + c] += Math.min(seen.gloss[c], 12) / samples;
      planes.normal.values[at + c] += seen.normal[c] / samples;
    }
    planes.depth.values[pixel] += seen.depth / samples;
    sum += seen.light[1];
    squares += seen.light[1] ** 2;
  }
  const mean = sum / samples;
  planes.variance.values[pixel] = Math.max(0, squares / samples - mean * mean) / samples;
}
