import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pipFailure, stopped } from './failure';
import type { RuntimePlace } from './place';
import { runProgram } from './program';
import type { PrivatePython } from './python';
import { WHEEL_PYTHON, type Wheel } from './wheels';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Told how many bytes of this wheel have arrived. */
  readonly onBytes?: (received: number) => void;
}

/** How often the growing file is looked at; what pip prints differs from version to version. */
const LOOK_MS = 500;

/**
 * Brings a wheel into the place's folder with pip, which goes through the person's proxy and package index and holds
 * it to its hash. A wheel that is there already is not fetched again.
 * @returns its path
 * @throws `download-failed`, `download-corrupt`, `write-failed`, `interrupted`
 */
export async function fetchWheel(
  python: PrivatePython,
  place: RuntimePlace,
  wheel: Wheel,
  { signal, onBytes }: FetchOptions,
): Promise<string> {
  const present = await findWheel(place, wheel);
  if (present !== undefined) {
    onBytes?.(wheel.bytes);
    return present;
  }
  await fs.rm(place.temporary, { recursive: true, force: true });
  await fs.mkdir(place.temporary, { recursive: true });
  await fs.mkdir(place.wheels, { recursive: true });
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
    const file = await findWheel(place, wheel);
    if (file === undefined) throw pipFailure(what, output, place.root);
    onBytes?.(wheel.bytes);
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
async function findWheel(place: RuntimePlace, wheel: Wheel): Promise<string | undefined> {
  const names = await fs.readdir(place.wheels).catch(() => []);
  const name = names.find(each => each.startsWith(`${wheel.name.replaceAll('-', '_')}-${wheel.version}-`));
  if (name === undefined) return undefined;
  const file = path.join(place.wheels, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('hex') === wheel.sha256) return file;
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
