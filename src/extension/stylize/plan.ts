import * as vscode from 'vscode';
import type { Look } from '../../protocol/look';
import { presetFor, presets } from '../../recipe/presets';
import type { PresetName } from '../../recipe/presetNames';
import type { Recipe } from '../../recipe/recipe';
import type { Region } from '../../recipe/region';
import type { Style } from '../../recipe/style';
import { ownRecipesFolder, requireTrust } from '../recipes/recipeTrust';
import type { Settings } from '../settings';
import { withLook } from './look';

/** What may be set for a painting beside its pictures. */
export interface PlanOptions extends Look {
  readonly preset?: PresetName;
  /** α/β. */
  readonly ratio?: number;
  /** Parts in styles of their own, or kept. */
  readonly regions?: readonly Region[];
}

/** A style that was chosen: an image alone, or with its share in the blend. */
export type ChosenStyle = string | Style;

/** Its image: an absolute path, or `swatch:ID`. */
export function imageOf(style: ChosenStyle): string {
  return typeof style === 'string' ? style : style.image;
}

function styleOf(style: ChosenStyle): Style {
  return typeof style === 'string' ? { image: style, weight: 1 } : style;
}

/** The recipe for a painting of `content` in the blended `styles`, as the settings have it. */
export function planRecipe(
  content: string,
  styles: readonly ChosenStyle[],
  settings: Settings,
  { preset = settings.preset, ratio, regions, ...look }: PlanOptions = {},
): Recipe {
  const { model, size } = settings;
  // The papers' sums are of Gram matrices.
  const { statistics = presets[preset].statistics } = presets[preset].objective === 'paper' ? {} : look;
  const base: Recipe = {
    ...presetFor(preset, { statistics, objective: presets[preset].objective }),
    content,
    styles: styles.map(styleOf),
    ...(model === undefined ? {} : { model }),
    ...(size === undefined ? {} : { size }),
    ...(regions === undefined ? {} : { regions: [...regions] }),
  };
  const recipe = withLook(base, { ...look, statistics });
  return withOutputFolder(ratio === undefined ? recipe : { ...recipe, ratio }, settings);
}

/** Refuses recipes in a window that is not trusted, but for the person's own. Throws `untrusted`. */
export function checkTrust(file: string, { storage }: Settings): void {
  requireTrust(file, { isTrusted: vscode.workspace.isTrusted, ownFolder: ownRecipesFolder(storage) });
}

/**
 * The recipe in a file, with other contents or styles where given.
 * @throws `untrusted`, `recipe-invalid`, `layer-unknown`, `file-missing`
 */
export async function recipeFrom(
  file: string,
  settings: Settings,
  other: { readonly content?: string; readonly styles?: readonly ChosenStyle[] } = {},
): Promise<Recipe> {
  checkTrust(file, settings);
  const { completeRecipe, readRecipeFile } = await import('../deferred');
  const { output, ...asked } = readRecipeFile(file);
  const { content, styles } = other;
  // A result file that was meant for another picture is not overwritten with this one.
  const keepsOutput = output !== undefined && content === undefined;
  const recipe = completeRecipe(
    {
      ...asked,
      ...(keepsOutput ? { output } : {}),
      ...(content === undefined ? {} : { content }),
      ...(styles === undefined ? {} : { styles: styles.map(styleOf) }),
    },
    { source: file },
  );
  return keepsOutput ? recipe : withOutputFolder(recipe, settings);
}

/** The same recipe in another style. */
export function withStyles(recipe: Recipe, styles: readonly ChosenStyle[]): Recipe {
  return { ...recipe, styles: styles.map(styleOf) };
}

/** A folder as output means a free name in it. */
export function withOutputFolder(recipe: Recipe, settings: Settings): Recipe {
  const output = settings.outputFolder(recipe.content);
  return output === undefined ? recipe : { ...recipe, output };
}
