import * as fs from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { escapePath, glob, isDynamicPattern } from 'tinyglobby';
import { AtelierError } from '../../common/errors';
import { readFailed } from '../../common/fileError';
import { msg } from '../../common/messages';

/** What of a folder is an image, by the endings of names. */
const IMAGES = '*.{png,jpg,jpeg,webp,avif,gif,bmp,tif,tiff}';

/** A picture to paint. */
export interface BatchInput {
  /** Absolute path. */
  readonly file: string;
  /** Where its results belong below the output folder: that of the picture below what was named. */
  readonly folder: string;
}

export interface InputOptions {
  /** A file with one path a line, `-` for standard input. */
  readonly list?: string | undefined;
  /** Of folders and patterns, only these; patterns below each folder. */
  readonly include?: readonly string[] | undefined;
  /** And not these. */
  readonly exclude?: readonly string[] | undefined;
  /** Whether folders within folders count. */
  readonly recursive: boolean;
  /** Nothing in it is an input. */
  readonly output: string;
}

/**
 * The pictures that files, folders, patterns and a list name, each once, those of a folder by name.
 * @throws `file-missing`, `file-unreadable` for what was named and is not there; `usage` where nothing is named or found
 */
export async function findInputs(
  named: readonly string[],
  options: InputOptions,
): Promise<readonly BatchInput[]> {
  if (named.length === 0 && options.list === undefined)
    throw new AtelierError('usage', msg`Name the pictures to paint: files, folders, or patterns.`, {
      next: msg`A list of them is read with --list.`,
    });
  const found = new Map<string, BatchInput>();
  const add = (input: BatchInput) => {
    if (!found.has(input.file)) found.set(input.file, input);
  };
  for (const one of named) for (const input of await inputsOf(one, options)) add(input);
  if (options.list !== undefined) for (const file of await readList(options.list)) add({ file, folder: '' });
  if (found.size > 0) return [...found.values()];
  throw new AtelierError('usage', msg`There are no images in ${named.join(', ')}.`, {
    next: msg`Check the folder, the patterns, and --include and --exclude.`,
  });
}

async function inputsOf(named: string, options: InputOptions): Promise<readonly BatchInput[]> {
  const stat = fs.statSync(named, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) {
    const depth = options.recursive ? '**/' : '';
    const wanted = options.include ?? [`${depth}${IMAGES}`];
    return search(path.resolve(named), wanted, options);
  }
  if (stat !== undefined) return [{ file: path.resolve(named), folder: '' }];
  if (!isDynamicPattern(named))
    throw new AtelierError('file-missing', msg`${named} does not exist.`, {
      next: msg`Check the name and the folder.`,
    });
  const { base, pattern } = splitPattern(named);
  return search(base, [pattern], options);
}

/** The folder that a pattern begins with, and the rest of it. */
function splitPattern(named: string): { readonly base: string; readonly pattern: string } {
  const parts = named.replaceAll('\\', '/').split('/');
  const first = parts.findIndex(part => isDynamicPattern(part));
  const base = parts.slice(0, first).join('/');
  return {
    base: path.resolve(base === '' && named.startsWith('/') ? '/' : base),
    pattern: parts.slice(first).join('/'),
  };
}

async function search(
  base: string,
  patterns: readonly string[],
  { exclude = [], output }: InputOptions,
): Promise<readonly BatchInput[]> {
  const own = path.relative(base, output).replaceAll(path.sep, '/');
  // Results are no inputs of the next run. An output that is the folder itself, or above it, keeps nothing out.
  const results = own === '' || own.startsWith('..') || path.isAbsolute(own) ? [] : [`${escapePath(own)}/**`];
  const files = await glob([...patterns], {
    cwd: base,
    ignore: [...exclude, ...results, '**/node_modules/**'],
    caseSensitiveMatch: false,
    onlyFiles: true,
    expandDirectories: false,
  });
  return files
    .map(file => file.replaceAll('/', path.sep))
    .sort()
    .map(file => {
      const folder = path.dirname(file);
      return { file: path.join(base, file), folder: folder === '.' || folder.startsWith('..') ? '' : folder };
    });
}

/** The paths of a list; relative ones are relative to the file, those of standard input to the current folder. */
async function readList(list: string): Promise<readonly string[]> {
  const isInput = list === '-';
  let lines: string;
  try {
    lines = isInput ? await text(process.stdin) : fs.readFileSync(list, 'utf8');
  } catch (error) {
    throw readFailed(list, error);
  }
  const base = isInput ? process.cwd() : path.dirname(path.resolve(list));
  return lines
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .map(line => path.resolve(base, line));
}
