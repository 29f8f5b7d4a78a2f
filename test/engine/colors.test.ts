import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { resourcePath } from '../../src/common/resources';
import { planOf } from '../../src/engine/run/plan';
import { Pictures } from '../../src/engine/run/pictures';
import { openNetwork } from '../../src/models/openNetwork';
import { lumaAt } from '../../src/nst/colors/luma';
import type { FloatImage } from '../../src/nst/image';
import { Stylization } from '../../src/nst/stylize';
import { presets } from '../../src/recipe/presets';
import type { Recipe } from '../../src/recipe/recipe';

let executor: OnnxExecutor;
beforeAll(async () => {
  executor = await OnnxExecutor.create(await openNetwork('lite'), { provider: 'cpu', threads: 1 });
});
afterAll(() => executor.dispose());

interface Painting {
  /** As it was optimized. */
  readonly painted: FloatImage;
  readonly saved: FloatImage;
  readonly content: FloatImage;
  /** The weighted total of the last step, and of the picture as a file of 8 bits holds it. */
  readonly losses: readonly [last: number, saved: number];
}

async function paint(change: Partial<Recipe>): Promise<Painting> {
  const recipe: Recipe = {
    ...{ ...presets.studio, size: 96, steps: 12, pyramid: false },
    content: resourcePath('media/samples/landscape.jpg'),
    styles: [{ image: 'swatch:wave', weight: 1 }],
    ...change,
  };
  const pictures = await Pictures.read(recipe);
  const plan = planOf(recipe, pictures.size);
  const run = new Stylization(executor, plan, pictures);
  let last = NaN;
  for await (const { losses } of run.run()) last = losses.total;
  const painted = { ...run.image()!, data: run.image()!.data.slice() };
  await run.dispose();
  const { size } = pictures;
  const objective = await executor.prepare({
    spec: plan.spec,
    content: await pictures.content(size),
    styles: await pictures.styles(size),
  });
  const stored = painted.data.map(value => Math.round(255 * Math.min(1, Math.max(0, value))) / 255);
  const { losses } = await objective.evaluate(stored, plan.strengths);
  await objective.dispose();
  const saved = await pictures.saved(painted);
  return { painted, saved, content: await pictures.contentImage.at(size), losses: [last, losses.total] };
}

/** The mean of |channel − luma| over a picture. */
function chroma({ width, height, data }: FloatImage): number {
  const area = width * height;
  return (
    data.reduce((sum, value, i) => sum + Math.abs(value - lumaAt(data, i % area, area)), 0) / data.length
  );
}

/** The mean distance of two pictures' channels from luma: 0 for the same colours. */
function distanceOfChroma(a: FloatImage, b: FloatImage): number {
  const area = a.width * a.height;
  const off = (data: Float32Array, i: number) => data[i]! - lumaAt(data, i % area, area);
  return a.data.reduce((sum, _, i) => sum + Math.abs(off(a.data, i) - off(b.data, i)), 0) / a.data.length;
}

const meanOf = ({ data }: FloatImage, channel: number): number => {
  const area = data.length / 3;
  return data.subarray(channel * area, (channel + 1) * area).reduce((sum, value) => sum + value, 0) / area;
};

describe('the colours of a painting', () => {
  it('are those of the style, or of the content image: in greys, or after it', async () => {
    const style = await paint({ colors: 'style' });
    const luminance = await paint({ colors: 'luminance' });
    const kept = await paint({ colors: 'chroma' });
    expect(chroma(luminance.painted)).toBeLessThan(1e-6);
    for (const { saved, content } of [luminance, kept])
      expect(distanceOfChroma(saved, content)).toBeLessThan(0.1 * distanceOfChroma(style.saved, content));
    expect(kept.painted.data).toEqual(style.painted.data);
    expect(luminance.saved.data).not.toEqual(kept.saved.data);
  });

  it('start in greys from noise as well', async () => {
    const { painted } = await paint({ colors: 'luminance', init: 'noise', steps: 4 });
    expect(chroma(painted)).toBeLessThan(1e-6);
  });

  it('of a style that is matched are about those of the content image', async () => {
    const [style, match] = [await paint({ ratio: 1e-3 }), await paint({ colors: 'match', ratio: 1e-3 })];
    const off = ({ saved, content }: Painting) =>
      [0, 1, 2].reduce((sum, c) => sum + Math.abs(meanOf(saved, c) - meanOf(content, c)), 0);
    expect(off(match)).toBeLessThan(0.5 * off(style));
  });
});

it('a picture that stays within the range of colours is saved as it was optimized', async () => {
  const high = { styles: [{ image: 'swatch:woodcut', weight: 1 }], steps: 60 };
  const [free, held] = [await paint({ ...high, range: 0 }), await paint(high)];
  const change = ({ losses: [last, saved] }: Painting) => Math.abs(saved / last - 1);
  expect(change(held)).toBeLessThan(0.02);
  expect(change(free)).toBeGreaterThan(2 * change(held));
});
