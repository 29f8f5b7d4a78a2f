import { Raster } from './raster.mjs';

/**
 * Distance in pixels from every pixel to the nearest one for which inside(x, y) holds: the exact transform of
 * Felzenszwalb and Huttenlocher (2012).
 */
export function distanceTo(width, height, inside) {
  const far = 1e12;
  const grid = Float64Array.from({ length: width * height }, (_, i) =>
    inside(i % width, Math.floor(i / width)) ? 0 : far,
  );
  const longest = Math.max(width, height);
  const line = new Float64Array(longest);
  const result = new Float64Array(longest);
  const scratch = { at: new Int32Array(longest), from: new Float64Array(longest + 1) };
  const pass = (start, step, length) => {
    for (let i = 0; i < length; i++) line[i] = grid[start + i * step];
    lowerEnvelope(line, result, length, scratch);
    for (let i = 0; i < length; i++) grid[start + i * step] = result[i];
  };
  for (let x = 0; x < width; x++) pass(x, width, height);
  for (let y = 0; y < height; y++) pass(y * width, 1, width);
  const out = new Raster(width, height, 1);
  out.values.set(grid.map(Math.sqrt));
  return out;
}

/** One-dimensional squared distance transform: the lower envelope of parabolas rooted at every sample. */
function lowerEnvelope(line, out, length, { at, from }) {
  let k = 0;
  at[0] = 0;
  from[0] = -Infinity;
  from[1] = Infinity;
  for (let q = 1; q < length; q++) {
    let s;
    do {
      const p = at[k];
      s = (line[q] + q * q - line[p] - p * p) / (2 * (q - p));
    } while (s <= from[k] && --k >= 0);
    at[++k] = q;
    from[k] = s;
    from[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < length; q++) {
    while (from[k + 1] < q) k++;
    out[q] = (q - at[k]) ** 2 + line[at[k]];
  }
}
