import * as path from 'node:path';
import type { Recipe } from '../../recipe/recipe';
import { styleName } from '../stylize/styleName';

/** A run in a few words: its recipe's name, or "photo.jpg · Mosaic". */
export function runTitle({ name, content, styles }: Recipe): string {
  return name ?? `${path.basename(content)} · ${stylesTitle({ styles })}`;
}

/** The styles of a recipe in a few words: "Mosaic + Woodcut". */
export function stylesTitle({ styles }: Pick<Recipe, 'styles'>): string {
  return styles.map(({ image }) => styleName(image)).join(' + ');
}
