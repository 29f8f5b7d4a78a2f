/**
 * Whether a border shows: in a band of 12 px on each side of it, the style distance of a painting in two regions over that of
 * the same band when the whole picture is painted in the style of that side. Beside it the same ratio for the halves of
 * the two whole paintings, cut and joined.
 *
 *     npx tsx bench/regions/seam.ts [SIZE] [STEPS]
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { readImage } from '../../src/images/decode';
import { openNetwork } from '../../src/models/openNetwork';
import type { FloatImage, Size } from '../../src/nst/image';
import { termsOf } from '../../src/nst/terms/term';
import { presets } from '../../src/recipe/presets';
import type { Recipe } from '../../src/recipe/recipe';
import { paintRecipe, recipeOf } from '../paintRecipe';

const [size = '256', steps = '100'] = process.argv.slice(2);
const BAND = 12;
const PAIRS = [
  ['media/samples/landscape.jpg', 'media/swatches/impasto.jpg', 'media/swatches/wave.jpg'],
  ['media/samples/still-life.jpg', 'media/swatches/woodcut.jpg', 'media/swatches/watercolour.jpg'],
] as const;
const LAYERS = ['conv1_1', 'conv2_1', 'conv3_1'] as const;

/** Mean loss over the layers, in mean units, of columns [from, to) against a style. */
async function distance(
  image: FloatImage,
  style: string,
  [from, to]: readonly [number, number],
): Promise<number> {
  const { width, height } = image;
  const executor = await OnnxExecutor.create(await openNetwork('lite'), { provider: 'cpu', threads: 2 });
  const read = await readImage(style);
  const scale = width / Math.max(read.width, read.height);
  const at: Size = { width: Math.round(read.width * scale), height: Math.round(read.height * scale) };
  const styles = [{ image: await read.at(at), weight: 1 }];
  const plane = (value: (x: number) => number) => ({
    ...{ width, height },
    data: Float32Array.from({ length: width * height }, (_, i) => value(i % width)),
  });
  const band = plane(x => (x >= from && x < to ? 1 : 0));
  const terms = termsOf({ style: LAYERS, statistics: 'bures', tv: false, regions: [1] });
  const objective = await executor.prepare({
    spec: { terms, pooling: 'avg', padding: 'replicate', tap: 'post', units: 'mean' },
    content: image,
    styles,
    guidance: { rest: plane(() => 0), regions: [{ number: 1, mask: band, styles }] },
  });
  const { losses } = await objective.evaluate(image.data, {});
  await objective.dispose();
  await executor.dispose();
  return Object.values(losses.terms).reduce((sum, loss) => sum + loss, 0) / LAYERS.length;
}

/** The left of one picture beside the right of another. */
function pasted(left: FloatImage, right: FloatImage, middle: number): FloatImage {
  const data = left.data.map((value, i) => (i % left.width < middle ? value : right.data[i]!));
  return { ...left, data };
}

async function main(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-seam-'));
  try {
    for (const [content, left, right] of PAIRS) {
      const look = { ...presets.studio, size: Number(size), steps: Number(steps) };
      const inLeft: Recipe = recipeOf([content, left], look);
      const inRight: Recipe = recipeOf([content, right], look);
      const { width, height } = await readImage(inLeft.content);
      const mask = path.join(folder, 'mask.png');
      const values = Uint8Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? 255 : 0));
      await sharp(values, { raw: { width, height, channels: 1 } }).toFile(mask);
      const inBoth = { ...inRight, regions: [{ mask, styles: inLeft.styles, weight: 1 }] };
      const [both, one, other] = [
        await paintRecipe(inBoth),
        await paintRecipe(inLeft),
        await paintRecipe(inRight),
      ];
      const middle = Math.round(both.image.width / 2);
      for (const [side, whole, style, columns] of [
        ['left', one, inLeft.styles[0]!.image, [middle - BAND, middle]],
        ['right', other, inRight.styles[0]!.image, [middle, middle + BAND]],
      ] as const) {
        const found = await distance(both.image, style, columns);
        const alone = await distance(whole.image, style, columns);
        const joined = await distance(pasted(one.image, other.image, middle), style, columns);
        const ratios = [found, joined].map(value => (value / alone).toFixed(2)).join(' | ');
        const names = `${path.parse(content).name}, ${path.parse(style).name} (${side})`;
        console.log(`| ${names} | ${found.toPrecision(3)} | ${alone.toPrecision(3)} | ${ratios} |`);
      }
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

void main();
