import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { makeFolder } from '../../common/makeFolder';
import { msg } from '../../common/messages';
import { parseAxis } from '../../engine/figures/axis';
import { longName } from '../../images/longName';
import type { Recipe } from '../../recipe/recipe';
import { completeRecipe } from '../../recipe/recipeFile';
import type { BatchItem } from '../batch/item';
import { runItems, type BatchEnd } from '../batch/runBatch';
import { recipeFrom } from '../recipeOptions';
import { designOf } from './design';
import type { SweepOptions } from './options';
import { gridValues, type Span } from './span';

/** More are a mistake: it would be painted for days. */
const MOST = 10_000;

/**
 * Paints a picture in many settings.
 * @throws what keeps it from beginning; `usage` for settings that there are not
 */
export function runSweep(
  content: string,
  styles: readonly string[],
  options: SweepOptions,
): Promise<BatchEnd> {
  const { vary, design, samples, designSeed: seed, output } = options;
  const base = recipeFrom(options, { content, styles });
  const combinations = designOf(vary, design, { samples, seed });
  if (combinations.length > MOST)
    throw new AtelierError(
      'usage',
      msg`That would be ${combinations.length} pictures; ${MOST} are the most.`,
    );
  // All are known to be good before the first is begun.
  const items = combinations.map((values, index) => itemOf(base, vary, values, index, output));
  makeFolder(output);
  const [, second] = vary;
  const isGrid = design === 'grid' && vary.length === 2 && second !== undefined;
  return runItems(items, items.length, options, isGrid ? { columns: gridValues(second).length } : {});
}

function itemOf(
  base: Recipe,
  spans: readonly Span[],
  values: readonly string[],
  index: number,
  output: string,
): BatchItem {
  const settings = spans.map(({ name }, i) => `${name}=${values[i] ?? ''}`);
  const axes = settings.map(setting => asUsage(() => parseAxis(setting, base)));
  const change = Object.assign({}, ...axes.map(axis => axis.values[0]?.change)) as Partial<Recipe>;
  const recipe = asUsage(() => completeRecipe({ ...base, ...change }, { source: settings.join(' ') }));
  const label = axes.map(axis => axis.values[0]?.label).join(' · ');
  const name = settings.join('_').replace(/[^\w.+=-]/g, '-');
  return { index, recipe, label, wanted: path.join(output, longName(name, '.png')) };
}

/** What is wrong with a setting was written on the command line. */
function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AtelierError)) throw error;
    const { message, ...next } = error.explanation;
    throw new AtelierError('usage', message, { ...next, cause: error });
  }
}
