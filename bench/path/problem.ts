import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { openNetwork } from '../../src/models/openNetwork';
import type { Objective } from '../../src/nst/executor';
import type { FloatImage, Size } from '../../src/nst/image';
import type { ObjectiveSpec, Strengths } from '../../src/nst/objective';
import type { Evaluate } from '../../src/nst/optimizers/optimizer';
import { objectiveShapeOf, type ObjectiveShape } from '../../src/nst/optimizers/optimizerChoice';
import { noiseImage, Random } from '../../src/nst/random';
import type { LayerName } from '../../src/nst/vgg19';
import { termsOf, ungrouped } from '../../src/nst/terms/term';

/** One objective and one start: what every contestant is given. */
export interface Problem {
  readonly network: NetworkName;
  readonly content: string;
  readonly style: string;
  readonly size: Size;
  readonly start: 'content' | 'noise';
  /** α/β; α is 1. */
  readonly ratio: number;
  readonly tv?: number;
  readonly units?: 'mean' | 'paper';
  readonly seed?: number;
}

/** `vgg19` reaches to conv3_4, `lite` to conv5_1. */
export type NetworkName = 'lite' | 'vgg19';

/** The loss at full size, and what had been spent when it was known, in evaluations at full size. */
export interface Curve {
  readonly losses: number[];
  readonly spent: number[];
}

/** What a contestant works on: the objective at any size, with the bill. */
export interface Descent {
  /** What the product's optimizer is told of the objective. */
  readonly objectiveShape: ObjectiveShape;
  readonly size: Size;
  readonly start: FloatImage;
  /** Evaluations at full size that may be spent. */
  readonly budget: number;
  /** What has been spent; an evaluation at a smaller size costs its share of the pixels. */
  readonly spent: number;
  evaluate: Evaluate<Float32Array>;
  /** The objective of the pictures at a smaller size. */
  at(size: Size): Promise<Evaluate<Float32Array>>;
}

/** A descent that can also be worked on part by part. */
export interface DescentInParts extends Descent {
  /** The style at full size. */
  style(): Promise<FloatImage>;
  /** The objective of a part of the content; its evaluations are billed as those of its size. */
  part(content: FloatImage): Promise<Part>;
}

/** The objective of a part of the picture. */
export interface Part {
  readonly evaluate: Evaluate<Float32Array>;
  dispose(): Promise<void>;
}

const root = path.resolve(__dirname, '../..');

const LAYERS: Readonly<Record<NetworkName, { content: LayerName; style: readonly LayerName[] }>> = {
  lite: { content: 'conv4_2', style: ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'] },
  vgg19: { content: 'conv3_4', style: ['conv1_1', 'conv2_1', 'conv3_1'] },
};

const MIRROR = '../shared/mirror/DavidCai1993/vgg19-tensorflowjs-model';

function mirrored(): string {
  const mirror = path.resolve(root, MIRROR);
  return path.join(mirror, fs.readdirSync(mirror)[0]!, 'model');
}

/** A problem ready to be solved again and again. */
export class Bench {
  private readonly objectives = new Map<number, Promise<Objective<Float32Array>>>();
  private readonly spec: ObjectiveSpec;
  private readonly strengths: Strengths;

  private constructor(
    private readonly problem: Problem,
    private readonly executor: OnnxExecutor,
  ) {
    const { content, style } = LAYERS[problem.network];
    this.spec = {
      terms: termsOf({ content: [content], style }),
      ...{ pooling: 'avg', padding: 'zero', tap: 'post' },
      units: problem.units ?? 'mean',
    };
    this.strengths = ungrouped({
      content: { [content]: 1 },
      style: Object.fromEntries(style.map(layer => [layer, 1 / (problem.ratio * style.length)])),
      tv: problem.tv ?? 0,
    });
  }

  /** @param threads of an evaluation; 0 for all cores */
  static async open(problem: Problem, threads: number): Promise<Bench> {
    const network = await (problem.network === 'lite'
      ? openNetwork('lite')
      : openNetwork(mirrored(), { deepest: LAYERS.vgg19.content }));
    return new Bench(problem, await OnnxExecutor.create(network, { provider: 'cpu', threads }));
  }

  /** The losses that a contestant meets at full size. */
  async curve(solve: (descent: DescentInParts) => Promise<void>, budget: number): Promise<Curve> {
    const { size, start: kind, content, seed = 1 } = this.problem;
    const start =
      kind === 'content' ? await readImage('content', content, size) : noiseImage(size, Random.seeded(seed));
    const curve: Curve = { losses: [], spent: [] };
    let spent = 0;
    const bill =
      (objective: Objective<Float32Array>, at: Size, note: (loss: number) => void): Evaluate<Float32Array> =>
      async x => {
        const { losses, gradient } = await objective.evaluate(x, this.strengths);
        spent += (at.width * at.height) / (size.width * size.height);
        note(losses.total);
        return { value: losses.total, gradient };
      };
    const billed = async (at: Size, note: (loss: number) => void): Promise<Evaluate<Float32Array>> =>
      bill(await this.objective(at), at, note);
    await solve({
      ...{ size, start, budget, objectiveShape: objectiveShapeOf(this.spec, size, kind) },
      get spent() {
        return spent;
      },
      evaluate: await billed(size, loss => {
        curve.losses.push(loss);
        curve.spent.push(spent);
      }),
      at: smaller => billed(smaller, () => undefined),
      style: () => readImage('style', this.problem.style, size),
      part: async part => {
        const objective = await this.prepare(size, part);
        return { evaluate: bill(objective, part, () => undefined), dispose: () => objective.dispose() };
      },
    });
    return curve;
  }

  /** Targets are made once for each size, and not billed. */
  private objective(size: Size): Promise<Objective<Float32Array>> {
    const found = this.objectives.get(size.width);
    if (found) return found;
    const made = this.prepare(size);
    this.objectives.set(size.width, made);
    return made;
  }

  /** @param part of the content, instead of all of it at the size */
  private async prepare(size: Size, part?: FloatImage): Promise<Objective<Float32Array>> {
    const [content, style] = await Promise.all([
      part ?? readImage('content', this.problem.content, size),
      readImage('style', this.problem.style, size),
    ]);
    return this.executor.prepare({ spec: this.spec, content, styles: [{ image: style, weight: 1 }] });
  }

  /** At full size. */
  content(): Promise<FloatImage> {
    return readImage('content', this.problem.content, this.problem.size);
  }

  async dispose(): Promise<void> {
    for (const objective of this.objectives.values()) await (await objective).dispose();
    await this.executor.dispose();
  }
}

/** From ../shared/images, or of what ships with the product. */
async function readImage(
  kind: 'content' | 'style',
  name: string,
  { width, height }: Size,
): Promise<FloatImage> {
  const shared = path.resolve(root, '../shared/images', kind, `${name}.jpg`);
  const own = path.join(root, 'media', kind === 'content' ? 'samples' : 'swatches', `${name}.jpg`);
  const data = await sharp(fs.existsSync(shared) ? shared : own)
    .resize(width, height, { fit: 'cover' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  const area = width * height;
  const planar = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) planar[c * area + i] = data[i * 3 + c]! / 255;
  }
  return { width, height, data: planar };
}
