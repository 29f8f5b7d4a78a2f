import * as path from 'node:path';
import * as vscode from 'vscode';
import { AtelierError } from '../../errors';
import { presets } from '../../jobs/presets';
import type { PresetName, Recipe } from '../../jobs/recipe';
import type { Settings } from '../settings';
import { phrase } from '../../phrase';

/** What may be set for a painting beside its pictures. */
export interface PlanOptions {
  readonly preset?: PresetName;
  /** α/β. */
  readonly ratio?: number;
  /** Longest side in pixels; 0 keeps the size. */
  readonly size?: number;
}

/** The recipe for a painting of `content` in the blended `styles`, as the settings have it. */
export function planRecipe(
  content: string,
  styles: readonly string[],
  settings: Settings,
  { preset = settings.preset, ratio, size = settings.size }: PlanOptions = {},
): Recipe {
  const { model } = settings;
  const base: Recipe = {
    ...presets[preset],
    content,
    styles: styles.map(image => ({ image, weight: 1 })),
    ...(model === undefined ? {} : { model }),
    ...(size === undefined ? {} : { size }),
    ...(ratio === undefined ? {} : { ratio }),
  };
  return withOutputFolder(base, settings);
}

/**
 * Refuses recipes of a workspace that is not trusted: they name files to read and write.
 * @param file the recipe, or the painting that carries it
 * @throws `untrusted`
 */
export function checkTrust(file: string): void {
  const isOfWorkspace = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)) !== undefined;
  if (vscode.workspace.isTrusted || !isOfWorkspace) return;
  throw new AtelierError(
    'untrusted',
    phrase`${path.basename(file)} was not run: the recipes of this workspace are not trusted.`,
    { next: phrase`Trust the workspace first.` },
  );
}

/**
 * The recipe in a file, with other contents or styles where given.
 * @throws `untrusted`, `recipe-invalid`, `layer-unknown`, `file-missing`
 */
export async function recipeFrom(
  file: string,
  settings: Settings,
  other: { readonly content?: string; readonly styles?: readonly string[] } = {},
): Promise<Recipe> {
  checkTrust(file);
  const { completeRecipe, readRecipeFile } = await import('../later');
  const { output, ...asked } = readRecipeFile(file);
  const { content, styles } = other;
  // A result file that was meant for another picture is not overwritten with this one.
  const keepsOutput = output !== undefined && content === undefined;
  const recipe = completeRecipe(
    {
      ...asked,
      ...(keepsOutput ? { output } : {}),
      ...(content === undefined ? {} : { content }),
      ...(styles === undefined ? {} : { styles: styles.map(image => ({ image, weight: 1 })) }),
    },
    { source: file },
  );
  return keepsOutput ? recipe : withOutputFolder(recipe, settings);
}

/** The same recipe for another content image. */
export function withContent(
  { output: _output, ...recipe }: Recipe,
  content: string,
  settings: Settings,
): Recipe {
  return withOutputFolder({ ...recipe, content }, settings);
}

/** The same recipe in another style. */
export function withStyles(recipe: Recipe, styles: readonly string[]): Recipe {
  return { ...recipe, styles: styles.map(image => ({ image, weight: 1 })) };
}

/** A folder as output means a free name in it. */
export function withOutputFolder(recipe: Recipe, settings: Settings): Recipe {
  const output = settings.outputFolder(recipe.content);
  return output === undefined ? recipe : { ...recipe, output };
}
