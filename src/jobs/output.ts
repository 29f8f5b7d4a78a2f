import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { recipeIn } from '../images/recipe';
import { msg } from '../common/messages';
import type { Recipe } from '../recipe/recipe';
import { imagesOf } from '../recipe/recipePaths';
import { locateStyle } from '../recipe/swatches';
import { systemCode } from '../common/systemErrors';

const formats: Readonly<Record<string, 'png' | 'jpeg' | 'webp'>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
};

/** The format that the ending of a result's name asks for. Throws `usage` for an ending that is none of them. */
export function outputFormat(file: string): 'png' | 'jpeg' | 'webp' {
  const format = formats[path.extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new AtelierError('usage', msg`${file}: a result can be a .png, .jpg or .webp file.`);
}

/** Whether there is a folder; false also for a path that cannot be. */
export function isFolder(file: string): boolean {
  try {
    return fs.statSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** A link leads over at most so many others. */
const LONGEST_CHAIN = 40;

/**
 * The file that a result is written to: where a symbolic link leads, also when nothing is there yet.
 * @throws `write-failed` for links in a ring
 */
export function followLinks(file: string, chain = LONGEST_CHAIN): string {
  try {
    return fs.realpathSync(file);
  } catch (error) {
    if (systemCode(error) !== 'ELOOP' && chain > 0) {
      const target = linkAt(file);
      return target === undefined ? path.resolve(file) : followLinks(target, chain - 1);
    }
  }
  throw new AtelierError('write-failed', msg`${file} is a broken link.`, {
    next: msg`Choose another name.`,
  });
}

/** Where a link leads, absolute; undefined for what is none. */
function linkAt(file: string): string | undefined {
  try {
    return path.resolve(fs.realpathSync(path.dirname(file)), fs.readlinkSync(file));
  } catch {
    return undefined;
  }
}

/** Whether a result may take the place of a file without a question: it is a painting of Atelier's, by its recipe. */
export async function isPainting(file: string): Promise<boolean> {
  return (await recipeIn(file)) !== undefined;
}

/** The file at a recipe's `output` that Atelier did not paint, if there is one: it is replaced only when that was asked. */
export async function foreignOutput({ output }: Pick<Recipe, 'output'>): Promise<string | undefined> {
  if (output === undefined || isFolder(output)) return undefined;
  const file = followLinks(output);
  return fs.existsSync(file) && !(await isPainting(file)) ? output : undefined;
}

/**
 * Refuses an `output` that could not be written at the end, or that would replace one of the pictures it is made
 * from, before any time is spent.
 * @throws `usage`, `file-missing` for a folder that does not exist, `write-failed` for what is no regular file
 */
export function checkOutput(recipe: Recipe): void {
  const { output, styles, regions = [] } = recipe;
  if (output === undefined || isFolder(output)) return;
  outputFormat(output);
  const file = followLinks(output);
  const folder = path.dirname(file);
  if (fs.existsSync(folder) && !isFolder(folder))
    throw new AtelierError('file-missing', msg`${folder} is a file, not a folder for the result.`, {
      next: msg`Choose another folder.`,
    });
  if (!isFolder(folder))
    throw new AtelierError('file-missing', msg`${folder}: the output folder does not exist.`, {
      next: msg`Create it, or choose another.`,
    });
  if (fs.existsSync(file) && !fs.statSync(file).isFile())
    throw new AtelierError('write-failed', msg`${output} is not a regular file.`, {
      next: msg`Choose another name.`,
    });
  const named = [styles, ...regions.map(({ styles = [] }) => styles)].flat();
  const sources = [...imagesOf(recipe), ...named.map(({ image }) => locateStyle(image))];
  const source = sources.find(file => isSameFile(file, output));
  if (source !== undefined)
    throw new AtelierError('usage', msg`${output}: the result would replace the image it is made from.`, {
      next: msg`Choose another name.`,
    });
}

function isSameFile(a: string, b: string): boolean {
  try {
    const [one, other] = [a, b].map(file => fs.statSync(file, { bigint: true }));
    return one?.ino === other?.ino && one?.dev === other?.dev;
  } catch {
    // What cannot be looked at is told of when it is read or written.
    return false;
  }
}
