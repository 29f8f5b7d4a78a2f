import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { readFailed } from '../common/fileError';
import { version } from '../common/version';
import { fieldNames } from '../recipe/fields';
import { recipeSchema, type Recipe } from '../recipe/recipe';
import { mapFiles } from '../recipe/recipePaths';

/** A file that a painting is made from. */
export interface Input {
  /** Absolute path on this machine. */
  readonly file: string;
  /** Of its bytes, in hexadecimal digits. */
  readonly sha256: string;
}

/** One picture to paint. */
export interface Painting {
  /** The same for the same recipe, made from the same bytes by the same version; 64 hexadecimal digits. */
  readonly id: string;
  /** With paths of this machine, and without an output. */
  readonly recipe: Recipe;
  readonly inputs: readonly Input[];
}

/** How a recipe names a file by its contents. */
export const reference = (sha256: string): string => `sha256:${sha256}`;

/** Styles come again and again, contents now and then. */
const REMEMBERED = 256;

/** Hashes of files. A file that is asked for again and has not changed is not read again. */
export class FileHashes {
  private readonly known = new Map<string, Promise<string>>();

  /** @throws `file-missing`, `file-unreadable` */
  async of(file: string): Promise<string> {
    let key: string;
    try {
      const { size, mtimeMs, ino } = await fs.promises.stat(file);
      key = JSON.stringify([file, size, mtimeMs, ino]);
    } catch (error) {
      throw readFailed(file, error);
    }
    const known = this.known.get(key) ?? hashOf(file);
    this.known.delete(key);
    this.known.set(key, known);
    const [oldest] = this.known.keys();
    if (this.known.size > REMEMBERED && oldest !== undefined) this.known.delete(oldest);
    return known;
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(fs.createReadStream(file), hash);
  } catch (error) {
    throw readFailed(file, error);
  }
  return hash.digest('hex');
}

/**
 * A recipe as a painting that knows what it is made from.
 * @throws `file-missing`, `file-unreadable`
 */
export async function identify(recipe: Recipe, hashes: FileHashes): Promise<Painting> {
  const { output: _output, ...painted } = recipe;
  const files = new Set<string>();
  mapFiles(painted, ({ file }) => {
    files.add(file);
    return file;
  });
  const inputs = await Promise.all([...files].map(async file => ({ file, sha256: await hashes.of(file) })));
  const id = idOf(inContents(painted, inputs), version);
  return { id, recipe: painted, inputs };
}

/** What a recipe asks for with contents in place of names; a title for people says nothing of the picture. */
export function inContents(recipe: Recipe, inputs: readonly Input[]): Recipe {
  const hashes = new Map(inputs.map(({ file, sha256 }) => [file, sha256]));
  const {
    name: _name,
    $schema: _schema,
    ...said
  } = mapFiles(recipe, ({ file }) => reference(hashes.get(file) ?? ''));
  return said;
}

/**
 * What a painting is known by.
 * @param recipe with contents in place of names
 * @param engine the version that paints it
 */
export function idOf(recipe: Recipe, engine: string): string {
  // The order in which something is said changes nothing.
  const said = recipeSchema.parse(recipe);
  const entries = fieldNames.map(name => [name, said[name]]);
  return createHash('sha256')
    .update(JSON.stringify([engine, entries]))
    .digest('hex');
}
