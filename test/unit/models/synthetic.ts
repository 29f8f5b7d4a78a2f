import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { RemoteModel } from '../../../src/models/remoteModel';
import { caffe } from '../../../src/models/convention';
import { LAYERS, blockOf, type LayerName } from '../../../src/nst/vgg19';

/** A convolution with random weights, as it lies in a file: kernel HWIO. */
export interface SyntheticConv {
  readonly layer: LayerName;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Deterministic numbers in [0, 1) (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random weights of He's variance 2 / (9 · in). */
export function syntheticConv(
  layer: LayerName,
  inChannels: number,
  outChannels: number,
  seed = 1,
): SyntheticConv {
  const random = randomFrom(seed * 1000 + LAYERS.indexOf(layer));
  const reach = Math.sqrt(6 / (9 * inChannels));
  return {
    layer,
    inChannels,
    outChannels,
    kernel: Float32Array.from({ length: 9 * inChannels * outChannels }, () => (2 * random() - 1) * reach),
    bias: Float32Array.from({ length: outChannels }, () => random() * 0.1),
  };
}

/** A whole network; widths of blocks 1 to 5. */
export function syntheticNetwork(
  widths: readonly number[] = [4, 5, 6, 7, 8],
  layers: readonly LayerName[] = LAYERS,
  seed = 1,
): SyntheticConv[] {
  let inChannels = 3;
  return layers.map(layer => {
    const conv = syntheticConv(layer, inChannels, widths[blockOf(layer) - 1]!, seed);
    inChannels = conv.outChannels;
    return conv;
  });
}

export function bytesOf(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

/** A tensor for `safetensorsBytes`. */
export interface RawTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Buffer;
}

/** A safetensors file put together by hand, so that the product's writer is not tested against itself. */
export function safetensorsBytes(
  tensors: Readonly<Record<string, RawTensor>>,
  metadata?: Readonly<Record<string, string>>,
): Buffer {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let position = 0;
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [position, position + bytes.length] };
    position += bytes.length;
  }
  return withHeader(header, ...Object.values(tensors).map(({ bytes }) => bytes));
}

export function withHeader(header: unknown, ...data: Buffer[]): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...data]);
}

/** The tensors of a network under our own names. */
export function ownTensors(convs: readonly SyntheticConv[]): Record<string, RawTensor> {
  const tensors: Record<string, RawTensor> = {};
  for (const { layer, inChannels, outChannels, kernel, bias } of convs) {
    tensors[`${layer}.weight`] = {
      dtype: 'F32',
      shape: [3, 3, inChannels, outChannels],
      bytes: bytesOf(kernel),
    };
    tensors[`${layer}.bias`] = { dtype: 'F32', shape: [outChannels], bytes: bytesOf(bias) };
  }
  return tensors;
}

/** Git's hash of a blob, computed here a second time. */
export function blobHash(bytes: Buffer): string {
  return createHash('sha1')
    .update(Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]))
    .digest('hex');
}

/** Writes a network as a repository of shards at `root`/OWNER/NAME/COMMIT and gives its catalogue entry. */
export function writeRepository(
  root: string,
  convs: readonly SyntheticConv[],
  shardSize: number,
  name = 'synthetic',
): RemoteModel {
  const model = { name, title: 'Synthetic', repository: 'someone/some-network', commit: 'c0ffee' };
  const folder = path.join(root, model.repository, model.commit);
  fs.mkdirSync(path.join(folder, 'model'), { recursive: true });
  const manifest: unknown[] = [];
  const layers = convs.map(({ layer, inChannels, outChannels, kernel, bias }, i) => {
    const all = Buffer.concat([bytesOf(kernel), bytesOf(bias)]);
    const count = Math.ceil(all.length / shardSize);
    const files = Array.from({ length: count }, (_, k) => {
      const bytes = all.subarray(k * shardSize, (k + 1) * shardSize);
      const file = `model/group${i + 1}-shard${k + 1}of${count}`;
      fs.writeFileSync(path.join(folder, file), bytes);
      return { path: file, size: bytes.length, gitBlobSha1: blobHash(bytes) };
    });
    const keras = layer.replace(/^conv(\d)_(\d)$/, 'block$1_conv$2');
    manifest.push({
      paths: files.map(file => path.basename(file.path)),
      weights: [
        { name: `${keras}/kernel`, shape: [3, 3, inChannels, outChannels], dtype: 'float32' },
        { name: `${keras}/bias`, shape: [outChannels], dtype: 'float32' },
      ],
    });
    return { layer, channels: [inChannels, outChannels] as const, files };
  });
  fs.writeFileSync(path.join(folder, 'model', 'model.json'), JSON.stringify({ weightsManifest: manifest }));
  return { ...model, convention: caffe, layers, license: 'none', licenseText: 'No licence: random numbers.' };
}

/** A temporary folder that is removed when `use` is done. */
export async function inFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-models-'));
  try {
    return await use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a network in the form of Atelier's own files. */
export function writeOwn(
  file: string,
  network: readonly SyntheticConv[],
  metadata?: Record<string, string>,
): string {
  fs.writeFileSync(file, safetensorsBytes(ownTensors(network), metadata));
  return file;
}
