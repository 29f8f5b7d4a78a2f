// What the optimizer's operations on vectors cost on the host: plain arrays beside memory of WebAssembly.
// Command: npx tsx bench/evaluation/vectors.ts [SIDE]   (prints the Markdown table of bench/evaluation.md)
import { SimdVectors } from '../../src/backends/simd/vectors';
import { hostVectors } from '../../src/nst/optimizers/hostVectors';
import { LBFGS_DEFAULTS } from '../../src/nst/optimizers/lbfgs';
import { gainsOf } from '../../src/nst/optimizers/preconditioner';
import type { VectorSpace } from '../../src/nst/optimizers/vectorSpace';

const ROUNDS = 25;

/** The operations of one step of L-BFGS whose history is full. */
function operations(space: VectorSpace<Float32Array>, side: number): Record<string, () => void> {
  const plain = Float32Array.from({ length: 3 * side * side }, (_, i) => Math.sin(i));
  const vectors = Array.from({ length: 2 * LBFGS_DEFAULTS.history + 2 }, () => space.fromHost(plain, plain));
  const [x, ...others] = vectors;
  const size = { width: side, height: side };
  const preconditioner = space.preconditioner(size, gainsOf(size, 0.8));
  return {
    products: () => void space.dots(plain, others),
    sums: () => {
      space.combine(
        x!,
        others.map(vector => [0.1, vector]),
      );
    },
    preconditioner: () => {
      preconditioner.apply(x!, plain);
    },
  };
}

function main(): void {
  const side = Number(process.argv[2] ?? 512);
  const contestants = [operations(hostVectors, side), operations(new SimdVectors(), side)];
  console.log(`| ${side}² | plain arrays, ms | WebAssembly, ms |`);
  console.log('| - | - | - |');
  for (const name of Object.keys(contestants[0]!)) {
    const times = contestants.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      contestants.forEach((contestant, k) => {
        const begin = performance.now();
        contestant[name]!();
        times[k]!.push(performance.now() - begin);
      });
    }
    const medians = times.map(all => all.sort((a, b) => a - b)[ROUNDS >> 1]!.toFixed(1));
    console.log(`| ${[name, ...medians].join(' | ')} |`);
  }
}

main();
