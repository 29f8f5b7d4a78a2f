import * as fs from 'node:fs';
import * as path from 'node:path';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import type { LayerName } from '../nst/vgg19';
import { catalogue, lite } from './catalogue';
import type { RemoteModel } from './remoteModel';
import { conventions, type ConventionName, type InputConvention } from './convention';
import { isModelName, modelFile, modelsFolder } from './folder';
import { withModelLock } from './modelLock';
import { createNetwork } from './network';
import { openWeights } from './formats/openWeights';
import { firstDifference } from './pinned';
import { openSafetensorsWeights } from './formats/safetensorsWeights';
import { isForeign, storeNetwork } from './store';
import type { WeightSource } from './formats/weightSource';

export interface ImportOptions {
  /** By default `modelsFolder()`. */
  readonly modelsFolder?: string;
  /** By default the file's name, or the catalogue's for weights that are a network of the catalogue. */
  readonly name?: string;
  /** The input the network wants, where the file does not say: see `ReadingOptions`. */
  readonly input?: ConventionName;
  /** Gives the import up; nothing is left of it. */
  readonly signal?: AbortSignal;
}

export interface Imported {
  /** What `--model` takes from now on. */
  readonly name: string;
  readonly file: string;
  readonly fingerprint: string;
  readonly layers: readonly LayerName[];
  readonly convention: InputConvention;
}

function sameConvention(a: InputConvention, b: InputConvention): boolean {
  return a.order === b.order && [...a.mean, ...a.std].join() === [...b.mean, ...b.std].join();
}

function recognize(source: WeightSource, models: readonly RemoteModel[]): RemoteModel | undefined {
  return models.find(
    model =>
      sameConvention(model.convention, source.convention) && firstDifference(model, source) === undefined,
  );
}

/** A model's name made of a file's; the names of Atelier's own networks stay theirs. */
function nameFrom(file: string, models: readonly RemoteModel[]): string {
  const base = path.basename(file) === 'model.json' ? path.basename(path.dirname(path.resolve(file))) : file;
  const name = path
    .basename(base)
    .replace(/\.(safetensors|h5|hdf5|keras)$/i, '')
    .replace(/[^\p{L}\p{N}_.-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 80);
  const taken = name === lite.name || models.some(model => model.name === name);
  return taken ? `${name}-imported` : isModelName(name) ? name : 'imported';
}

function checkName(name: string, recognized: RemoteModel | undefined, models: readonly RemoteModel[]): void {
  const reserved = name === lite.name || models.some(model => model.name === name);
  if (reserved && recognized?.name !== name)
    throw new AtelierError(
      'usage',
      msg`The name ${name} belongs to a different network from the one in this file.`,
      {
        next: msg`Import it under another name.`,
      },
    );
}

/** Of the network in a file as it was stored, or of its numbers where Atelier did not store it. */
function fingerprintIn(file: string): string | undefined {
  try {
    const source = openSafetensorsWeights(file);
    return source.fingerprint ?? createNetwork(source, file).fingerprint;
  } catch {
    return undefined;
  }
}

/** The same weights, which can no longer be read when the signal was aborted. */
function stoppable(source: WeightSource, signal: AbortSignal | undefined): WeightSource {
  const read: WeightSource['read'] = layer => {
    if (signal?.aborted)
      throw new AtelierError('interrupted', msg`The import was stopped.`, {
        next: msg`Nothing of it is kept.`,
      });
    return source.read(layer);
  };
  return { ...source, read };
}

/** Lets messages arrive, that of a person who gives up among them: reading a network takes a while without a pause. */
function yieldToEvents(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** A network of the catalogue is mended by importing it; any other file of the name may be somebody's own. */
function checkPlace(
  name: string,
  file: string,
  fingerprint: string,
  recognized: RemoteModel | undefined,
): void {
  if (!fs.existsSync(file)) return;
  const present = fingerprintIn(file);
  if (present === fingerprint || (recognized?.name === name && !isForeign(file))) return;
  throw new AtelierError('usage', msg`There is another model named ${name} (${file}).`, {
    next: msg`Import this one under another name.`,
  });
}

/**
 * Installs a VGG-19-shaped network from a safetensors file, a TensorFlow.js folder or a Keras `.h5` file. Any widths
 * and any depth from conv1_1 on will do. Weights that are bit for bit those of a network of the catalogue are installed
 * as that network.
 *
 * @throws `model-missing`, `model-corrupt`, `usage` for a name that is taken, `write-failed`, or `interrupted` when the
 * signal was aborted
 */
export async function importModel(
  from: string,
  options: ImportOptions = {},
  models: readonly RemoteModel[] = catalogue,
): Promise<Imported> {
  const folder = options.modelsFolder ?? modelsFolder();
  const { signal } = options;
  const reading = options.input === undefined ? {} : { input: conventions[options.input] };
  const source = stoppable(await openWeights(from, reading), signal);
  await yieldToEvents();
  const recognized = recognize(source, models);
  const name = options.name ?? recognized?.name ?? nameFrom(from, models);
  checkName(name, recognized, models);
  const file = modelFile(folder, name);
  await yieldToEvents();
  const { fingerprint, layers } = createNetwork(source, name);
  await yieldToEvents();
  await withModelLock(`${file}.lock`, async () => {
    checkPlace(name, file, fingerprint, recognized);
    await storeNetwork(source, fingerprint, file, {
      kind: recognized?.name ?? 'imported',
      source: recognized
        ? `github.com/${recognized.repository}@${recognized.commit}`
        : `imported from ${path.basename(from)}`,
      ...(recognized ? { license: recognized.licenseText } : {}),
    });
  });
  return { name, file, fingerprint, layers, convention: source.convention };
}
