import * as path from 'node:path';
import { fieldNames, rowOf } from './fields';
import type { PathRole } from './fieldType';
import type { Recipe, RecipeFile } from './recipe';
import type { Region } from './region';
import type { Style } from './style';
import { SWATCH_PREFIX } from './swatches';

/** A file that a recipe names, and what for. */
export interface NamedFile {
  readonly file: string;
  readonly role: PathRole;
}

/** Whether the value of a path's field names something that is no file. */
function isName(value: string, role: PathRole): boolean {
  switch (role) {
    case 'style':
      return value.startsWith(SWATCH_PREFIX);
    case 'start':
      return value === 'content' || value === 'noise';
    case 'network':
      // A bare name is a network of the catalogue.
      return !/[/\\.]/.test(value);
    default:
      return false;
  }
}

/** A recipe, or a part of one, with other files: names that are none stay. */
export function mapFiles<Part extends RecipeFile>(recipe: Part, change: (named: NamedFile) => string): Part {
  const changed = (value: string, role: PathRole) =>
    isName(value, role) ? value : change({ file: value, role });
  const stylesWith = (styles: readonly Style[]): Style[] =>
    styles.map(style => ({ ...style, image: changed(style.image, 'style') }));
  const regionWith = ({ mask, styles, styleMask, ...region }: Region): Region => ({
    mask: changed(mask, 'mask'),
    ...(styles && { styles: stylesWith(styles) }),
    ...region,
    ...(styleMask !== undefined && { styleMask: changed(styleMask, 'mask') }),
  });
  const entries = fieldNames.map(name => {
    const { type } = rowOf(name);
    const value: unknown = recipe[name];
    if (value === undefined) return [];
    if (type.kind === 'path') return [[name, changed(value as string, type.role)]];
    if (type.kind === 'styles') return [[name, stylesWith(value as readonly Style[])]];
    if (type.kind === 'regions') return [[name, (value as readonly Region[]).map(regionWith)]];
    return [];
  });
  return { ...recipe, ...(Object.fromEntries(entries.flat()) as Partial<Part>) };
}

/** Roles of images that a painting is made from. */
const images: readonly PathRole[] = ['content', 'style', 'mask', 'start'];

/** The image files that a painting is made from: content, styles that are no swatches, masks, and the start image. */
export function imagesOf(recipe: RecipeFile): readonly string[] {
  const files: string[] = [];
  mapFiles(recipe, ({ file, role }) => {
    if (images.includes(role)) files.push(file);
    return file;
  });
  return files;
}

/** Makes the paths of images, of the result and of a weight file absolute. */
export function resolvePaths<Part extends RecipeFile>(recipe: Part, folder: string): Part {
  return mapFiles(recipe, ({ file }) => path.resolve(folder, file));
}

/**
 * The recipe as it travels inside a picture saved in `folder`: paths are relative to it where they can be, so that
 * the two can move together and nobody's folders are told to the world; the output is left to the next run.
 */
export function portableRecipe({ output: _output, ...recipe }: Recipe, folder: string): Recipe {
  return mapFiles(recipe, ({ file, role }) =>
    // A network may have a dot in its name.
    role === 'network' && !path.isAbsolute(file)
      ? file
      : path.relative(folder, file).replaceAll(path.sep, '/'),
  );
}
