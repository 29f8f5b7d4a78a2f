import * as path from 'node:path';
import { InvalidArgumentError } from 'commander';
import { longName } from '../../images/longName';
import type { Recipe } from '../../recipe/recipe';
import { nameOfSet } from './styleSets';

/** What a template for names can hold, and what it stands for. */
const parts = {
  content: recipe => path.parse(recipe.content).name,
  style: recipe => nameOfSet(recipe.styles),
  size: recipe => String(recipe.size),
  model: recipe => path.parse(recipe.model).name,
  seed: recipe => String(recipe.seed),
} satisfies Record<string, (recipe: Recipe) => string>;

export const DEFAULT_TEMPLATE = '{content}-{style}-{size}';

export const PLACEHOLDERS = Object.keys(parts).map(name => `{${name}}`);

/** Reads a template for names; `/` makes folders. */
export function parseTemplate(template: string): string {
  const unknown = [...template.matchAll(/\{(.*?)\}/g)].find(([, name = '']) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no ${unknown[0]}; there are ${PLACEHOLDERS.join(', ')}.`);
  const folders = template.split(/[\\/]/);
  if (folders.some(part => part === '' || part === '.' || part === '..'))
    throw new InvalidArgumentError('It must stay within the output folder, as {style}/{content} does.');
  if (!template.includes('{content}'))
    throw new InvalidArgumentError('Without {content} all pictures would have one name.');
  return template;
}

/**
 * The path of a result below the output folder: the folders of the template, then that of the picture.
 * @param folder where the picture lies below what was named
 */
export function resultName(template: string, recipe: Recipe, folder: string, extension: string): string {
  const folders = template
    .split(/[\\/]/)
    .map(part => part.replace(/\{(\w+)\}/g, (_, name: keyof typeof parts) => safe(parts[name](recipe))));
  const name = folders.pop() ?? '';
  return path.join(...folders.map(one => longName(one, '')), folder, longName(name, `.${extension}`));
}

/** What any file system takes in a name. */
function safe(text: string): string {
  return text.replace(/[\0-\x1f/\\:*?"<>|]/g, '_').replace(/^\.+/, '_');
}
