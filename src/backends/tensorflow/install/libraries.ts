import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** A TensorFlow to link with. */
export interface Libraries {
  /** Holds the shared libraries. */
  readonly folder: string;
  /** File names of the shared libraries. */
  readonly names: readonly string[];
  /** Holds tensorflow/c/c_api.h. */
  readonly include: string;
  /** For people and for the addon's key. */
  readonly version: string;
  /** Whether they lie in our own runtime, at a known place relative to the addon. */
  readonly ours: boolean;
}

/** What TensorFlow calls its libraries: in the Python package, and in the C package. */
const NAMES = [
  ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  ['libtensorflow.so.2', 'libtensorflow_framework.so.2'],
] as const;

/**
 * The TensorFlow in a folder: a Python environment, its site-packages, the `tensorflow` package in it, or the C
 * package (lib/ and include/).
 */
export async function findLibraries(folder: string): Promise<Libraries | undefined> {
  for (const candidate of await candidates(folder)) {
    for (const names of NAMES) {
      const headers = [path.join(candidate, 'include'), path.join(candidate, '..', 'include')];
      const include = await firstWith(headers, path.join('tensorflow', 'c', 'c_api.h'));
      const complete = await Promise.all(names.map(name => isThere(path.join(candidate, name))));
      if (include === undefined || complete.includes(false)) continue;
      const version = `named-${path.basename(path.resolve(folder))}`;
      return { folder: candidate, names, include, version, ours: false };
    }
  }
  return undefined;
}

/** The libraries of our own runtime. */
export function ownLibraries(library: string, version: string): Libraries {
  const folder = path.join(library, 'tensorflow');
  return { folder, names: NAMES[0], include: path.join(folder, 'include'), version, ours: true };
}

async function candidates(folder: string): Promise<string[]> {
  const environments = await fs.readdir(path.join(folder, 'lib')).catch(() => []);
  const packages = environments
    .filter(name => name.startsWith('python3'))
    .map(name => path.join(folder, 'lib', name, 'site-packages', 'tensorflow'));
  return [folder, path.join(folder, 'tensorflow'), path.join(folder, 'lib'), ...packages];
}

async function firstWith(folders: readonly string[], file: string): Promise<string | undefined> {
  for (const folder of folders) if (await isThere(path.join(folder, file))) return path.resolve(folder);
  return undefined;
}

async function isThere(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
