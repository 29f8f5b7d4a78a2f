import { describe, expect, it } from 'vitest';
import { cellRecipes, fullSizeRecipe } from '../../../../src/engine/figures/tradeoffRequest';
import { subjectOf } from '../../../../src/engine/figures/figureSubject';
import { planFigure } from '../../../../src/engine/figures/planFigure';
import { planVariations } from '../../../../src/engine/figures/planSheet';
import { presets } from '../../../../src/recipe/presets';
import type { Recipe } from '../../../../src/recipe/recipe';

describe('a sheet of all styles', () => {
  const styles = ['swatch:mosaic', '/own/swirls.jpg'];
  const plan = planFigure({ kind: 'styles', content: '/photo.jpg', styles, size: 192, model: 'lite' });
  if (plan.kind !== 'tradeoff') throw new Error('no grid');

  it('has a picture for each style, alone and with the usual look', () => {
    expect(subjectOf(plan)).toBe('styles');
    const [row = []] = cellRecipes(plan);
    expect(row.map(recipe => recipe.styles)).toEqual(styles.map(image => [{ image, weight: 1 }]));
    expect(row[0]).toMatchObject({ statistics: presets.studio.statistics, size: 192, pyramid: false });
    expect(plan.columns.values.map(({ label }) => label)).toEqual(['Mosaic', 'swirls']);
  });

  it('gives a normal painting of the style that was chosen', () => {
    const recipe = fullSizeRecipe(plan, { row: 0, column: 1 }, 512);
    const { steps, pyramid, ratio } = presets.studio;
    expect(recipe).toMatchObject({ size: 512, steps, pyramid, ratio });
    expect(recipe.styles).toEqual([{ image: '/own/swirls.jpg', weight: 1 }]);
  });
});

describe('variations of a run', () => {
  const run: Recipe = {
    ...presets.studio,
    ...{ content: '/photo.jpg', styles: [{ image: 'swatch:mosaic', weight: 1 }] },
    ...{ output: '/photo-mosaic.png', size: 900, steps: 77, ratio: 0.03, styleScale: 3 },
  };
  const plan = planVariations(run, { kind: 'variations', job: '/jobs/1', size: 256 });

  it('surround its settings, with the run itself in the middle, within what a recipe may have', () => {
    expect(subjectOf(plan)).toBe('variations');
    const ratios = plan.rows.values.map(({ change }) => change.ratio);
    expect(ratios).toEqual([0.09, 0.03, 0.01]);
    expect(plan.columns.values.map(({ change }) => change.styleScale)).toEqual([1.5, 3]);
    expect(cellRecipes(plan)[1]?.[1]).toMatchObject({ ratio: 0.03, styleScale: 3, size: 256 });
  });

  it('become normal runs of the size and steps of the run, and never its file', () => {
    const recipe = fullSizeRecipe(plan, { row: 2, column: 0 }, 512);
    expect(recipe).toMatchObject({ size: 900, steps: 77, pyramid: true, ratio: 0.01, styleScale: 1.5 });
    expect(recipe.output).toBeUndefined();
  });
});
