// How far a painting goes at which ratio α/β, for each statistic: what the strength slider is made from.
// Command: for pair in 0 1 2 3; do npx tsx bench/strength/measure.ts $pair; done && npx tsx bench/strength/table.ts
// (minutes; needs ../shared/images; writes out/strength)
import * as fs from 'node:fs';
import * as path from 'node:path';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { Pictures } from '../../src/engine/run/pictures';
import { planOf } from '../../src/engine/run/plan';
import { openNetwork } from '../../src/models/openNetwork';
import type { FloatImage } from '../../src/nst/image';
import { sumOfGroup } from '../../src/nst/terms/term';
import { presetFor, presets } from '../../src/recipe/presets';
import type { Recipe } from '../../src/recipe/recipe';
import { paintRecipe, recipeOf } from '../paintRecipe';

const PAIRS = [
  ['media/samples/still-life.jpg', 'media/swatches/impasto.jpg'],
  ['media/samples/landscape.jpg', 'media/swatches/mosaic.jpg'],
  ['../shared/images/content/tuebingen.jpg', '../shared/images/style/starry-night.jpg'],
  ['../shared/images/content/great-wall.jpg', '../shared/images/style/monet.jpg'],
] as const;
const STATISTICS = ['gram', 'bures', 'wasserstein'] as const;
/** α/β from 10 down to 10⁻⁵, two a decade, and 0: style alone. */
const RATIOS = [...Array.from({ length: 13 }, (_, i) => 10 ** (1 - i / 2)), 0];

/** Small and quick: the course over ratios is that of larger pictures. */
const SMALL = { size: 128, steps: 50 } as const;

interface Judged {
  readonly content: number;
  readonly style: number;
}

/** One painting: its ratio, and how far it is from content and style by the exact distance, whatever it was painted with. */
export interface Measured extends Judged {
  readonly pair: string;
  readonly statistics: string;
  /** α/β; null is the photograph itself. */
  readonly ratio: number | null;
}

/** Judges pictures of one size against the images of a recipe. */
async function judgeOf(recipe: Recipe): Promise<(image?: FloatImage) => Promise<Judged>> {
  const pictures = await Pictures.read(recipe);
  const executor = await OnnxExecutor.create(await openNetwork('lite'), { provider: 'cpu', threads: 2 });
  const { spec, strengths } = planOf({ ...recipe, statistics: 'wasserstein' }, pictures.size);
  const content = await pictures.content(pictures.size);
  const objective = await executor.prepare({ spec, content, styles: await pictures.styles(pictures.size) });
  return async (image = content) => {
    const { losses } = await objective.evaluate(executor.fromImage(image), strengths);
    return { content: sumOfGroup(losses.terms, 'content'), style: sumOfGroup(losses.terms, 'style') };
  };
}

async function main(): Promise<void> {
  const number = Number(process.argv[2]);
  const pair = PAIRS[number];
  if (pair === undefined) throw new Error(`pairs: 0 to ${PAIRS.length - 1}`);
  const measured: Measured[] = [];
  const name = pair.map(file => path.parse(file).name).join(' × ');
  const judge = await judgeOf(recipeOf(pair, { ...presets.studio, ...SMALL }));
  const photograph = await judge();
  for (const statistics of STATISTICS) {
    measured.push({ pair: name, statistics, ratio: null, ...photograph });
    for (const ratio of RATIOS) {
      const recipe = recipeOf(pair, { ...presetFor('studio', { statistics }), ...SMALL, ratio });
      const { image } = await paintRecipe(recipe);
      measured.push({ pair: name, statistics, ratio, ...(await judge(image)) });
    }
    console.log(name, statistics);
  }
  fs.mkdirSync('out/strength', { recursive: true });
  fs.writeFileSync(`out/strength/${number}.json`, JSON.stringify(measured, undefined, 1));
}

if (require.main === module) void main();
