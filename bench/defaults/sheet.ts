// Contact sheets for choosing the defaults: one row a pair of images, one column a variant of the recipe.
// Command: npx tsx bench/defaults/sheet.ts SHEET [SIZE]   (sheets are named in variants.ts; needs ../shared/images)
// Writes out/defaults/SHEET.jpg and prints a Markdown table of the final losses in mean units.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { encodeImage } from '../../src/images/encode';
import { presets } from '../../src/recipe/presets';
import { planOf } from '../../src/engine/run/plan';
import { planPyramid } from '../../src/nst/pyramid';
import { writeSheet, type Tile } from '../contactSheet';
import { paintRecipe, recipeOf } from '../paintRecipe';
import { PAIRS, SHEETS } from './variants';
import { ofGroup, sumOfGroup, TV } from '../../src/nst/terms/term';

async function main(): Promise<void> {
  const [sheet = '', size = '512'] = process.argv.slice(2);
  const variants = SHEETS[sheet];
  if (variants === undefined) throw new Error(`sheets: ${Object.keys(SHEETS).join(', ')}`);
  const rows: Tile[][] = [];
  console.log(
    '| pair | variant | content | style (mean of layers) | tv | total | seconds |\n| - | - | - | - | - | - | - |',
  );
  for (const [row, pair] of PAIRS.entries()) {
    const tiles: Tile[] = [];
    for (const [column, { name, recipe, pyramid }] of variants.entries()) {
      const asked = recipeOf(pair, { ...presets.studio, size: Number(size), ...recipe });
      const { image, losses, seconds } = await paintRecipe(asked, (wanted, fitted) => ({
        ...planOf(wanted, fitted),
        ...(pyramid === undefined ? {} : { scales: planPyramid(fitted, wanted.steps, pyramid) }),
      }));
      const style = sumOfGroup(losses.terms, 'style') / Object.keys(ofGroup(losses.terms, 'style')).length;
      const content = sumOfGroup(losses.terms, 'content');
      const cells = [content, style, losses.terms[TV] ?? NaN, losses.total].map(value =>
        value.toPrecision(4),
      );
      const title = pair.map(file => path.parse(file).name).join(' × ');
      console.log(`| ${[title, name, ...cells, seconds.toFixed(1)].join(' | ')} |`);
      const png = await encodeImage(image, { format: 'png' });
      fs.mkdirSync('out/defaults/full', { recursive: true });
      fs.writeFileSync(`out/defaults/full/${sheet}-${row}-${column}.png`, png);
      tiles.push({ label: name, image: png });
    }
    rows.push(tiles);
  }
  await writeSheet(`out/defaults/${sheet}.jpg`, rows);
}

void main();
