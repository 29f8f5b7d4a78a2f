import * as path from 'node:path';
import type { EngineSettings } from '../protocol/request';
import { longName } from '../images/longName';
import type { Recipe } from '../recipe/recipe';
import { SWATCH_PREFIX } from '../recipe/swatches';

/** How results are named and encoded that are saved by themselves. */
export type Naming = NonNullable<EngineSettings['naming']>;

/** "lake-mosaic.png". */
export const usualNaming: Naming = { name: '{content}-{style}', format: 'png', quality: 92 };

const endings: Readonly<Record<Naming['format'], string>> = { png: '.png', jpeg: '.jpg', webp: '.webp' };

/** What a template may name; all of it is known before the painting is begun. */
type Named = Pick<Recipe, 'content' | 'styles' | 'size' | 'seed'>;

/**
 * The name of a result that nobody has named, without folder: the template with `{content}`, `{style}`, `{size}` and
 * `{seed}` filled in. A painting that is painted once more in its style keeps its name, and gets another number.
 */
export function outputName(
  recipe: Named,
  { name, format }: Naming = usualNaming,
  platform = process.platform,
): string {
  const style = recipe.styles.map(({ image }) => plainName(image)).join('+');
  const content = withoutStyle(path.parse(recipe.content).name, style);
  const values: Readonly<Record<string, string>> = {
    ...{ content, style, size: String(recipe.size), seed: String(recipe.seed) },
  };
  const filled = name.replace(/\{(\w+)\}/g, (text, key: string) => values[key] ?? text);
  return longName(lawful(filled, platform), endings[format]);
}

function plainName(image: string): string {
  return image.startsWith(SWATCH_PREFIX) ? image.slice(SWATCH_PREFIX.length) : path.parse(image).name;
}

/** "lake" of "lake-mosaic" and of "lake-mosaic-2". */
function withoutStyle(content: string, style: string): string {
  return content.replace(new RegExp(`(?<=.)-${style.replace(/\W/g, '\\$&')}(?:-\\d+)?$`), '');
}

const unlawful = {
  windows: /[\\/:*?"<>|\u0000-\u001f]+/g,
  elsewhere: /[\\/\u0000-\u001f]+/g,
} as const;

/** A name that the file system takes, and that leads into no other folder. */
function lawful(name: string, platform: NodeJS.Platform): string {
  const where = platform === 'win32' ? 'windows' : 'elsewhere';
  const clean = name.replace(unlawful[where], '-').replace(/[. ]+$/, '');
  return clean === '' ? 'painting' : clean;
}
