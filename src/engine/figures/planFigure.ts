import { AtelierError } from '../../common/errors';
import { modelsFolder } from '../../models/folder';
import { layersOfModel } from '../../models/openNetwork';
import { msg } from '../../common/messages';
import { presetFor } from '../../recipe/presets';
import type { Recipe } from '../../recipe/recipe';
import { LAYERS, type LayerName } from '../../nst/vgg19';
import { FIGURE_1_LAYERS } from '../../nst/reconstruct';
import type { FigureInput } from '../../protocol/request';
import type { FigurePlan } from './figurePlan';
import { createFigure, listFigures, readFigure } from './storedFigure';
import { depthAxis, DRAFT_STEPS, fullSizeRecipe, GRID_DEFAULTS, ratioAxis } from './tradeoffRequest';

/** Enough for the style of a growing subset to reach a small part of its starting loss. */
const RECONSTRUCTION_STEPS = 200;

/**
 * Everything that a figure is made from, as the papers have what nobody asked otherwise.
 * @param layers that the network has: the figure looks at no others
 */
export function planFigure(input: FigureInput, layers: readonly LayerName[] = LAYERS): FigurePlan {
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
    ...layersWithin(layers),
  };
  const axes = { rows: depthAxis(base), columns: ratioAxis(base) };
  const draftSteps = Math.min(DRAFT_STEPS, Math.floor(steps / 4));
  // As it will be read again: two requests are the same when their texts are.
  return JSON.parse(JSON.stringify({ kind: 'tradeoff', base, ...axes, draftSteps, start })) as FigurePlan;
}

/** The layers of a cell that a network has; one that ends before those of the content gives its deepest for it. */
function layersWithin(layers: readonly LayerName[]): Pick<Recipe, 'contentLayers' | 'styleLayers'> {
  const { contentLayers, styleLayers } = presetFor('studio', GRID_DEFAULTS);
  const within = (weights: Recipe['styleLayers']): Recipe['styleLayers'] =>
    Object.fromEntries(Object.entries(weights).filter(([layer]) => layers.includes(layer as LayerName)));
  const content = within(contentLayers);
  const [deepest = LAYERS[0]] = layers.slice(-1);
  return {
    contentLayers: Object.keys(content).length > 0 ? content : { [deepest]: 1 },
    styleLayers: within(styleLayers),
  };
}

/**
 * The figure that was asked for: the newest one that is made from the same, or a new one.
 * @returns the absolute path of its folder
 * @throws `model-missing`, `model-corrupt`
 */
export async function findOrCreateFigure(storage: string, input: FigureInput): Promise<string> {
  const request = planFigure(input, await layersOfModel(input.model, modelsFolder(storage)));
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

/** The same value with the fields of every object in the order of the alphabet. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]));
}
