import * as path from 'node:path';
import type { Run } from './run';
import type { Recipe } from '../../recipe/recipe';
import { styleName } from '../stylize/styleName';

/** A run in a few words: what a person has called it, its recipe's name, or "photo.jpg · Mosaic". */
export function runTitle({ name, recipe }: Pick<Run, 'name' | 'recipe'>): string {
  const { content, styles } = recipe;
  return name ?? recipe.name ?? `${path.basename(content)} · ${stylesTitle({ styles })}`;
}

/** The styles of a recipe in a few words: "Mosaic + Woodcut". */
export function stylesTitle({ styles }: Pick<Recipe, 'styles'>): string {
  return styles.map(({ image }) => styleName(image)).join(' + ');
}

/** The name of the file with the result; undefined while it lies in our own storage, as that of the sample picture does. */
export function savedName({ folder, state: { output } }: Pick<Run, 'folder' | 'state'>): string | undefined {
  if (output === undefined) return undefined;
  const storage = path.dirname(path.dirname(folder));
  return path.relative(storage, output).startsWith('..') ? path.basename(output) : undefined;
}
