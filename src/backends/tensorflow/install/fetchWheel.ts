import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { defaultRetryPolicy, fetchFile, type RetryPolicy } from '../../../models/download/fetchFile';
import { HttpOrigin } from '../../../models/download/httpOrigin';
import { isPublished } from '../../../models/download/published';
import { downloadFailure, pipFailure, stopped } from './failure';
import { findWheel } from './packageIndex';
import type { RuntimePlace } from './place';
import { runProgram } from './program';
import type { PrivatePython } from './python';
import { WHEEL_PYTHON, type Wheel } from './wheels';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Told how many bytes of this wheel have arrived. */
  readonly onBytes?: (received: number) => void;
  readonly patience?: Partial<RetryPolicy>;
}

/** How often progress is told. What pip prints differs from version to version: its growing file is looked at. */
const LOOK_MS = 500;

/**
 * Brings a wheel into the place's folder, from the package index that pip is set to use and held to its hash: in parts,
 * so that a download that was cut or stopped goes on where it ended; by pip itself where only pip can reach the index.
 * A wheel that is there already is not fetched again.
 * @returns its path
 * @throws `download-failed`, `download-corrupt`, `write-failed`, `interrupted`
 */
export async function fetchWheel(
  python: PrivatePython,
  place: RuntimePlace,
  wheel: Wheel,
  options: FetchOptions,
): Promise<string> {
  const { signal, onBytes } = options;
  await fs.mkdir(place.wheels, { recursive: true });
  const present = await presentWheel(place, wheel);
  const url = present ?? (await findWheel(python, wheel, signal));
  if (signal?.aborted) throw stopped();
  let file = present;
  if (url instanceof URL) file = await fetchInParts(url, place, wheel, options);
  file ??= await fetchWithPip(python, place, wheel, options);
  onBytes?.(wheel.bytes);
  return file;
}

async function fetchInParts(
  url: URL,
  place: RuntimePlace,
  wheel: Wheel,
  { signal, onBytes, patience }: FetchOptions,
): Promise<string> {
  const file = path.join(place.wheels, path.basename(decodeURIComponent(url.pathname)));
  const origin = new HttpOrigin(url);
  let received = 0;
  const look = setInterval(() => onBytes?.(received), LOOK_MS);
  try {
    const published = { path: url.href, size: wheel.bytes, sha256: wheel.sha256 };
    await fetchFile(origin, published, file, {
      signal: signal ?? new AbortController().signal,
      retry: { ...defaultRetryPolicy, ...patience },
      onBytes: bytes => (received = bytes),
    });
    return file;
  } catch (error) {
    throw downloadFailure(`${wheel.name} ${wheel.version}`, error);
  } finally {
    clearInterval(look);
    await origin.close();
  }
}

async function fetchWithPip(
  python: PrivatePython,
  place: RuntimePlace,
  wheel: Wheel,
  { signal, onBytes }: FetchOptions,
): Promise<string> {
  await fs.rm(place.temporary, { recursive: true, force: true });
  await fs.mkdir(place.temporary, { recursive: true });
  const requirements = path.join(place.temporary, 'requirements.txt');
  await fs.writeFile(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);

  const look = setInterval(() => {
    void largestFile(place.temporary).then(bytes => onBytes?.(Math.min(bytes, wheel.bytes)));
  }, LOOK_MS);
  const what = `${wheel.name} ${wheel.version}`;
  try {
    const { code, output } = await runProgram(python.executable, pipArguments(place, wheel, requirements), {
      ...(signal === undefined ? {} : { signal }),
      env: { ...process.env, TMPDIR: place.temporary, PYTHONWARNINGS: 'ignore' },
    });
    if (signal?.aborted) throw stopped();
    if (code !== 0) throw pipFailure(what, output, place.root);
    const file = await presentWheel(place, wheel);
    if (file === undefined) throw pipFailure(what, output, place.root);
    return file;
  } finally {
    clearInterval(look);
    await fs.rm(place.temporary, { recursive: true, force: true });
  }
}

function pipArguments(place: RuntimePlace, wheel: Wheel, requirements: string): string[] {
  return [
    ...['-m', 'pip', 'download', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off'],
    ...['--retries', '3', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--require-hashes'],
    ...['--python-version', WHEEL_PYTHON, '--platform', wheel.platform],
    ...['--dest', place.wheels, '--requirement', requirements],
  ];
}

/** The wheel's file, when it is there and intact; one that is not is removed. */
async function presentWheel(place: RuntimePlace, wheel: Wheel): Promise<string | undefined> {
  const names = await fs.readdir(place.wheels).catch(() => []);
  const begin = `${wheel.name.replaceAll('-', '_')}-${wheel.version}-`;
  const name = names.find(each => each.startsWith(begin) && each.endsWith('.whl'));
  if (name === undefined) return undefined;
  const file = path.join(place.wheels, name);
  if (await isPublished(file, { path: name, size: wheel.bytes, sha256: wheel.sha256 })) return file;
  await fs.rm(file, { force: true });
  return undefined;
}

async function largestFile(folder: string): Promise<number> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) =>
        fs.stat(path.join(parentPath, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return Math.max(0, ...sizes);
}
