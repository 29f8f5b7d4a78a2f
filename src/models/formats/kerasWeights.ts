import type * as h5wasm from 'h5wasm/node';
import type { Dataset, File } from 'h5wasm/node';
import type { LayerName } from '../../nst/vgg19';
import { AtelierError } from '../../common/errors';
import { fileSize } from './byteRange';
import { caffe } from '../convention';
import { fromKerasName } from './kerasNames';
import { unusable } from './weightError';
import { msg, type Message } from '../../common/messages';
import {
  checkChain,
  layersToRead,
  type DeclaredConv,
  type ReadingOptions,
  type WeightSource,
} from './weightSource';

type Hdf5 = typeof h5wasm;

let library: Promise<Hdf5> | undefined;

async function load(): Promise<Hdf5> {
  const hdf5 = await import('h5wasm/node');
  // Without this, errors are printed on stderr and a failed open gives a file that is none.
  (await hdf5.ready).activate_throwing_error_handler();
  return hdf5;
}

/** What the library's error means; its own words stay in the cause. */
function reason(error: unknown): Message {
  const isShort = error instanceof Error && error.message.includes('truncated file');
  return isShort ? msg`it is incomplete` : msg`it is damaged`;
}

function withFile<T>(hdf5: Hdf5, path: string, use: (file: File) => T): T {
  let file;
  try {
    file = new hdf5.File(path, 'r');
    return use(file);
  } catch (error) {
    if (error instanceof AtelierError) throw error;
    throw unusable(path, reason(error), error);
  } finally {
    file?.close();
  }
}

function datasetAt(hdf5: Hdf5, file: File, path: string): Dataset | undefined {
  const entity = file.get(path);
  return entity instanceof hdf5.Dataset ? entity : undefined;
}

interface Found {
  kernel?: { readonly path: string; readonly shape: readonly number[] };
  bias?: { readonly path: string; readonly shape: readonly number[] };
}

/**
 * Every release of Keras nests a layer's tensors differently (`block1_conv1/block1_conv1_W_1:0`,
 * `block1_conv1/block1_conv1/kernel:0`, `model_weights/…`, `layers/block1_conv1/vars/0`), but all do it below a group
 * with the layer's name, and the kernel is the one of four axes.
 */
function findConvs(hdf5: Hdf5, file: File, layers: readonly LayerName[]): Map<LayerName, Found> {
  const convs = new Map<LayerName, Found>();
  for (const path of file.paths()) {
    const parts = path.split('/');
    const layer = parts.map(fromKerasName).find(name => name !== undefined);
    if (layer === undefined || !layers.includes(layer) || parts[0] === 'optimizer_weights') continue;
    const shape = datasetAt(hdf5, file, path)?.shape;
    if (!shape) continue;
    const found = convs.get(layer) ?? {};
    if (shape.length === 4) found.kernel ??= { path, shape };
    if (shape.length === 1) found.bias ??= { path, shape };
    convs.set(layer, found);
  }
  return convs;
}

function readDataset(hdf5: Hdf5, path: string, dataset: string | undefined): Float32Array {
  return withFile(hdf5, path, file => {
    const value = dataset === undefined ? undefined : datasetAt(hdf5, file, dataset)?.value;
    if (value instanceof Float32Array) return value;
    if (value instanceof Float64Array) return Float32Array.from(value);
    throw unusable(path, msg`${dataset ?? 'bias'} is not an array of floats`);
  });
}

/**
 * Weights in a Keras `.h5` file, of weights only or a whole model, with TensorFlow's order of axes. Each layer's
 * numbers are read when they are asked for.
 *
 * @throws `file-missing`, or `model-corrupt` with the reason.
 */
export async function openKerasWeights(path: string, options: ReadingOptions = {}): Promise<WeightSource> {
  if (fileSize(path) === 0) throw unusable(path, msg`it is empty`);
  const hdf5 = await (library ??= load());
  const convs = withFile(hdf5, path, file => findConvs(hdf5, file, layersToRead(options)));
  const declared = new Map<LayerName, DeclaredConv>();
  for (const [layer, { kernel, bias }] of convs) {
    if (kernel) declared.set(layer, { kernel: kernel.shape, order: 'HWIO', bias: bias?.shape ?? [] });
  }
  return {
    file: path,
    convention: options.input ?? caffe,
    channels: checkChain(path, declared),
    metadata: {},
    read: layer => ({
      kernel: readDataset(hdf5, path, convs.get(layer)?.kernel?.path),
      order: 'HWIO',
      bias: readDataset(hdf5, path, convs.get(layer)?.bias?.path),
    }),
  };
}
