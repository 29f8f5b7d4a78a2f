import * as z from 'zod';
import type { LayerName } from '../../nst/vgg19';
import { caffe, torchvision, type InputConvention } from '../convention';
import type { KernelOrder } from './kernel';
import { openSafetensors, readTensor, type Safetensors } from './safetensors';
import { unusable } from './weightError';
import { msg } from '../../common/messages';
import {
  checkChain,
  layersToRead,
  type DeclaredConv,
  type ReadingOptions,
  type WeightSource,
} from './weightSource';

/** Index of each convolution in torchvision's `vgg19().features`, where ReLU and pooling count as well. */
const torchvisionIndex: Readonly<Record<LayerName, number>> = {
  conv1_1: 0,
  conv1_2: 2,
  conv2_1: 5,
  conv2_2: 7,
  conv3_1: 10,
  conv3_2: 12,
  conv3_3: 14,
  conv3_4: 16,
  conv4_1: 19,
  conv4_2: 21,
  conv4_3: 23,
  conv4_4: 25,
  conv5_1: 28,
};

interface Naming {
  readonly prefix: (layer: LayerName) => string;
  readonly order: KernelOrder;
  /** What the input must be when the file does not say. */
  readonly convention: InputConvention;
}

const ours: Naming = { prefix: layer => layer, order: 'HWIO', convention: caffe };
const torch: Naming = {
  prefix: layer => `features.${torchvisionIndex[layer]}`,
  order: 'OIHW',
  convention: torchvision,
};

function namingOf({ file, tensors }: Safetensors): Naming {
  if (tensors.has('conv1_1.weight')) return ours;
  if (tensors.has('features.1.running_mean'))
    throw unusable(file, msg`it is a VGG with batch normalization, which is another network`);
  if (tensors.has('features.0.weight')) return torch;
  throw unusable(file, msg`it has neither a tensor conv1_1.weight nor features.0.weight`);
}

const triple = z.tuple([z.number(), z.number(), z.number()]);
const divisor = z.number().positive();

/** Reads `mean`, `std` and `order` from the metadata, where they are. */
function statedConvention({ file, metadata }: Safetensors): InputConvention | undefined {
  if (metadata.mean === undefined && metadata.std === undefined) return undefined;
  try {
    return {
      order: z.enum(['rgb', 'bgr']).parse(metadata.order ?? 'rgb'),
      mean: triple.parse(JSON.parse(metadata.mean ?? '')),
      std: z.tuple([divisor, divisor, divisor]).parse(JSON.parse(metadata.std ?? '')),
    };
  } catch (cause) {
    throw unusable(file, msg`its metadata mean, std and order do not describe a valid input`, cause);
  }
}

/**
 * Weights in a safetensors file, named `conv1_1.weight`, `conv1_1.bias` … (kernels HWIO) or as in torchvision,
 * `features.0.weight` … (OIHW).
 *
 * What input the network wants is what the metadata say (`mean` and `std` as JSON triples for RGB in [0, 1], `order`
 * rgb or bgr); where they say nothing it is `options.input`, else torchvision's for torchvision's names and the
 * original VGG-19's for ours.
 */
export function openSafetensorsWeights(file: string, options: ReadingOptions = {}): WeightSource {
  const tensors = openSafetensors(file);
  const naming = namingOf(tensors);
  const found = new Map<LayerName, DeclaredConv>();
  for (const layer of layersToRead(options)) {
    const kernel = tensors.tensors.get(`${naming.prefix(layer)}.weight`);
    const bias = tensors.tensors.get(`${naming.prefix(layer)}.bias`);
    if (kernel !== undefined)
      found.set(layer, { kernel: kernel.shape, order: naming.order, bias: bias?.shape ?? [] });
  }
  const { fingerprint } = tensors.metadata;
  return {
    file,
    ...(fingerprint === undefined || options.deepest !== undefined ? {} : { fingerprint }),
    convention: statedConvention(tensors) ?? options.input ?? naming.convention,
    channels: checkChain(file, found),
    metadata: tensors.metadata,
    read: layer => ({
      kernel: readTensor(tensors, `${naming.prefix(layer)}.weight`),
      order: naming.order,
      bias: readTensor(tensors, `${naming.prefix(layer)}.bias`),
    }),
  };
}
