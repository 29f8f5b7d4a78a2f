import * as fs from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { LayerName } from '../../nst/vgg19';
import { fileSize } from './byteRange';
import { caffe } from '../convention';
import { halfToFloat } from './float16';
import { fromKerasName } from './kerasNames';
import { Shards } from './shards';
import { unusable } from './weightError';
import {
  checkChain,
  layersToRead,
  type DeclaredConv,
  type ReadingOptions,
  type WeightSource,
} from './weightSource';

const quantizationSchema = z.union([
  z.object({ dtype: z.literal('float16') }),
  z.object({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() }),
]);
const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  dtype: z.string(),
  quantization: quantizationSchema.optional(),
});
const modelSchema = z.object({
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) })),
});

type Weight = z.infer<typeof weightSchema>;

interface PlacedWeight extends Weight {
  readonly shards: Shards;
  readonly position: number;
}

const storedBytes: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

function byteLength(manifest: string, { name, shape, dtype, quantization }: Weight): number {
  const bytes = storedBytes[quantization?.dtype ?? dtype];
  if (bytes === undefined) throw unusable(manifest, msg`${name} has the unknown type ${dtype}`);
  return shape.reduce((product, side) => product * side, bytes);
}

function readManifest(manifest: string) {
  let text;
  try {
    // A pipe is never opened: it would be waited for without end.
    fileSize(manifest);
    text = fs.readFileSync(manifest, 'utf8');
  } catch (cause) {
    throw new AtelierError('file-missing', msg`${manifest} does not exist or cannot be read.`, {
      next: msg`A TensorFlow.js model is a folder with model.json and its shards.`,
      cause,
    });
  }
  try {
    return modelSchema.parse(JSON.parse(text)).weightsManifest;
  } catch (cause) {
    throw unusable(manifest, msg`it is not the model.json of a TensorFlow.js layers model`, cause);
  }
}

function shardPath(manifest: string, relative: string): string {
  const folder = path.dirname(manifest);
  const file = path.resolve(folder, relative);
  if (path.relative(folder, file).startsWith('..') || path.isAbsolute(path.relative(folder, file)))
    throw unusable(manifest, msg`it names a shard outside its folder, ${relative}`);
  return file;
}

/** `block1_conv1/kernel`, perhaps with a model's name before it and `:0` behind, is conv1_1's kernel. */
function role(name: string): { layer: LayerName; part: 'kernel' | 'bias' } | undefined {
  const [part, keras] = name.replace(/:\d+$/, '').split('/').reverse();
  const layer = fromKerasName(keras ?? '');
  return layer !== undefined && (part === 'kernel' || part === 'bias') ? { layer, part } : undefined;
}

function placeWeights(
  manifest: string,
  layers: readonly LayerName[],
  partial: boolean,
): Map<string, PlacedWeight> {
  const placed = new Map<string, PlacedWeight>();
  for (const { paths, weights } of readManifest(manifest)) {
    const roles = weights.map(weight => role(weight.name));
    if (!roles.some(known => known && layers.includes(known.layer))) continue;
    const files = paths.map(relative => shardPath(manifest, relative));
    if (partial && !files.every(file => fs.existsSync(file))) continue;
    const shards = new Shards(manifest, files, files.map(fileSize));
    let position = 0;
    for (const [i, weight] of weights.entries()) {
      const known = roles[i];
      if (known && layers.includes(known.layer))
        placed.set(`${known.layer}.${known.part}`, { ...weight, shards, position });
      position += byteLength(manifest, weight);
    }
    if (position !== shards.length)
      throw unusable(
        manifest,
        msg`the shards of ${weights[0]!.name} have ${shards.length} bytes where ${position} are announced`,
      );
  }
  return placed;
}

function readWeight(manifest: string, weight: PlacedWeight | undefined, what: string): Float32Array {
  if (weight === undefined) throw unusable(manifest, msg`it has no ${what}`);
  const { shards, position, shape, quantization } = weight;
  const length = shape.reduce((product, side) => product * side, 1);
  if (quantization === undefined) {
    if (weight.dtype !== 'float32')
      throw unusable(manifest, msg`${weight.name} has type ${weight.dtype}, not float32`);
    const values = new Float32Array(length);
    shards.readInto(position, values);
    return values;
  }
  const stored = quantization.dtype === 'uint8' ? new Uint8Array(length) : new Uint16Array(length);
  shards.readInto(position, stored);
  if (quantization.dtype === 'float16') return halfToFloat(stored as Uint16Array);
  const { scale, min } = quantization;
  return Float32Array.from(stored, value => value * scale + min);
}

/**
 * Weights in a TensorFlow.js layers model: `model.json` and the shards it names, of which only those with the
 * convolutions to be read need to be there (`partial`: not even those). Quantized weights are read as well.
 *
 * @param manifest path of model.json
 * @throws `file-missing`, or `model-corrupt` with the reason.
 */
export function openTfjsWeights(manifest: string, options: ReadingOptions = {}): WeightSource {
  const placed = placeWeights(manifest, layersToRead(options), options.partial ?? false);
  const found = new Map<LayerName, DeclaredConv>();
  for (const { name, shape } of placed.values()) {
    const { layer, part } = role(name)!;
    if (part === 'kernel')
      found.set(layer, { kernel: shape, order: 'HWIO', bias: placed.get(`${layer}.bias`)?.shape ?? [] });
  }
  return {
    file: manifest,
    convention: options.input ?? caffe,
    channels: checkChain(manifest, found),
    metadata: {},
    read: layer => ({
      kernel: readWeight(manifest, placed.get(`${layer}.kernel`), `${layer}/kernel`),
      order: 'HWIO',
      bias: readWeight(manifest, placed.get(`${layer}.bias`), `${layer}/bias`),
    }),
  };
}
