import { createHash } from 'node:crypto';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import type { LayerName } from '../nst/vgg19';
import { foldInput } from './convention';
import { hwioToOihw } from './formats/kernel';
import { unusable } from './formats/weightError';
import type { Channels, WeightSource } from './formats/weightSource';

/** One 3x3 convolution. */
export interface ConvWeights {
  /** out × in × 3 × 3 values, row-major (OIHW). */
  readonly kernel: Float32Array;
  /** out values. */
  readonly bias: Float32Array;
  readonly inChannels: number;
  readonly outChannels: number;
}

/**
 * A frozen VGG-19-shaped network. Its weights stay on disk and are read on demand, so that they are never held
 * longer than a graph needs them.
 *
 * Its input is an image in RGB, [0, 1], minus `mean`, then padded with zeros; whatever else the network was
 * trained with (another channel order, a divisor) is folded into the kernel of conv1_1.
 */
export interface Network {
  /** 'lite', 'vgg19', the name of an imported model, or a file's name. */
  readonly name: string;
  /** SHA-256, hex, of the mean and of all folded weights: the same for the same network in any file format. */
  readonly fingerprint: string;
  /** Consecutive from conv1_1. */
  readonly layers: readonly LayerName[];
  readonly channels: ReadonlyMap<LayerName, Channels>;
  /** Subtracted per RGB channel from an image in [0, 1]. */
  readonly mean: readonly [number, number, number];
  /**
   * Reads a layer's weights from disk; nothing is kept.
   *
   * @throws `layer-unknown` for a layer the network does not have, `model-corrupt` when its numbers cannot be read
   * or are not finite.
   */
  weights(layer: LayerName): ConvWeights;
}

function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function readLayer(source: WeightSource, layer: LayerName, [inChannels, outChannels]: Channels): ConvWeights {
  const { kernel: stored, order, bias } = source.read(layer);
  if (!allFinite(stored) || !allFinite(bias))
    throw unusable(source.file, msg`${layer} contains numbers that are not finite`);
  const kernel = order === 'OIHW' ? stored : hwioToOihw(stored, inChannels, outChannels);
  if (layer === 'conv1_1') foldInput(kernel, source.convention);
  return { kernel, bias, inChannels, outChannels };
}

/**
 * The network whose weights are in `source`. Reads everything once, so that damage shows now and not in the
 * middle of a picture.
 *
 * @throws `model-corrupt` when numbers cannot be read, are not finite, or are not those that the file recorded of
 * itself when it was installed.
 */
export function createNetwork(source: WeightSource, name: string): Network {
  const { channels, convention, file } = source;
  const weights = (layer: LayerName): ConvWeights => {
    const shape = channels.get(layer);
    if (shape === undefined)
      throw new AtelierError('layer-unknown', msg`The network ${name} (${file}) has no layer ${layer}.`, {
        next: msg`It has ${[...channels.keys()].join(', ')}.`,
      });
    return readLayer(source, layer, shape);
  };
  const hash = createHash('sha256').update(Float64Array.from(convention.mean));
  for (const [layer, shape] of channels) {
    const { kernel, bias } = weights(layer);
    hash
      .update(`${layer} ${shape.join(' ')}\n`)
      .update(kernel)
      .update(bias);
  }
  const fingerprint = hash.digest('hex');
  if (source.fingerprint !== undefined && source.fingerprint !== fingerprint)
    throw unusable(file, msg`its weights differ from the installed ones`);
  return { name, fingerprint, layers: [...channels.keys()], channels, mean: convention.mean, weights };
}
