import * as path from 'node:path';
import { Command } from 'commander';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import {
  DRAFT_STEPS,
  depthAxis,
  GRID_DEFAULTS,
  ratioAxis,
  type TradeoffRequest,
} from '../../engine/figures/tradeoffRequest';
import { axesHelp, parseAxis } from '../../engine/figures/axis';
import type { FigureListener } from '../../engine/figures/makeFigure';
import { fieldSchema } from '../../recipe/fieldSchema';
import { longName } from '../../images/longName';
import { numberIn, numbersIn } from '../numbers';
import { addMachineOptions, settingsFrom, type MachineOptions } from '../machineOptions';
import { FORCE, type ForceOption } from '../forceOption';
import { NO_WAIT, type WaitOption } from '../waitOption';
import { addRecipeOptions, recipeFrom, type RecipeOptions } from '../recipeOptions';

interface TradeoffOptions extends RecipeOptions, MachineOptions, WaitOption, ForceOption {
  readonly rows?: string;
  readonly columns?: string;
  readonly ratios?: readonly number[];
  readonly draftSteps?: number;
  readonly cold?: boolean;
}

const about = `
Without --rows and --columns this is Figure 3 of the paper: rows are the growing subsets of style layers, columns are
α/β from 1e-5 to 1e-2. Either axis can be any of these settings, written as name=value,value,…

${axesHelp()}

All other options say what the cells have in common; by default they are those of the preset studio at 256 pixels,
80 steps, γ 20 and one scale.

Every cell is drafted first, so that the whole grid can be looked at early, and then painted to its end. Warm starts, the
default: a draft starts from the draft before it in its row (for α/β, from its neighbour with the larger one), so a row
takes fewer steps and its cells look alike; what one cell gained or lost, its neighbours inherit. --cold starts each from
the content image (or from noise): cells are independent, and those far from the content need more steps. The same
command goes on where it was interrupted; finished cells are not computed again.

Examples:
  atelier tradeoff photo.jpg painting.jpg
  atelier tradeoff photo.jpg painting.jpg --ratios 1e-4,1e-3,1e-2
  atelier tradeoff photo.jpg painting.jpg --rows tv=0,100,1000 --columns ratio=1e-3,1e-2
  atelier tradeoff photo.jpg a.jpg b.jpg --rows blend=0,0.5,1 --columns size=128,256`;

export function tradeoffCommand(): Command {
  const command = new Command('tradeoff')
    .description(
      "the paper's grid of style layers and α/β (Figure 3), or any two settings against each other",
    )
    .argument('<content>', 'content image')
    .argument('<styles...>', 'style image, or swatch:ID')
    .option('-o, --output <folder>', 'default: NAME-tradeoff in the current folder')
    .option('--rows <setting=list>', 'setting that varies by row (default: depth, conv1_1 … conv5_1)')
    .option('--columns <setting=list>', 'setting that varies by column (default: ratio=1e-5,1e-4,1e-3,1e-2)')
    .option('--ratios <list>', 'short for --columns ratio=…', numbersIn(fieldSchema('ratio')))
    .option(
      '--draft-steps <n>',
      'of the steps of a cell, those of its draft (default: 12)',
      numberIn(fieldSchema('steps')),
    )
    .option('--cold', 'start every cell from its own start image');
  addMachineOptions(addRecipeOptions(command, ['output', 'pyramid', 'colors']))
    .option(...NO_WAIT)
    .option(...FORCE);
  return command.addHelpText('after', about).action(run);
}

async function run(content: string, styles: readonly string[], options: TradeoffOptions): Promise<void> {
  const { json = false } = options;
  const [{ makeAndReport, reportProgress }, { loadTradeoff }, { requireFigurePlace }, { cellRecipes }] =
    await Promise.all([
      import('./figureContext'),
      import('../../engine/figures/loadTradeoff'),
      import('../../engine/figures/figurePlace'),
      import('../../engine/figures/tradeoffRequest'),
    ]);
  const request = requestOf(content, styles, options);
  const folder = path.resolve(options.output ?? longName(path.parse(content).name, '-tradeoff'));
  requireFigurePlace(folder);
  asUsage(() => cellRecipes(request));
  const settings = settingsFrom(options);
  const began = performance.now();
  const loaded = await loadTradeoff(request, settings.storage);
  const listener: FigureListener = {
    cell: progress => {
      const { done, total, phase } = progress;
      const seconds = (performance.now() - began) / 1000;
      const words = `${done} of ${total} pictures (${phase})`;
      reportProgress(json, { event: 'cell', ...progress, seconds }, words);
    },
  };
  await makeAndReport(folder, loaded, settings, options, listener, began);
}

/**
 * What a command line asks for.
 * @throws `usage` or `recipe-invalid`
 */
export function requestOf(
  content: string,
  styles: readonly string[],
  options: TradeoffOptions,
): TradeoffRequest {
  const { output: _folder, ...asked } = options;
  const base = recipeFrom(withGridDefaults(asked), { content, styles });
  const { rows, columns, ratios, draftSteps = DRAFT_STEPS } = options;
  if (columns !== undefined && ratios !== undefined)
    throw new AtelierError('usage', msg`--ratios is short for --columns ratio=…: give one of them.`);
  return {
    base,
    rows: rows === undefined ? depthAxis(base) : asUsage(() => parseAxis(rows, base)),
    columns: columns === undefined ? ratioAxis(base, ratios) : asUsage(() => parseAxis(columns, base)),
    draftSteps,
    start: options.cold === true ? 'cold' : 'warm',
  };
}

/** What is wrong with an axis was written on the command line. */
function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AtelierError && error.code === 'recipe-invalid')) throw error;
    const { message, ...next } = error.explanation;
    throw new AtelierError('usage', message, { ...next, cause: error });
  }
}

/** A cell is a quick picture at one scale; a preset or a recipe decides what belongs to its look. */
function withGridDefaults(options: RecipeOptions): RecipeOptions {
  const { size, steps, tv, statistics: papers, ...look } = GRID_DEFAULTS;
  if (options.recipe !== undefined) return { ...options, ...look };
  const { statistics = papers } = options;
  return {
    ...options,
    ...look,
    statistics,
    size: options.size ?? size,
    steps: options.steps ?? steps,
    ...(options.tv === undefined && options.preset === undefined && statistics === papers ? { tv } : {}),
  };
}
