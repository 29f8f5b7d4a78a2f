import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { planOf } from '../../src/engine/run/plan';
import { presets } from '../../src/recipe/presets';
import { openNetwork } from '../../src/models/openNetwork';
import type { FloatImage, Size } from '../../src/nst/image';
import { Random } from '../../src/nst/random';
import { Stylization } from '../../src/nst/stylize';
import type { Statistic } from '../../src/nst/terms/kinds';
import { texture } from '../unit/nst/pictures';

let executor: OnnxExecutor;
beforeAll(async () => {
  executor = await OnnxExecutor.create(await openNetwork('lite'), { provider: 'cpu', threads: 1 });
});
afterAll(() => executor.dispose());

const filled = ({ width, height }: Size, value: (x: number, y: number) => number): FloatImage => ({
  ...{ width, height },
  data: Float32Array.from({ length: 3 * width * height }, (_, i) =>
    value(i % width, Math.floor(i / width) % height),
  ),
});

const styles = {
  flat: (size: Size) => filled(size, () => 0.6),
  black: (size: Size) => filled(size, () => 0),
  'black and white': (size: Size) => filled(size, (x, y) => ((x >> 3) + (y >> 2)) % 2),
  photograph: (size: Size) => texture(size, Random.seeded(5)),
};

const starts = ['content', 'noise', 'black', 'photograph'] as const;

const sizes = [
  [61, 37],
  [97, 33],
  [33, 80],
  [64, 64],
] as const;
const runs = Object.keys(styles).flatMap((style, i) =>
  starts.map((start, j) => [style as keyof typeof styles, start, ...sizes[(i + j) % sizes.length]!] as const),
);

describe.each<[Statistic, typeof runs]>([
  ['bures', runs],
  // One of each style, each from another start: features without any variance, and fewer positions than channels.
  ['wasserstein', [2, 4, 11, 13].map(i => runs[i]!)],
])('a descent on mean and covariance (%s)', (statistics, its) => {
  it.each(its)(
    'of a %s style from %s, %i × %i, falls and goes on falling',
    async (style, start, width, height) => {
      const size = { width, height };
      const recipe = {
        ...{ ...presets.studio, statistics, steps: 24, content: '', styles: [] },
        init: start === 'content' || start === 'noise' ? start : '/a.png',
      };
      const content = texture(size, Random.seeded(3));
      const first = start === 'black' ? filled(size, () => 0) : texture(size, Random.seeded(9));
      const run = new Stylization(
        executor,
        { ...planOf(recipe, size), scales: [{ size, steps: 24 }] },
        {
          content: () => Promise.resolve(content),
          styles: () => Promise.resolve([{ image: styles[style]({ width: 48, height: 57 }), weight: 1 }]),
          start: () => Promise.resolve(first),
        },
      );
      const totals: number[] = [];
      for await (const { losses, evaluations, step } of run.run()) {
        totals.push(losses.total);
        // A search that finds no step on its first or second try stalls.
        expect(evaluations).toBeLessThanOrEqual(2 * step + 8);
      }
      expect(totals.every(Number.isFinite)).toBe(true);
      // Black is the black style itself: from there it is not far to the balance with the content.
      const part = style === 'black' && start === 'black' ? 0.95 : 0.7;
      expect(totals.at(-1)).toBeLessThan(part * run.startLosses!.total);
      expect(totals.at(-1)).toBeLessThan(totals[11]!);
      await run.dispose();
    },
  );
});
