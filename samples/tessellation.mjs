import { hash } from './random.mjs';

/**
 * Places square tiles so that they follow a direction field and keep off edges: Lloyd's relaxation under a rotated
 * square metric, after Hausner, "Simulating Decorative Mosaics" (2001).
 * @param options width, height, size: tile side in pixels; direction(x, y) => angle; edge(x, y) => true where no tile
 *   may lie; rounds of relaxation; seed
 * @returns {{ x: number, y: number, angle: number }[]}
 */
export function tessellated({ width, height, size, direction, edge, rounds = 18, seed = 1 }) {
  let tiles = [];
  const columns = Math.round(width / size);
  const rows = Math.round(height / size);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const x = ((i + 0.2 + 0.6 * hash(i, j, seed)) * width) / columns;
      const y = ((j + 0.2 + 0.6 * hash(i, j, seed + 1)) * height) / rows;
      tiles.push({ x, y, angle: direction(x, y) });
    }
  }
  for (let round = 0; round < rounds; round++) {
    const owner = nearest(tiles, width, height, size);
    const sums = new Float64Array(tiles.length * 3);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const tile = owner[y * width + x];
        if (tile < 0 || edge(x, y)) continue;
        sums[3 * tile] += x;
        sums[3 * tile + 1] += y;
        sums[3 * tile + 2]++;
      }
    }
    // Tiles that lost all their ground to an edge are taken up.
    tiles = tiles.flatMap((tile, i) => {
      const n = sums[3 * i + 2];
      if (n < 0.12 * size * size) return [];
      const x = sums[3 * i] / n;
      const y = sums[3 * i + 1] / n;
      return [{ x, y, angle: direction(x, y) }];
    });
  }
  return tiles;
}

/** For every pixel the tile whose centre is nearest in the tile's own square metric. */
function nearest(tiles, width, height, size) {
  const owner = new Int32Array(width * height).fill(-1);
  const best = new Float32Array(width * height).fill(Infinity);
  const reach = Math.ceil(1.6 * size);
  tiles.forEach(({ x, y, angle }, index) => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    for (let py = Math.max(0, Math.floor(y - reach)); py <= Math.min(height - 1, y + reach); py++) {
      for (let px = Math.max(0, Math.floor(x - reach)); px <= Math.min(width - 1, x + reach); px++) {
        const along = Math.abs((px - x) * cos + (py - y) * sin);
        const across = Math.abs((py - y) * cos - (px - x) * sin);
        const distance = Math.max(along, across) + 0.15 * (along + across);
        const at = py * width + px;
        if (distance < best[at]) {
          best[at] = distance;
          owner[at] = index;
        }
      }
    }
  });
  return owner;
}
