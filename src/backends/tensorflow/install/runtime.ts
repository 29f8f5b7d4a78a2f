import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { AtelierError } from '../../../common/errors';
import { msg, type Message } from '../../../common/messages';
import { isTemporary, writeJsonAtomically } from '../../../common/atomicFile';
import { isFileLock, acquireFileLock, type FileLock } from '../../../common/fileLock';
import { writeFailed } from '../../../common/fileError';
import { ADDON, addonKey, provideAddon } from './addon';
import { diskFull, stopped } from './failure';
import { fetchWheel } from './fetchWheel';
import { ownLibraries } from './libraries';
import { linkLibraries } from './nvidiaLibraries';
import { installObstacle } from './obstacle';
import { runtimePlace, type RuntimePlace } from './place';
import { privatePython } from './python';
import { isUnpacked, unpackWheel } from './unpack';
import {
  downloadBytes,
  installedBytes,
  TENSORFLOW_VERSION,
  wheelsOf,
  type Variant,
  type Wheel,
} from './wheels';
import { makeFolder } from '../../../common/makeFolder';

/** `check` comes last: `setUpTensorflow` tries the card. */
export type InstallStage = 'python' | 'download' | 'unpack' | 'addon' | 'check';

export interface InstallProgress {
  readonly stage: InstallStage;
  /** Bytes of the download and of the libraries together, done and in all. */
  readonly done: number;
  readonly total: number;
}

export interface InstallOptions {
  readonly storage: string;
  readonly variant: Variant;
  /** True only when a person has seen the `installNotice` and agreed. */
  readonly consent: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: InstallProgress) => void;
}

/** A runtime that is complete. */
export interface InstalledRuntime {
  readonly variant: Variant;
  /** TensorFlow's version. */
  readonly version: string;
}

/** What a person is shown before agreeing to an installation. */
export function installNotice(variant: Variant): Message {
  const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
  const [download, installed] = [megabytes(downloadBytes(variant)), megabytes(installedBytes(variant))];
  return variant === 'cuda'
    ? msg`TensorFlow ${TENSORFLOW_VERSION} with NVIDIA’s CUDA libraries: ${download} MB to download from the Python package index, ${installed} MB on the disk. Licences: Apache 2.0, and NVIDIA’s for CUDA and cuDNN.`
    : msg`TensorFlow ${TENSORFLOW_VERSION} for the CPU: ${download} MB to download from the Python package index, ${installed} MB on the disk. Licence: Apache 2.0.`;
}

/**
 * Installs TensorFlow and its addon below the storage. What arrived in an installation that was stopped is used.
 * Returns at once when the same runtime is there and loads.
 *
 * @throws `consent-missing`, `device-unavailable`, `download-failed`, `download-corrupt`, `write-failed`, or
 * `interrupted` when the signal was aborted
 */
export async function installRuntime(options: InstallOptions): Promise<InstalledRuntime> {
  const { storage, variant, consent, signal } = options;
  const obstacle = await installObstacle(variant);
  if (obstacle !== undefined) throw new AtelierError('device-unavailable', obstacle.message, obstacle);
  if (!consent) {
    throw new AtelierError('consent-missing', installNotice(variant), {
      next: msg`Agree to this to start the installation.`,
    });
  }
  const place = runtimePlace(storage);
  makeFolder(place.root);
  const lock = hold(place);
  try {
    await requireOwnRoot(place);
    const present = await readRuntime(storage);
    if (present?.variant !== variant || present.version !== TENSORFLOW_VERSION)
      await provideLibraries(place, options);
    if (variant === 'cuda') await linkLibraries(place.library);
    report(options, 'addon', totalWork(variant));
    await provideAddon(ownLibraries(place.library, TENSORFLOW_VERSION), {
      addons: place.addons,
      ...(signal === undefined ? {} : { signal }),
    });
    const installed = { variant, version: TENSORFLOW_VERSION };
    writeJsonAtomically(place.record, installed);
    return installed;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : writeFailed(place.root, error);
  } finally {
    lock.release();
  }
}

/** The runtime that is complete below the storage, if any. */
export async function readRuntime(storage: string): Promise<InstalledRuntime | undefined> {
  try {
    const record = JSON.parse(
      await fs.readFile(runtimePlace(storage).record, 'utf8'),
    ) as Partial<InstalledRuntime>;
    const { variant, version } = record;
    return (variant === 'cpu' || variant === 'cuda') && typeof version === 'string'
      ? { variant, version }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Where the addon of an installed runtime is. */
export async function addonPath(storage: string): Promise<string> {
  const place = runtimePlace(storage);
  return path.join(place.addons, await addonKey(ownLibraries(place.library, TENSORFLOW_VERSION)), ADDON);
}

/**
 * Refuses a folder of the runtime's name that is somebody else's: it holds other files than ours.
 * @throws `write-failed`
 */
async function requireOwnRoot(place: RuntimePlace): Promise<void> {
  const { python, wheels, temporary, partial, library, addons, record } = place;
  const own = [python, wheels, temporary, partial, library, addons, record].map(file => path.basename(file));
  const names = await fs.readdir(place.root).catch(() => []);
  const other = names.find(name => !own.includes(name) && !isTemporary(name));
  if (other === undefined) return;
  throw new AtelierError(
    'write-failed',
    msg`${path.join(place.root, other)} does not belong to the runtime.`,
    {
      next: msg`Move it elsewhere, or choose another storage folder.`,
    },
  );
}

/** Removes everything of the runtime, complete or not. Throws `write-failed` where there is anything else. */
export async function removeRuntime(storage: string): Promise<void> {
  const place = runtimePlace(storage);
  const lock = await fs.access(place.root).then(
    () => hold(place),
    () => undefined,
  );
  try {
    await requireOwnRoot(place);
    // Without its record the rest counts as rubbish, should something go wrong half-way.
    await fs.rm(place.record, { force: true });
    await fs.rm(place.root, { recursive: true, force: true, maxRetries: 3 });
  } finally {
    lock?.release();
  }
}

function hold(place: RuntimePlace): FileLock {
  const result = acquireFileLock(place.lock);
  if (isFileLock(result)) return result;
  throw new AtelierError(
    'write-failed',
    msg`Another Atelier (process ${String(result.pid)}) is already installing TensorFlow.`,
    {
      next: msg`Wait until it is done, or stop it.`,
    },
  );
}

/** Fetches and unpacks every wheel; the libraries get their name when all of them are complete. */
async function provideLibraries(place: RuntimePlace, options: InstallOptions): Promise<void> {
  const { variant, signal } = options;
  // The old runtime is no longer whole from here on.
  await fs.rm(place.record, { force: true });
  await startPartial(place, variant);
  await requireDiskSpace(place, variant);
  report(options, 'python', 0);
  const python = await privatePython(place.python, signal);
  const passOn = signal === undefined ? {} : { signal };
  let before = 0;
  for (const wheel of wheelsOf(variant)) {
    if (!(await isUnpacked(place, wheel))) {
      const fetched = (bytes: number): void => report(options, 'download', before + bytes);
      const file = await fetchWheel(python, place, wheel, { ...passOn, onBytes: fetched });
      const unpacked = (bytes: number): void =>
        report(options, 'unpack', before + wheel.bytes + bytes / UNPACK_SPEED);
      await unpackWheel(python, place, wheel, file, { ...passOn, onBytes: unpacked });
    }
    before += work(wheel);
  }
  if (signal?.aborted) throw stopped();
  await fs.rm(place.library, { recursive: true, force: true });
  await fs.rename(place.partial, place.library);
  await fs.rm(place.wheels, { recursive: true, force: true });
}

/** Bytes unpacked in the time in which one is downloaded, for a bar that moves evenly. */
const UNPACK_SPEED = 8;

const work = ({ bytes, unpackedBytes }: Wheel): number => bytes + unpackedBytes / UNPACK_SPEED;
const totalWork = (variant: Variant): number =>
  wheelsOf(variant).reduce((sum, wheel) => sum + work(wheel), 0);

function report({ variant, onProgress }: InstallOptions, stage: InstallStage, done: number): void {
  onProgress?.({ stage, done: Math.round(done), total: Math.round(totalWork(variant)) });
}

/** Unfinished libraries of the other variant, or another version, are of no use. */
async function startPartial(place: RuntimePlace, variant: Variant): Promise<void> {
  const mark = path.join(place.partial, '.variant');
  const wanted = `${variant} ${TENSORFLOW_VERSION}`;
  const found = await fs.readFile(mark, 'utf8').catch(() => undefined);
  if (found === wanted) return;
  await fs.rm(place.partial, { recursive: true, force: true });
  await fs.rm(place.library, { recursive: true, force: true });
  await fs.mkdir(place.partial, { recursive: true });
  await fs.writeFile(mark, wanted);
}

/** At most one wheel and the libraries are on the disk together with what is still to come. */
async function requireDiskSpace(place: RuntimePlace, variant: Variant): Promise<void> {
  let needed = 0;
  let largest = 0;
  for (const wheel of wheelsOf(variant)) {
    if (await isUnpacked(place, wheel)) continue;
    needed += wheel.unpackedBytes;
    largest = Math.max(largest, wheel.bytes);
  }
  const { bavail, bsize } = await fs.statfs(place.root);
  const missing = needed + 2 * largest - bavail * bsize;
  if (missing > 0) throw diskFull(place.root, missing);
}
