// Contact sheets for choosing the defaults: one row a pair of images, one column a variant of the recipe.
// Command: npx tsx bench/defaults/sheet.ts SHEET [SIZE]   (sheets are named in variants.ts; needs ../shared/images)
// Writes out/defaults/SHEET.jpg and prints a Markdown table of the final losses in mean units.
import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { Pictures } from '../../src/engine/pictures';
import { planOf } from '../../src/engine/plan';
import { encodeImage } from '../../src/images/encode';
import { presets } from '../../src/jobs/presets';
import type { Recipe } from '../../src/jobs/recipe';
import { openNetwork } from '../../src/models/openNetwork';
import type { FloatImage } from '../../src/nst/image';
import type { Losses } from '../../src/nst/objective';
import { planPyramid } from '../../src/nst/pyramid';
import { Stylization, type StylizePlan } from '../../src/nst/stylize';
import { PAIRS, SHEETS, type Variant } from './variants';

const root = path.resolve(__dirname, '../..');
const TILE = 400;

interface Painted {
  readonly image: FloatImage;
  readonly losses: Losses;
  readonly seconds: number;
}

function planFor(
  recipe: Recipe,
  size: StylizePlan['scales'][number]['size'],
  { pyramid }: Variant,
): StylizePlan {
  const plan = planOf(recipe, size);
  return pyramid === undefined ? plan : { ...plan, scales: planPyramid(size, recipe.steps, pyramid) };
}

async function paint(
  [content, style]: readonly [string, string],
  variant: Variant,
  size: number,
): Promise<Painted> {
  const recipe: Recipe = {
    ...presets.studio,
    size,
    ...variant.recipe,
    content: path.resolve(root, content),
    styles: [{ image: path.resolve(root, style), weight: 1 }],
  };
  const pictures = await Pictures.read(recipe);
  const executor = await OnnxExecutor.create(await openNetwork(recipe.model), {
    provider: 'cpu',
    threads: 2,
  });
  const started = performance.now();
  let last: Painted | undefined;
  const run = new Stylization(executor, planFor(recipe, pictures.size, variant), pictures);
  for await (const step of run.run()) {
    if (step.step === step.totalSteps) {
      last = { image: step.image(), losses: step.losses, seconds: (performance.now() - started) / 1000 };
    }
  }
  if (last === undefined) throw new Error('no step was taken');
  return last;
}

function label(text: string): Buffer {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return Buffer.from(
    `<svg width="${TILE}" height="22"><rect width="100%" height="100%" fill="white"/>` +
      `<text x="4" y="16" font-family="DejaVu Sans" font-size="14">${escaped}</text></svg>`,
  );
}

async function main(): Promise<void> {
  const [sheet = '', size = '512'] = process.argv.slice(2);
  const variants = SHEETS[sheet];
  if (variants === undefined) throw new Error(`sheets: ${Object.keys(SHEETS).join(', ')}`);
  const tiles: OverlayOptions[] = [];
  const height = 322;
  console.log(
    '| pair | variant | content | style (sum of w·l) | tv | total | seconds |\n| - | - | - | - | - | - | - |',
  );
  for (const [row, pair] of PAIRS.entries()) {
    for (const [column, variant] of variants.entries()) {
      const { image, losses, seconds } = await paint(pair, variant, Number(size));
      const style =
        Object.values(losses.style).reduce((sum, loss) => sum + loss, 0) / Object.keys(losses.style).length;
      const content = Object.values(losses.content).reduce((sum, loss) => sum + loss, 0);
      const cells = [content, style, losses.tv, losses.total].map(value => value.toPrecision(4));
      const name = pair.map(file => path.parse(file).name).join(' × ');
      console.log(`| ${[name, variant.name, ...cells, seconds.toFixed(1)].join(' | ')} |`);
      const png = await encodeImage(image, { format: 'png' });
      fs.mkdirSync('out/defaults/full', { recursive: true });
      fs.writeFileSync(`out/defaults/full/${sheet}-${row}-${column}.png`, png);
      const [left, top] = [column * (TILE + 4), row * (height + 4)];
      tiles.push({ input: label(variant.name), left, top });
      tiles.push({
        input: await sharp(png).resize(TILE, 300, { fit: 'cover' }).toBuffer(),
        left,
        top: top + 22,
      });
    }
  }
  const [width, total] = [variants.length * (TILE + 4), PAIRS.length * (height + 4)];
  await sharp({ create: { width, height: total, channels: 3, background: 'white' } })
    .composite(tiles)
    .jpeg({ quality: 88 })
    .toFile(`out/defaults/${sheet}.jpg`);
}

void main();
