import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchWheel } from '../../../src/backends/tensorflow/install/fetchWheel';
import { runtimePlace } from '../../../src/backends/tensorflow/install/place';
import { privatePython } from '../../../src/backends/tensorflow/install/python';
import { wheelsOf } from '../../../src/backends/tensorflow/install/wheels';
import { isFileLock, acquireFileLock, type FileLock } from '../../../src/common/fileLock';

const place = runtimePlace(path.resolve(__dirname, '../../../.atelier/index'));

/**
 * What makes pip find TensorFlow for the CPU in a folder: the installer of the engine's tests and that of the window
 * share one download of 274 MB, which the product's own code has made from the package index and verified. They run
 * beside each other: one fetches, and the other waits for that.
 */
export async function indexEnvironment(): Promise<Record<'PIP_NO_INDEX' | 'PIP_FIND_LINKS', string>> {
  const lock = await acquireLock();
  try {
    const python = await privatePython(place.python);
    for (const wheel of wheelsOf('cpu')) await fetchWheel(python, place, wheel, {});
  } finally {
    lock.release();
  }
  return { PIP_NO_INDEX: '1', PIP_FIND_LINKS: place.wheels };
}

async function acquireLock(): Promise<FileLock> {
  fs.mkdirSync(path.dirname(place.root), { recursive: true });
  for (;;) {
    const found = acquireFileLock(path.join(path.dirname(place.root), 'fetching.lock'));
    if (isFileLock(found)) return found;
    await sleep(100);
  }
}
