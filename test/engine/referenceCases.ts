import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, expect } from 'vitest';
import { createNetwork, type Network } from '../../src/models/network';
import { openSafetensors, readTensor } from '../../src/models/formats/safetensors';
import { openSafetensorsWeights } from '../../src/models/formats/safetensorsWeights';
import { openTfjsWeights } from '../../src/models/formats/tfjsWeights';
import type { Executor } from '../../src/nst/executor';
import type { FloatImage } from '../../src/nst/image';
import type { ObjectiveSpec, Strengths } from '../../src/nst/objective';
import type { LayerName } from '../../src/nst/vgg19';
import { resourcePath } from '../../src/common/resources';
import { firstEdition } from '../networks/firstEdition';
import { sharedPath } from '../shared';
import type { Statistic } from '../../src/nst/terms/kinds';
import { termsOf, TV, ungrouped } from '../../src/nst/terms/term';

/** What was asked, and the values of an independent float64 program. */
export interface Case {
  readonly case: {
    readonly network: string;
    readonly units?: ObjectiveSpec['units'];
    readonly statistics?: Statistic;
    readonly pooling: ObjectiveSpec['pooling'];
    /** Zeros unless it says otherwise. */
    readonly padding?: ObjectiveSpec['padding'];
    readonly tap: ObjectiveSpec['tap'];
    readonly contentLayers: LayerName[];
    readonly styleLayers: LayerName[];
    readonly alpha: number;
    readonly beta: number;
    readonly gamma: number;
  };
  readonly losses: { content: Record<string, number>; style: Record<string, number> };
  readonly tv: number;
  readonly total: number;
}

/** Cases of one network and one set of pictures, with the files that hold their values. */
export interface References {
  readonly cases: Readonly<Record<string, Case>>;
  /** Holds content.png, style.png and image.png. */
  readonly folder: string;
  /** Gradients by case. */
  readonly gradients: string;
}

function readReferences(folder: string, cases: string, gradients: string): References {
  const file = path.join(folder, `${cases}.json`);
  return {
    cases: fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as References['cases']) : {},
    folder,
    gradients: path.join(folder, `${gradients}.safetensors`),
  };
}

const shared = sharedPath('reference');
/** Of the first edition of lite, and of VGG-19's first layers. */
export const gramReferences = readReferences(shared, 'reference', 'gradients');
/** The same for style terms on mean and covariance. */
export const statisticsReferences = readReferences(shared, 'statistics', 'statistics');
/** Of the network that ships (training/reference.py). */
export const embeddedReferences = readReferences(path.join(__dirname, 'reference'), 'cases', 'gradients');

const mirror = sharedPath(
  'mirror/DavidCai1993/vgg19-tensorflowjs-model/08d09052bc6258d3abdfa341850122fc4b746db6/model',
);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-reference-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** The genuine layers conv1_1 … conv3_4, which the mirror has in full, as a model of their own. */
function vgg19ToConv34(): string {
  const manifest = path.join(folder, 'model.json');
  const model = JSON.parse(fs.readFileSync(path.join(mirror, 'model.json'), 'utf8')) as {
    weightsManifest: { paths: string[]; weights: { name: string }[] }[];
  };
  model.weightsManifest = model.weightsManifest.filter(group =>
    /^block[123]_/.test(group.weights[0]?.name ?? ''),
  );
  fs.writeFileSync(manifest, JSON.stringify(model));
  for (const shard of model.weightsManifest.flatMap(group => group.paths)) {
    fs.copyFileSync(path.join(mirror, shard), path.join(folder, shard));
  }
  return manifest;
}

/** An 8-bit picture as it is, without resizing: what the reference program reads. */
async function readExactly(file: string): Promise<FloatImage> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const positions = info.width * info.height;
  const planar = new Float32Array(3 * positions);
  for (let i = 0; i < positions; i++) {
    for (let c = 0; c < 3; c++) planar[c * positions + i] = (data[i * 3 + c] ?? NaN) / 255;
  }
  return { width: info.width, height: info.height, data: planar };
}

/** The network of a shared case: the first edition of lite, or genuine weights. */
export function networkOf(name: string): Network {
  return name === 'lite'
    ? createNetwork(openSafetensorsWeights(firstEdition), 'lite')
    : createNetwork(openTfjsWeights(vgg19ToConv34()), 'vgg19');
}

/** The network that ships. */
export function embeddedNetwork(): Network {
  return createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
}

function strengthsOf({ contentLayers, styleLayers, alpha, beta, gamma }: Case['case']): Strengths {
  return ungrouped({
    content: Object.fromEntries(contentLayers.map(layer => [layer, alpha])),
    style: Object.fromEntries(styleLayers.map(layer => [layer, beta / styleLayers.length])),
    tv: gamma,
  });
}

function specOf({ contentLayers, styleLayers, ...asked }: Case['case']): ObjectiveSpec {
  const { statistics = 'gram', units = 'mean', padding = 'zero', pooling, tap } = asked;
  const terms = termsOf({ content: contentLayers, style: styleLayers, statistics });
  return { terms, pooling, padding, tap, units };
}

/** Largest relative difference of losses, and that of the gradient. */
interface Tolerance {
  readonly losses: number;
  readonly gradient: number;
}

export const TOLERANCE = {
  gram: { losses: 1e-5, gradient: 1e-4 },
  bures: { losses: 1e-5, gradient: 1e-4 },
  wasserstein: { losses: 1e-3, gradient: 5e-3 },
} as const satisfies Readonly<Record<Statistic, Tolerance>>;

/** Planar gradient against the reference's rows × columns × channels: relative L2 distance. */
export function relativeDistance(planar: Float32Array, interleaved: Float32Array): number {
  const positions = planar.length / 3;
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < positions; i++) {
    for (let c = 0; c < 3; c++) {
      const expected = interleaved[i * 3 + c] ?? NaN;
      difference += ((planar[c * positions + i] ?? NaN) - expected) ** 2;
      norm += expected ** 2;
    }
  }
  return Math.sqrt(difference / norm);
}

/** The three images of a set of cases. */
export async function readImages(folder: string): Promise<Record<'content' | 'style' | 'image', FloatImage>> {
  const [content, style, image] = await Promise.all(
    ['content', 'style', 'image'].map(name => readExactly(path.join(folder, `${name}.png`))),
  );
  return { content: content!, style: style!, image: image! };
}

/** Evaluates a case on an executor and holds losses and gradient against the reference. */
export async function expectReference<V>(
  executor: Executor<V>,
  references: References,
  name: string,
): Promise<void> {
  const expected = references.cases[name]!;
  const within = TOLERANCE[expected.case.statistics ?? 'gram'];
  const images = await readImages(references.folder);
  const objective = await executor.prepare({
    spec: specOf(expected.case),
    content: images.content,
    styles: [{ image: images.style, weight: 1 }],
  });
  const image = executor.fromImage(images.image);
  const { losses, gradient } = await objective.evaluate(image, strengthsOf(expected.case));
  for (const kind of ['content', 'style'] as const) {
    for (const [layer, value] of Object.entries(expected.losses[kind])) {
      expect(
        Math.abs((losses.terms[`${kind}:${layer}`] ?? NaN) / value - 1),
        `${kind} ${layer}`,
      ).toBeLessThan(within.losses);
    }
  }
  expect(Math.abs((losses.terms[TV] ?? NaN) / expected.tv - 1)).toBeLessThan(within.losses);
  expect(Math.abs(losses.total / expected.total - 1)).toBeLessThan(within.losses);
  const reference = readTensor(openSafetensors(references.gradients), name);
  expect(relativeDistance(executor.space.toHost(gradient), reference)).toBeLessThan(within.gradient);
  executor.space.dispose(gradient);
  executor.space.dispose(image);
  await objective.dispose();
}
