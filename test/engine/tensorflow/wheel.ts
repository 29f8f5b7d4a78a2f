import * as path from 'node:path';
import { fetchWheel } from '../../../src/backends/tensorflow/install/fetchWheel';
import { runtimePlace } from '../../../src/backends/tensorflow/install/place';
import { privatePython } from '../../../src/backends/tensorflow/install/python';
import { wheelsOf } from '../../../src/backends/tensorflow/install/wheels';

/**
 * What makes pip find TensorFlow for the CPU in a folder: the installer of the engine's tests and that of the window
 * share one download of 274 MB, which the product's own code has made from the package index and verified.
 */
export async function indexEnvironment(): Promise<Record<'PIP_NO_INDEX' | 'PIP_FIND_LINKS', string>> {
  const place = runtimePlace(path.resolve(__dirname, '../../../.atelier/index'));
  const python = await privatePython(place.python);
  for (const wheel of wheelsOf('cpu')) await fetchWheel(python, place, wheel, {});
  return { PIP_NO_INDEX: '1', PIP_FIND_LINKS: place.wheels };
}
