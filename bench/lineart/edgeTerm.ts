import type { Executor, Objective } from '../../src/nst/executor';
import { channelOf, type Plane } from './planes';

/** Side of the squares whose means are compared. */
const POOL = 2;

/**
 * An executor whose objectives have one more term, weight · mean((ΔP(x) − ΔP(content))²): the Laplacian of the means of
 * 2 × 2 pixels (Li, Xu, Nie and Liu 2017, "Laplacian-steered neural style transfer"). Δ is that of the grid's graph, so
 * it is its own adjoint, and the gradient is 2·weight/n · PᵀΔ(ΔP(x) − ΔP(content)).
 */
export function withEdgeTerm(executor: Executor<Float32Array>, weight: number): Executor<Float32Array> {
  return {
    space: executor.space,
    fromImage: image => executor.fromImage(image),
    toImage: (vector, size) => executor.toImage(vector, size),
    moments: (image, layers, reading) => executor.moments(image, layers, reading),
    dispose: () => executor.dispose(),
    prepare: async (request): Promise<Objective<Float32Array>> => {
      const objective = await executor.prepare(request);
      const { size } = objective;
      const channels = (data: Float32Array): Plane[] => [0, 1, 2].map(c => channelOf(data, size, c));
      const wanted = channels(request.content.data).map(edges);
      return {
        size,
        dispose: () => objective.dispose(),
        evaluate: async (image, strengths) => {
          const { losses, gradient } = await objective.evaluate(image, strengths);
          let sum = 0;
          let count = 0;
          const differences = channels(image).map((channel, c) => {
            const found = edges(channel);
            const values = found.values.map((value, i) => value - wanted[c]!.values[i]!);
            sum += values.reduce((total, value) => total + value * value, 0);
            count += values.length;
            return { ...found, values };
          });
          const area = size.width * size.height;
          const factor = (2 * weight) / count / POOL ** 2;
          differences.map(laplacian).forEach(({ width, height, values }, c) => {
            for (let y = 0; y < height * POOL; y++)
              for (let x = 0; x < width * POOL; x++)
                gradient[c * area + y * size.width + x]! +=
                  factor * values[Math.floor(y / POOL) * width + Math.floor(x / POOL)]!;
          });
          return { losses: { ...losses, total: losses.total + (weight * sum) / count }, gradient };
        },
      };
    },
  };
}

function edges({ width, height, values }: Plane): Plane {
  const [across, down] = [Math.floor(width / POOL), Math.floor(height / POOL)];
  const means = new Float32Array(across * down);
  for (let y = 0; y < down * POOL; y++)
    for (let x = 0; x < across * POOL; x++)
      means[Math.floor(y / POOL) * across + Math.floor(x / POOL)]! += values[y * width + x]! / POOL ** 2;
  return laplacian({ width: across, height: down, values: means });
}

/** Sum over a pixel's neighbours of what they have more. */
function laplacian({ width, height, values }: Plane): Plane {
  const target = values.map((own, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    let sum = 0;
    if (x > 0) sum += values[i - 1]! - own;
    if (x < width - 1) sum += values[i + 1]! - own;
    if (y > 0) sum += values[i - width]! - own;
    if (y < height - 1) sum += values[i + width]! - own;
    return sum;
  });
  return { width, height, values: target };
}
