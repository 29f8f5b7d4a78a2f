import * as path from 'node:path';
import type { Recipe } from '../recipe/recipe';

/** A painting for people: what is painted in the style of what. */
export function titleOf({ content, styles }: Recipe): string {
  const names = [content, ...styles.map(({ image }) => image)].map(file => path.basename(file));
  const [painted = '', ...others] = names;
  return `${painted} × ${others.join(' + ')}`.slice(0, 200);
}
