import { AtelierError } from '../../common/errors';
import { modelsFolder } from '../../models/folder';
import { layersOfModel } from '../../models/openNetwork';
import { msg } from '../../common/messages';
import { presetFor } from '../../recipe/presets';
import type { Recipe } from '../../recipe/recipe';
import { LAYERS, type LayerName } from '../../nst/vgg19';
import { readJob } from '../../jobs/folder';
import { FIGURE_1_LAYERS } from '../../nst/reconstruct';
import type { FigureInput } from '../../protocol/request';
import type { FigurePlan } from './figurePlan';
import { createFigure, listFigures, readFigure } from './storedFigure';
import {
  depthAxis,
  draftOf,
  fullSizeRecipe,
  GRID_DEFAULTS,
  ratioAxis,
  type TradeoffRequest,
} from './tradeoffRequest';
import { layersWithin } from './layersWithin';
import { planStyles, planVariations } from './planSheet';

/** Enough for the style of a growing subset to reach a small part of its starting loss. */
const RECONSTRUCTION_STEPS = 200;

/**
 * Everything that a figure is made from, as the papers have what nobody asked otherwise.
 * @param layers that the network has: the figure looks at no others
 */
export function planFigure(
  input: Exclude<FigureInput, { kind: 'variations' }>,
  layers: readonly LayerName[] = LAYERS,
): FigurePlan {
  if (input.kind === 'styles') return asStored(planStyles(input, layers));
  if (input.kind === 'reconstructions')
    return {
      ...{ steps: RECONSTRUCTION_STEPS, ...input, seed: 0 },
      layers: FIGURE_1_LAYERS.filter(layer => layers.includes(layer)),
    };
  const { content, styles, size, model, steps = GRID_DEFAULTS.steps, start = 'warm' } = input;
  const base: Recipe = {
    ...presetFor('studio', GRID_DEFAULTS),
    ...GRID_DEFAULTS,
    ...{ content, size, model, steps, styles: styles.map(image => ({ image, weight: 1 })) },
    ...layersWithin(layers, presetFor('studio', GRID_DEFAULTS)),
  };
  const axes = { rows: depthAxis(base), columns: ratioAxis(base) };
  return asStored({ kind: 'tradeoff', base, ...axes, draftSteps: draftOf(steps), start });
}

/**
 * The figure that was asked for: the newest one that is made from the same, or a new one.
 * @returns the absolute path of its folder
 * @throws `model-missing`, `model-corrupt`; of a run's variations `file-missing`, `job-corrupt`
 */
export async function findOrCreateFigure(storage: string, input: FigureInput): Promise<string> {
  const request =
    input.kind === 'variations'
      ? asStored(planVariations(readJob(input.job).recipe, input))
      : planFigure(input, await layersOfModel(input.model, modelsFolder(storage)));
  const same = JSON.stringify(sorted(request));
  const known = listFigures(storage).find(figure => JSON.stringify(sorted(figure.request)) === same);
  return known?.folder ?? createFigure(storage, request);
}

/**
 * A picture of a grid as a normal run.
 * @param id of the picture, `cell-ROW-COLUMN` counted from 1
 * @param size longest side in pixels; 0 keeps the content's
 * @throws `usage` when the figure has no such cell
 */
export function recipeOfCell(folder: string, id: string, size: number): Recipe {
  const { request } = readFigure(folder);
  const [, row = NaN, column = NaN] = (/^cell-(\d+)-(\d+)$/.exec(id) ?? []).map(Number);
  const known =
    request.kind === 'tradeoff' &&
    request.rows.values[row - 1] !== undefined &&
    request.columns.values[column - 1] !== undefined;
  if (!known) throw new AtelierError('usage', msg`The figure has no cell ${id}.`);
  return fullSizeRecipe(request, { row: row - 1, column: column - 1 }, size);
}

/** A plan as it will be read again: two requests are the same when their texts are. */
function asStored(plan: { readonly kind: 'tradeoff' } & TradeoffRequest): FigurePlan {
  return JSON.parse(JSON.stringify(plan)) as FigurePlan;
}

/** The same value with the fields of every object in the order of the alphabet. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]));
}
