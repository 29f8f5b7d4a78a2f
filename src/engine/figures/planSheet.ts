import type { LayerName } from '../../nst/vgg19';
import type { FigureInput } from '../../protocol/request';
import { presetFor } from '../../recipe/presets';
import type { Recipe } from '../../recipe/recipe';
import { axisOf, type Axis } from './axis';
import { layersWithin } from './layersWithin';
import { draftOf, ratioAxis, type TradeoffRequest } from './tradeoffRequest';

/** Enough to tell how a painting will look: all eight built-in styles within twenty seconds on two cores. */
const STYLES = { steps: 20, draftSteps: 4 };
const VARIATIONS = { steps: 36, draftSteps: 6 };

/** A grid as its plan is stored. */
type Sheet = { readonly kind: 'tradeoff' } & TradeoffRequest;

type InputOf<Kind extends FigureInput['kind']> = Extract<FigureInput, { kind: Kind }>;

/** *Try All Styles*: one image in each of several styles, small, with the studio preset. */
export function planStyles(
  { content, styles, size, model, steps = STYLES.steps }: InputOf<'styles'>,
  layers: readonly LayerName[],
): Sheet {
  const preset = presetFor('studio', {});
  const base: Recipe = {
    ...preset,
    ...{ content, size, model, steps, pyramid: false },
    styles: styles.map(image => ({ image, weight: 1 })),
    ...layersWithin(layers, preset),
  };
  const numbers = styles.map((_, i) => String(i + 1));
  return {
    kind: 'tradeoff',
    base,
    rows: ratioAxis(base, [base.ratio]),
    columns: axisOf('style', numbers, base),
    draftSteps: Math.min(STYLES.draftSteps, draftOf(steps)),
    start: 'cold',
  };
}

/** How much more and less style neighbours have, and how much larger and smaller their style images are. */
const [MORE, LARGER] = [3, 2];

/**
 * *Variations*: a run with less, as much and more style, and with a smaller, the same and a larger style image; small,
 * at one scale. As a normal run each has the run's own size, steps and scales.
 */
export function planVariations(
  recipe: Recipe,
  { size, steps = VARIATIONS.steps }: InputOf<'variations'>,
): Sheet {
  const { output: _, name: __, ...look } = recipe;
  const base: Recipe = { ...look, size, steps, pyramid: false };
  const { ratio, styleScale } = recipe;
  return {
    kind: 'tradeoff',
    base,
    rows: ratioAxis(base, [ratio * MORE, ratio, ratio / MORE].map(rounded)),
    columns: scaleAxis([styleScale / LARGER, styleScale, styleScale * LARGER], base),
    draftSteps: Math.min(VARIATIONS.draftSteps, draftOf(steps)),
    start: 'cold',
    atFullSize: { size: recipe.size, steps: recipe.steps, pyramid: recipe.pyramid },
  };
}

/** Sizes of the style image within what a recipe may have. */
function scaleAxis(scales: readonly number[], base: Recipe): Axis {
  const within = scales.filter(scale => scale >= 0.1 && scale <= 4);
  return axisOf('style-scale', within.map(rounded).map(String), base);
}

const rounded = (value: number): number => Number(value.toPrecision(3));
