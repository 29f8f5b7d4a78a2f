import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { catalogue, lite } from './catalogue';
import { isModelName, modelFile, modelsFolder } from './folder';
import { createNetwork, type Network } from './network';
import { openWeights } from './formats/openWeights';
import type { ReadingOptions } from './formats/weightSource';
import type { LayerName } from '../nst/vgg19';

export interface OpenOptions extends ReadingOptions {
  /** By default `modelsFolder()`. */
  readonly modelsFolder?: string;
}

/** The file behind a model's name; a path stands for itself. */
function locate(nameOrFile: string, folder: string): { name: string; file: string } {
  if (nameOrFile === lite.name) return { name: lite.name, file: lite.file() };
  if (isModelName(nameOrFile)) {
    const file = modelFile(folder, nameOrFile);
    if (fs.existsSync(file)) return { name: nameOrFile, file };
    if (catalogue.some(({ name }) => name === nameOrFile))
      throw new AtelierError('model-missing', msg`The model ${nameOrFile} is not installed.`, {
        next: msg`Run "atelier models download ${nameOrFile}", or import it from a file.`,
      });
  }
  if (!fs.existsSync(nameOrFile))
    throw new AtelierError(
      'model-missing',
      msg`There is no installed model and no weight file named ${nameOrFile}.`,
      { next: msg`Run "atelier models list" to see the available networks.` },
    );
  return { name: path.basename(nameOrFile), file: nameOrFile };
}

/**
 * Opens a network: 'lite' is embedded, other names are looked for in the models folder, and anything else is the
 * path of a safetensors file, a TensorFlow.js folder or a Keras `.h5` file.
 *
 * @throws `model-missing` with what to do, `file-unreadable`, `model-corrupt`
 */
export async function openNetwork(nameOrFile: string, options: OpenOptions = {}): Promise<Network> {
  const { name, file } = locate(nameOrFile, options.modelsFolder ?? modelsFolder());
  return createNetwork(await openWeights(file, options), name);
}

/**
 * The layers of a network, of files that end early as far as they go. Its numbers are not read.
 * @throws the errors of `openNetwork` that need no numbers
 */
export async function layersOfModel(nameOrFile: string, folder: string): Promise<readonly LayerName[]> {
  const { file } = locate(nameOrFile, folder);
  return [...(await openWeights(file, { partial: true })).channels.keys()];
}
