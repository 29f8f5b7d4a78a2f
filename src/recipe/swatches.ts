import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { resourcePath } from '../common/resources';

/** Styles that ship with Atelier are named by this prefix and their id. */
export const SWATCH_PREFIX = 'swatch:';

/** A style that ships with Atelier. */
export interface Swatch {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Absolute path of the picture. */
  readonly file: string;
}

interface SwatchEntry {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly description: string;
}

/** The built-in styles, in the order in which they are offered. */
export function listSwatches(): Swatch[] {
  const index = resourcePath('media/swatches/index.json');
  const entries = JSON.parse(fs.readFileSync(index, 'utf8')) as readonly SwatchEntry[];
  return entries.map(({ id, file, title, description }) => ({
    id,
    title,
    description,
    file: path.resolve(path.dirname(index), file),
  }));
}

/** What a style is called: the title of a built-in one, or its file's name without the ending. */
export function titleOfStyle(image: string): string {
  const built = listSwatches().find(({ id }) => image === SWATCH_PREFIX + id);
  return built?.title ?? path.parse(image).name;
}

/**
 * The file of a style image: a path as it is, or the picture of a swatch.
 * @throws `file-missing` for a swatch that does not exist
 */
export function locateStyle(image: string): string {
  if (!image.startsWith(SWATCH_PREFIX)) return image;
  const id = image.slice(SWATCH_PREFIX.length);
  const swatches = listSwatches();
  const swatch = swatches.find(candidate => candidate.id === id);
  if (swatch === undefined)
    throw new AtelierError('file-missing', msg`There is no built-in style '${id}'.`, {
      next: msg`The built-in styles are ${swatches.map(candidate => candidate.id).join(', ')}.`,
    });
  return swatch.file;
}
