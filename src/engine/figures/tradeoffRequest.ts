import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { presets } from '../../recipe/presets';
import type { Recipe } from '../../recipe/recipe';
import { completeRecipe } from '../../recipe/recipeFile';
import { FIGURE_3_RATIOS, type Cell, type TradeoffPlan } from '../../nst/tradeoff';
import { LAYERS, type LayerName } from '../../nst/vgg19';
import { axisOf, type Axis } from './axis';

/** Two settings against each other, by default those of Figure 3: growing subsets of style layers, and α/β. */
export interface TradeoffRequest {
  /** Everything that no axis changes; a cell is painted at one scale. */
  readonly base: Recipe;
  readonly rows: Axis;
  readonly columns: Axis;
  readonly draftSteps: number;
  readonly start: TradeoffPlan['start'];
  /** What a cell has as a normal run; else it is coarse to fine, with the steps of the studio preset or its own. */
  readonly atFullSize?: Pick<Recipe, 'size' | 'steps' | 'pyramid'>;
}

/** What a grid has where nobody asked otherwise: how it departs from the studio preset. */
export const GRID_DEFAULTS = {
  ...{ size: 256, steps: 80, tv: 20, pyramid: false },
  statistics: 'gram',
} as const;
export const DRAFT_STEPS = 12;

/** Steps of the draft of a picture of so many steps: few enough to see the whole grid early. */
export function draftOf(steps: number): number {
  return Math.min(DRAFT_STEPS, Math.floor(steps / 4));
}

/** The rows of Figure 3: the first style layer, the first two, … */
export function depthAxis(base: Recipe): Axis {
  const layers = LAYERS.filter(layer => base.styleLayers[layer] !== undefined);
  return axisOf('depth', layers, base);
}

/** The columns of Figure 3. */
export function ratioAxis(base: Recipe, ratios: readonly number[] = FIGURE_3_RATIOS): Axis {
  const written = ratios.map(ratio => (ratio < 0.01 ? ratio.toExponential() : String(ratio)));
  return axisOf('ratio', written, base);
}

/**
 * The recipes of all cells, by row and column.
 * @throws `recipe-invalid` for a value that no recipe can have, or two axes that change the same
 */
export function cellRecipes({ base, rows, columns, draftSteps }: TradeoffRequest): Recipe[][] {
  const both = fieldsOf(rows).filter(field => fieldsOf(columns).includes(field));
  const clash = both.filter(field => field !== 'init');
  if (clash.length > 0)
    throw new AtelierError('recipe-invalid', msg`Rows and columns both change ${clash.join(', ')}.`, {
      next: msg`Choose two different settings.`,
    });
  return rows.values.map(row =>
    columns.values.map(column => {
      const source = `The grid at ${row.label}, ${column.label}`;
      const recipe = completeRecipe({ ...base, ...row.change, ...column.change }, { source });
      if (recipe.steps > draftSteps) return recipe;
      throw new AtelierError(
        'recipe-invalid',
        msg`${source}: ${recipe.steps} steps must exceed the ${draftSteps} of a draft.`,
      );
    }),
  );
}

/** The layers at which any cell looks. */
export function gridLayers(recipes: readonly (readonly Recipe[])[]): readonly LayerName[] {
  const cells = recipes.flat();
  return LAYERS.filter(layer =>
    cells.some(
      ({ contentLayers, styleLayers }) =>
        contentLayers[layer] !== undefined || styleLayers[layer] !== undefined,
    ),
  );
}

function fieldsOf(axis: Axis): string[] {
  return [...new Set(axis.values.flatMap(({ change }) => Object.keys(change)))];
}

/**
 * A cell as a normal run: its recipe at full size, coarse to fine, with the steps of a painting.
 * @param size longest side in pixels where the request has none; 0 keeps the content's size
 */
export function fullSizeRecipe(request: TradeoffRequest, { row, column }: Cell, size: number): Recipe {
  const recipe = cellRecipes(request)[row]?.[column];
  if (recipe === undefined) throw new RangeError(`no cell ${row}, ${column}`);
  const { steps, pyramid } = presets.studio;
  return { ...recipe, size, steps: Math.max(steps, recipe.steps), pyramid, ...request.atFullSize };
}
