import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { TensorflowPlaces } from '../device';
import { ADDON, provideAddon } from './install/addon';
import { INSTALL_CUDA } from '../../common/cudaAdvice';
import { findLibraries } from './install/libraries';
import { linkLibraries } from './install/nvidiaLibraries';
import { runtimePlace } from './install/place';
import { systemObstacle } from './install/obstacle';
import { addonPath, readRuntime } from './install/runtime';
import { TENSORFLOW_VERSION, type Variant } from './install/wheels';

/** A TensorFlow that can be loaded. */
export interface Located {
  readonly addon: string;
  /** What was installed; undefined for a folder that was named. */
  readonly variant?: Variant;
}

/** The folder of a TensorFlow, or of an installed tfjs-node package, that is named in place of our own. */
export function namedTensorflow({ tensorflow }: Pick<TensorflowPlaces, 'tensorflow'>): string | undefined {
  const [named] = [tensorflow, process.env.ATELIER_TENSORFLOW].map(each => each?.trim()).filter(Boolean);
  return named ? path.resolve(named) : undefined;
}

/** Named folders that were found good in this process: trying an addon takes a second or two. */
const good = new Map<string, Located>();

/**
 * The addon of the TensorFlow to use: that of the named folder, else the one installed below the storage.
 * @throws `device-unavailable` when there is none, or it cannot be used
 */
export async function locateTensorflow(places: TensorflowPlaces): Promise<Located> {
  const { storage } = places;
  const named = namedTensorflow(places);
  if (named === undefined) return locateOwn(storage);
  const located = good.get(named) ?? (await locateNamed(named, storage));
  good.set(named, located);
  return located;
}

async function locateOwn(storage: string): Promise<Located> {
  const installed = await readRuntime(storage);
  if (installed === undefined) {
    const next = systemObstacle()?.next ?? INSTALL_CUDA;
    throw new AtelierError('device-unavailable', msg`The CUDA runtime is not installed.`, { next });
  }
  const { variant, version } = installed;
  if (version !== TENSORFLOW_VERSION) {
    throw new AtelierError(
      'device-unavailable',
      msg`TensorFlow ${version} is installed; this version of Atelier needs ${TENSORFLOW_VERSION}.`,
      { next: msg`Install the CUDA runtime again.` },
    );
  }
  const addon = await addonPath(storage);
  if (!(await isThere(addon))) {
    throw new AtelierError('device-unavailable', msg`TensorFlow’s addon is missing (${addon}).`, {
      next: msg`Install the CUDA runtime again. What is already installed is kept.`,
    });
  }
  if (variant === 'cuda') await linkLibraries(runtimePlace(storage).library);
  return { addon, variant };
}

async function locateNamed(folder: string, storage: string): Promise<Located> {
  const addon = await packagedAddon(folder);
  if (addon !== undefined) return { addon };
  const libraries = await findLibraries(folder);
  if (libraries === undefined) {
    const sentence = (await isThere(folder))
      ? msg`${folder} contains neither TensorFlow’s libraries and headers nor an installed @tensorflow/tfjs-node-gpu.`
      : msg`The TensorFlow folder does not exist: ${folder}.`;
    throw new AtelierError('device-unavailable', sentence, {
      next: msg`Choose another folder (setting atelier.tensorflowFolder, --tensorflow, or ATELIER_TENSORFLOW), or none.`,
    });
  }
  return { addon: await provideAddon(libraries, { addons: runtimePlace(storage).addons }) };
}

/** The addon that a tfjs-node package has installed for itself: lib/napi-v8/tfjs_binding.node. */
async function packagedAddon(folder: string): Promise<string | undefined> {
  const lib = path.join(folder, 'lib');
  const versions = (await fs.readdir(lib).catch(() => [])).filter(name => name.startsWith('napi-v'));
  const folders = versions.map(name => path.join(lib, name));
  for (const each of folders) {
    const addon = path.join(each, ADDON);
    if (!(await isThere(addon))) continue;
    // On Windows the package puts tensorflow.dll into the folder of the running Node's N-API version, the addon
    // into that of its own: Windows looks along the path.
    if (process.platform === 'win32') {
      const places = [path.join(folder, 'deps', 'lib'), ...folders];
      process.env.PATH = [...places, process.env.PATH ?? ''].join(path.delimiter);
    }
    return addon;
  }
  return undefined;
}

async function isThere(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
