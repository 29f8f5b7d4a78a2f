import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import { writeFailed } from '../common/fileError';
import { temporaryName } from '../common/atomicFile';
import { longName } from './longName';
import { systemCode } from '../common/systemErrors';

/** How a result is saved. */
export interface Saving {
  /** Of the temporary file, see `temporaryName`; none but this one saves with it at the same time. */
  readonly mark?: string;
}

/** A name that was asked for, and, without end, those that are taken in its place: out.png, out-2.png, … */
export function* nextNames(file: string) {
  const { dir, name, ext } = path.parse(file);
  yield file;
  for (let n = 2; ; n++) yield named(dir, name, `-${n}${ext}`);
}

function named(folder: string, stem: string, tail: string): string {
  return path.join(folder, longName(stem, tail));
}

/**
 * Saves a result under a name or, where that is taken, under the next free one, and says which. No existing file is
 * touched and none is ever half-written, whoever else is saving: the bytes go to a temporary file, which then takes the
 * first free name by a hard link, which fails where the name exists. Where there are no hard links (FAT, some
 * network drives) an empty file claims the name exclusively and the temporary one is renamed over it: a power
 * cut between the two leaves the empty file.
 *
 * @throws AtelierError `write-failed` (read-only, full, missing folder, no permission); nothing is left behind
 */
export function saveBeside(file: string, bytes: Uint8Array, { mark }: Saving = {}): Promise<string> {
  return saveUnder(() => nextNames(file), temporaryName(file, mark), bytes);
}

/**
 * Saves a result under the name that was asked for, whole or not at all. A file that has it is replaced if it may be;
 * else the result takes the next free name.
 *
 * @param mayReplace asked of a file that is there
 * @returns the name that the result has
 * @throws AtelierError `write-failed`; nothing is left behind
 */
export function saveAs(
  file: string,
  bytes: Uint8Array,
  mayReplace: (file: string) => Promise<boolean>,
  { mark }: Saving = {},
): Promise<string> {
  const replace = async (temporary: string, name: string): Promise<boolean> => {
    if (name !== file || !(await mayReplace(name))) return false;
    await fs.rename(temporary, name);
    return true;
  };
  return saveUnder(() => nextNames(file), temporaryName(file, mark), bytes, replace);
}

/** Writes the temporary file and gives it the first of the names that it can have. */
async function saveUnder(
  names: () => Iterable<string>,
  temporary: string,
  bytes: Uint8Array,
  replace: (temporary: string, name: string) => Promise<boolean> = () => Promise.resolve(false),
): Promise<string> {
  let [name = temporary] = names();
  try {
    await writeSynced(temporary, bytes);
    for (name of names()) {
      if ((await publish(temporary, name)) || (await replace(temporary, name))) return name;
    }
    throw new Error('names do not end');
  } catch (error) {
    throw writeFailed(name, error);
  } finally {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  // What a kill has left of it.
  await fs.rm(file, { force: true });
  const handle = await fs.open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a finished file its name; false when the name is taken. */
async function publish(temporary: string, name: string): Promise<boolean> {
  try {
    await fs.link(temporary, name);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
  }
  try {
    await (await fs.open(name, 'wx')).close();
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await fs.rename(temporary, name);
    return true;
  } catch (error) {
    await fs.rm(name, { force: true });
    throw error;
  }
}
