import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../errors';
import { phrase } from '../phrase';
import type { Recipe } from './recipe';
import { locateStyle } from './swatches';

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
  throw new AtelierError('usage', phrase`${file}: a result can be a .png, .jpg or .webp file.`);
}

export function isFolder(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Refuses an `output` that could not be written at the end, or that would replace one of the pictures it is made
 * from, before any time is spent.
 * @throws `usage`, or `file-missing` for a folder that does not exist
 */
export function checkOutput({ output, content, styles, init }: Recipe): void {
  if (output === undefined || isFolder(output)) return;
  outputFormat(output);
  const folder = path.dirname(output);
  if (!isFolder(folder))
    throw new AtelierError('file-missing', phrase`${folder}: the folder for the result does not exist.`, {
      next: phrase`Create it, or choose another.`,
    });
  const sources = [content, init, ...styles.map(({ image }) => locateStyle(image))];
  const source = sources.find(file => isSameFile(file, output));
  if (source !== undefined)
    throw new AtelierError('usage', phrase`${output}: the result would replace the image it is made from.`, {
      next: phrase`Choose another name.`,
    });
}

function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map(file => fs.statSync(file, { bigint: true, throwIfNoEntry: false }));
  if (one === undefined || other === undefined) return false;
  return one.ino === other.ino && one.dev === other.dev;
}
