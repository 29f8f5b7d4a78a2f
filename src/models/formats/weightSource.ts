import { LAYERS, layersUpTo, type LayerName } from '../../nst/vgg19';
import type { InputConvention } from '../convention';
import type { KernelOrder } from './kernel';
import { unusable } from './weightError';
import { msg } from '../../common/messages';

/** Channels into and out of a convolution. */
export type Channels = readonly [inChannels: number, outChannels: number];

/** One convolution as its file holds it. */
export interface StoredConv {
  readonly kernel: Float32Array;
  readonly order: KernelOrder;
  readonly bias: Float32Array;
}

/** A file or folder of VGG-19-shaped weights: its structure is read and checked, its numbers are still on disk. */
export interface WeightSource {
  /** Path of the file or folder, for messages. */
  readonly file: string;
  readonly convention: InputConvention;
  /** Consecutive layers from conv1_1, in order. */
  readonly channels: ReadonlyMap<LayerName, Channels>;
  /** What the file says of itself, such as source and licence. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Fingerprint that these layers had when the file was installed. */
  readonly fingerprint?: string;
  /** Reads one layer's numbers from disk. Throws `model-corrupt` when the file changed or is cut short. */
  read(layer: LayerName): StoredConv;
}

/** What to read from weights, and what to take for granted about them. */
export interface ReadingOptions {
  /** The input the network wants, for a file that does not say so itself. */
  readonly input?: InputConvention;
  /** Ignore what lies deeper. */
  readonly deepest?: LayerName;
  /** A layer whose files are not there is one that the network does not have, not an error. */
  readonly partial?: boolean;
}

/** The layers that may be read. */
export function layersToRead({ deepest }: ReadingOptions): readonly LayerName[] {
  return deepest === undefined ? LAYERS : layersUpTo([deepest]);
}

/** The shapes of one convolution's two tensors as a file declares them. */
export interface DeclaredConv {
  readonly kernel: readonly number[];
  readonly order: KernelOrder;
  readonly bias: readonly number[];
}

function channelsOf(file: string, layer: LayerName, conv: DeclaredConv): Channels {
  const order = conv.order === 'HWIO' ? ([0, 1, 2, 3] as const) : ([2, 3, 1, 0] as const);
  const [height, width, inChannels = 0, outChannels = 0] = order.map(axis => conv.kernel[axis]);
  if (conv.kernel.length !== 4 || height !== 3 || width !== 3 || inChannels < 1 || outChannels < 1)
    throw unusable(
      file,
      msg`the kernel of ${layer} has shape [${conv.kernel.join(', ')}], not ${conv.order === 'HWIO' ? '[3, 3, in, out]' : '[out, in, 3, 3]'}`,
    );
  if (conv.bias.length !== 1 || conv.bias[0] !== outChannels)
    throw unusable(
      file,
      msg`the bias of ${layer} has shape [${conv.bias.join(', ')}] where its kernel has ${outChannels} outputs`,
    );
  return [inChannels, outChannels];
}

/**
 * Checks that the convolutions found are VGG-19's from conv1_1 on without a gap, and that every layer takes what
 * the one before it gives. Widths are free.
 *
 * @throws `model-corrupt` naming the file and the first layer that is wrong.
 */
export function checkChain(
  file: string,
  found: ReadonlyMap<LayerName, DeclaredConv>,
): ReadonlyMap<LayerName, Channels> {
  const result = new Map<LayerName, Channels>();
  let given = 3;
  let missing: LayerName | undefined;
  for (const layer of LAYERS) {
    const conv = found.get(layer);
    if (conv === undefined) {
      missing ??= layer;
      continue;
    }
    if (missing !== undefined)
      throw unusable(file, msg`it has ${layer} but not ${missing}, so it is not shaped like VGG-19`);
    const channels = channelsOf(file, layer, conv);
    if (channels[0] !== given)
      throw unusable(file, msg`${layer} expects ${channels[0]} input channels but gets ${given}`);
    result.set(layer, channels);
    given = channels[1];
  }
  if (result.size === 0) throw unusable(file, msg`it has no layer conv1_1`);
  return result;
}
