import { Raster } from '../raster.mjs';
import { denoised } from './denoise.mjs';

/** The most a single sample may shine, lest it outshine its pixel's other samples. */
const SPARKLE = 12;

/**
 * Traces a picture: `samples` rays a pixel, `edgeSamples` where a pixel shows two surfaces (the denoiser cannot help
 * there); the light is cleaned of noise apart from the surface's own texture.
 * @returns {Raster} linear radiance
 */
export function expose({ integrator, camera, width, height, samples, edgeSamples = samples }) {
  const planes = {
    light: new Raster(width, height),
    lightVariance: new Raster(width, height, 1),
    albedo: new Raster(width, height),
    gloss: new Raster(width, height),
    glossVariance: new Raster(width, height, 1),
    normal: new Raster(width, height),
    depth: new Raster(width, height, 1),
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) exposePixel(integrator, camera, planes, x, y, [samples, edgeSamples]);
  }
  const light = denoised(planes.light, planes.lightVariance, planes);
  const gloss = denoised(planes.gloss, planes.glossVariance, planes);
  const { albedo } = planes;
  return light.map((value, x, y) => {
    const at = light.offset(x, y);
    return [0, 1, 2].map(c => value[c] * albedo.values[at + c] + gloss.values[at + c]);
  });
}

function exposePixel(integrator, camera, planes, x, y, [samples, edgeSamples]) {
  const { light, albedo, gloss, normal, depth } = planes;
  const pixel = y * light.width + x;
  const at = 3 * pixel;
  const squares = [0, 0];
  let taken = 0;
  const take = () => {
    integrator.begin(pixel, taken++);
    const [jx, jy] = integrator.pair();
    const ray = camera.ray((x + jx) / light.width, (y + jy) / light.height, ...integrator.pair());
    const seen = integrator.look(ray.origin, ray.direction);
    for (let c = 0; c < 3; c++) {
      light.values[at + c] += seen.light[c] * seen.albedo[c];
      albedo.values[at + c] += seen.albedo[c];
      gloss.values[at + c] += Math.min(seen.gloss[c], SPARKLE);
      normal.values[at + c] += seen.normal[c];
    }
    depth.values[pixel] += seen.depth;
    squares[0] += (seen.light[1] * seen.albedo[1]) ** 2;
    squares[1] += Math.min(seen.gloss[1], SPARKLE) ** 2;
  };
  while (taken < samples) take();
  const spread = Math.hypot(...normal.values.subarray(at, at + 3)) / taken;
  if (spread < 0.95) while (taken < edgeSamples) take();
  for (const plane of [light, albedo, gloss, normal])
    for (let c = 0; c < 3; c++) plane.values[at + c] /= taken;
  depth.values[pixel] /= taken;
  // The variance of a mean of samples, judged by green.
  const variance = (square, plane) => Math.max(0, square / taken - plane.values[at + 1] ** 2) / taken;
  planes.lightVariance.values[pixel] =
    variance(squares[0], light) / Math.max(1e-4, albedo.values[at + 1] ** 2);
  planes.glossVariance.values[pixel] = variance(squares[1], gloss);
  // Light is what the albedo must be multiplied by; a pixel on an edge, of two surfaces, comes out right too.
  for (let c = 0; c < 3; c++) light.values[at + c] /= Math.max(1e-4, albedo.values[at + c]);
}
