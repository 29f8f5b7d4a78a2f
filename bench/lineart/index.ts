// What becomes of drawings: every variant on every pair, as a contact sheet and a Markdown table.
// Command: npx tsx bench/lineart/index.ts [SIZE] [STEPS] [PAIR] [VARIANT]   (part of a name each; needs ../shared/images)
// Writes out/lineart/sheet.jpg, and out/lineart/before-after.jpg with the studio preset beside lineart.
import * as fs from 'node:fs';
import { encodeImage } from '../../src/images/encode';
import { Pictures } from '../../src/engine/run/pictures';
import { planOf } from '../../src/engine/run/plan';
import { writeSheet, type Tile } from '../contactSheet';
import { paintRecipe, recipeOf } from '../paintRecipe';
import { withEdgeTerm } from './edgeTerm';
import { drawnLike, linesKept } from './measures';
import { styleLossOf } from './styleLoss';
import { drawSubjects, PAIRS, type Pair } from './subjects';
import { VARIANTS, type Variant } from './variants';

async function measure(
  pair: Pair,
  { name, look, edges }: Variant,
  size: number,
  steps: number,
): Promise<Tile> {
  const recipe = recipeOf(pair.files, { ...look, size, steps });
  const { image } = await paintRecipe(recipe, planOf, executor =>
    edges > 0 ? withEdgeTerm(executor, edges) : executor,
  );
  const pictures = await Pictures.read(recipe);
  const content = await pictures.content(pictures.size);
  const [style] = await pictures.styles(pictures.size);
  if (style === undefined) throw new Error(`${pair.name} has no style`);
  const { recall, fScore, correlation, darkness } = linesKept(content, image);
  const { tone, line } = drawnLike(style.image, image);
  const loss = await styleLossOf(image, style.image);
  const cells = [recall, fScore, correlation, darkness, tone].map(value => value.toFixed(2));
  console.log(`| ${[pair.name, name, ...cells, line.toFixed(4), loss.toPrecision(3)].join(' | ')} |`);
  return { label: name, image: await encodeImage(image, { format: 'png' }) };
}

async function main(): Promise<void> {
  const [size, steps] = [Number(process.argv[2] ?? 384), Number(process.argv[3] ?? 120)];
  await drawSubjects();
  const columns = ['pair', 'variant', 'lines kept', 'F', 'correlation', 'ink', 'tone', 'line', 'style'];
  console.log(`| ${columns.join(' | ')} |\n|${' - |'.repeat(columns.length)}`);
  const rows: Tile[][] = [];
  const [, , , , pairName = '', variantName = ''] = process.argv;
  const variants = VARIANTS.filter(({ name }) => name.includes(variantName));
  for (const pair of PAIRS.filter(({ name }) => name.includes(pairName))) {
    const tiles: Tile[] = pair.files.map((file, i) => ({
      label: i === 0 ? pair.name : 'style',
      image: file,
    }));
    for (const variant of variants) tiles.push(await measure(pair, variant, size, steps));
    rows.push(tiles);
    await writeSheets(rows);
  }
}

async function writeSheets(rows: readonly (readonly Tile[])[]): Promise<void> {
  fs.mkdirSync('out/lineart', { recursive: true });
  await writeSheet('out/lineart/sheet.jpg', rows);
  const beforeAfter = rows.map(tiles => [0, 1, 2, tiles.length - 1].flatMap(i => tiles[i] ?? []));
  await writeSheet('out/lineart/before-after.jpg', beforeAfter);
}

void main();
