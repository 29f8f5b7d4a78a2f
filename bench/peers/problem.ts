import * as fs from 'node:fs';
import * as path from 'node:path';
import { readImage } from '../../src/images/decode';
import { presets } from '../../src/recipe/presets';
import { strengthsOf } from '../../src/recipe/strengths';
import type { Network } from '../../src/models/network';
import { openNetwork } from '../../src/models/openNetwork';
import type { Pooling } from '../../src/nst/ops';
import { noiseImage, Random } from '../../src/nst/random';
import type { LayerName } from '../../src/nst/vgg19';
import { poolBefore } from '../../src/nst/vgg19';
import { syntheticNetwork } from '../syntheticNetwork';
import type { ProblemFile, TensorEntry } from './protocol';
import { grouped } from '../../src/nst/terms/term';

/** One objective and one start. */
export interface Problem {
  readonly model: string;
  readonly size: number;
  readonly pair: Pair;
  readonly init: 'content' | 'noise';
  readonly pooling: Pooling;
}

/** Two image files and how the pair is called. */
export interface Pair {
  readonly name: string;
  readonly content: string;
  readonly style: string;
}

const root = path.resolve(__dirname, '../..');
export const workplace = path.join(root, 'out', 'bench', 'peers');

/** α/β: the picture starts near the content, so that a start from it has less far to go and asks for more style. */
const RATIO = { content: 0.005, noise: 0.05 } as const;

const SEED = 1;

const STYLE_LAYERS: readonly LayerName[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'];

/** Six pairs of photographs and paintings where they are at hand, else of what ships with the product. */
export function pairs(): readonly Pair[] {
  const images = path.resolve(root, '../shared/images');
  const media = path.join(root, 'media');
  const [folders, names] = fs.existsSync(images)
    ? [[path.join(images, 'content'), path.join(images, 'style')] as const, PAINTINGS]
    : [[path.join(media, 'samples'), path.join(media, 'swatches')] as const, SWATCHES];
  return names.map(([content, style]) => ({
    name: `${content} × ${style}`,
    content: path.join(folders[0], `${content}.jpg`),
    style: path.join(folders[1], `${style}.jpg`),
  }));
}

const PAINTINGS = [
  ['tuebingen', 'starry-night'],
  ['louvre', 'great-wave'],
  ['great-wall', 'night-cafe'],
  ['tuebingen', 'wheat-field'],
  ['louvre', 'monet'],
  ['great-wall', 'sunflowers'],
] as const;

const SWATCHES = [
  ['landscape', 'wave'],
  ['landscape', 'impasto'],
  ['landscape', 'stained-glass'],
  ['still-life', 'mosaic'],
  ['still-life', 'woodcut'],
  ['still-life', 'watercolour'],
] as const;

export function openModel(model: string): Promise<Network> {
  return model === 'synthetic' ? Promise.resolve(syntheticNetwork()) : openNetwork(model);
}

/** Where a problem is written to. */
export function folderOf({ model, size, pair, init, pooling }: Problem): string {
  const key = [model, size, pair.name, init, pooling].join('_').replaceAll(/[^\w.-]+/g, '-');
  return path.join(workplace, 'problems', key);
}

/** Writes a problem for the programs to read, and returns its folder. */
export async function writeProblem(problem: Problem): Promise<string> {
  const { model, size, pair, init, pooling } = problem;
  const folder = folderOf(problem);
  fs.mkdirSync(folder, { recursive: true });
  const network = await openModel(model);
  const extent = { width: size, height: size };
  const [content, style] = await Promise.all(
    [pair.content, pair.style].map(async file => (await readImage(file)).at(extent)),
  );
  const start = init === 'noise' ? noiseImage(extent, Random.seeded(SEED)) : content!;
  const images = { content: content!.data, style: style!.data, start: start.data };
  const shape = [3, size, size];
  const tensors: Record<string, TensorEntry> = {
    ...writeTensors(
      folder,
      'images.bin',
      Object.entries(images).map(([name, data]) => ({ name, data, shape })),
    ),
    ...writeWeights(network, model, folder),
  };
  const styleLayers = Object.fromEntries(STYLE_LAYERS.map(layer => [layer, 1 / STYLE_LAYERS.length]));
  const ratio = RATIO[init];
  const file: ProblemFile = {
    ...{ model, ...extent, init, seed: SEED, ratio, pooling },
    strengths: grouped(
      strengthsOf({ ...presets.article, ratio, contentLayers: { conv4_2: 1 }, styleLayers, tv: 0 }),
    ),
    mean: network.mean,
    layers: network.layers.map(name => ({ name, poolBefore: poolBefore(name) })),
    tensors,
  };
  fs.writeFileSync(path.join(folder, 'problem.json'), JSON.stringify(file));
  return folder;
}

/** Weights of a model, once for all problems. */
function writeWeights(network: Network, model: string, folder: string): Record<string, TensorEntry> {
  const models = path.join(workplace, 'models');
  fs.mkdirSync(models, { recursive: true });
  const tensors = network.layers.flatMap(layer => {
    const { kernel, bias, inChannels, outChannels } = network.weights(layer);
    return [
      { name: `${layer}.kernel`, data: kernel, shape: [outChannels, inChannels, 3, 3] },
      { name: `${layer}.bias`, data: bias, shape: [outChannels] },
    ];
  });
  const entries = writeTensors(models, `${path.basename(model)}.bin`, tensors);
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [
      name,
      { ...entry, file: path.relative(folder, path.join(models, entry.file)) },
    ]),
  );
}

interface NamedTensor {
  readonly name: string;
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

function writeTensors(
  folder: string,
  file: string,
  tensors: readonly NamedTensor[],
): Record<string, TensorEntry> {
  const entries: Record<string, TensorEntry> = {};
  const handle = fs.openSync(path.join(folder, file), 'w');
  let offset = 0;
  for (const { name, data, shape } of tensors) {
    entries[name] = { file, offset, shape };
    fs.writeSync(handle, data);
    offset += data.byteLength;
  }
  fs.closeSync(handle);
  return entries;
}
