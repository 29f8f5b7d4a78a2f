import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { fileSize, readInto } from './byteRange';
import { openKerasWeights } from './kerasWeights';
import { openSafetensorsWeights } from './safetensorsWeights';
import { openTfjsWeights } from './tfjsWeights';
import { unusable } from './weightError';
import type { ReadingOptions, WeightSource } from './weightSource';

const hdf5Magic = '894844460d0a1a0a';
const zipMagic = '504b0304';

function magicOf(file: string, size: number): string {
  const bytes = Buffer.alloc(Math.min(8, size));
  readInto(file, 0, bytes);
  return bytes.toString('hex');
}

/**
 * Opens weights in any form Atelier reads, told apart by their contents: a safetensors file, a TensorFlow.js folder
 * (or its model.json), a Keras `.h5` file.
 *
 * @throws `model-missing` when nothing is there, `file-unreadable`, `model-corrupt`
 */
export async function openWeights(file: string, options: ReadingOptions = {}): Promise<WeightSource> {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined)
    throw new AtelierError('model-missing', msg`There is no weight file ${file}.`, {
      next: msg`Choose a safetensors file, a TensorFlow.js folder or a Keras .h5 file.`,
    });
  if (stat.isDirectory()) return openTfjsWeights(path.join(file, 'model.json'), options);
  // A pipe is never opened: it would be waited for without end.
  const size = fileSize(file);
  if (path.basename(file) === 'model.json') return openTfjsWeights(file, options);
  const magic = magicOf(file, size);
  if (magic === hdf5Magic) return openKerasWeights(file, options);
  if (magic.startsWith(zipMagic))
    throw unusable(
      file,
      msg`it is a zip archive (a PyTorch .pth or a .keras file); save it as safetensors or .h5`,
    );
  return openSafetensorsWeights(file, options);
}
