import sharp from 'sharp';
import type { ConvolutionMethod } from '../../src/backends/onnx/convolution';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import { openNetwork } from '../../src/models/openNetwork';
import type { Objective } from '../../src/nst/executor';
import type { FloatImage, Size } from '../../src/nst/image';
import type { Losses, ObjectiveSpec, Strengths } from '../../src/nst/objective';
import type { Evaluate } from '../../src/nst/optimizer';
import { noiseImage, Random } from '../../src/nst/random';
import type { LayerName } from '../../src/nst/vgg19';

/** One objective and one start: what every optimizer is given. */
export interface Problem {
  readonly content: string;
  readonly style: string;
  readonly size: Size;
  readonly start: 'content' | 'noise';
  /** α/β; α is 1. */
  readonly ratio: number;
  readonly tv?: number;
  readonly units?: 'mean' | 'paper';
  readonly seed?: number;
  /** How the graph computes its convolutions; by default as the product does. */
  readonly convolution?: ConvolutionMethod;
}

/** The loss at every evaluation, with the seconds since the start at which it was known. */
export interface Curve {
  readonly losses: number[];
  readonly seconds: number[];
  /** Seconds in evaluations, out of all. */
  evaluating: number;
}

const STYLE_LAYERS: readonly LayerName[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'];

/** A problem ready to be solved again and again on the embedded network. */
export class Bench {
  private constructor(
    private readonly executor: OnnxExecutor,
    private readonly objective: Objective<Float32Array>,
    private readonly strengths: Strengths,
    private readonly start: FloatImage,
  ) {}

  /** @param threads of an evaluation; 0 for all cores */
  static async open(problem: Problem, threads = 0): Promise<Bench> {
    const { size, ratio, convolution } = problem;
    const executor = await OnnxExecutor.create(await openNetwork('lite'), {
      provider: 'cpu',
      threads,
      ...(convolution === undefined ? {} : { convolution }),
    });
    const content = await readImage(`content/${problem.content}.jpg`, size);
    const style = await readImage(`style/${problem.style}.jpg`, size);
    const spec: ObjectiveSpec = {
      contentLayers: ['conv4_2'],
      styleLayers: STYLE_LAYERS,
      pooling: 'avg',
      padding: 'zero',
      tap: 'post',
      units: problem.units ?? 'mean',
    };
    const styleWeight = 1 / (ratio * STYLE_LAYERS.length);
    const strengths: Strengths = {
      content: { conv4_2: 1 },
      style: Object.fromEntries(STYLE_LAYERS.map(layer => [layer, styleWeight])),
      tv: problem.tv ?? 0,
    };
    const objective = await executor.prepare({ spec, content, styles: [{ image: style, weight: 1 }] });
    const start = problem.start === 'content' ? content : noiseImage(size, Random.seeded(problem.seed ?? 1));
    return new Bench(executor, objective, strengths, start);
  }

  /** The losses that a solver meets; it gets a copy of the start and an evaluation that writes them down. */
  async curve(
    solve: (start: Float32Array, evaluate: Evaluate<Float32Array>) => Promise<void>,
  ): Promise<Curve> {
    const curve: Curve = { losses: [], seconds: [], evaluating: 0 };
    const began = performance.now();
    await solve(this.start.data.slice(), async x => {
      const before = performance.now();
      const { losses, gradient } = await this.objective.evaluate(x, this.strengths);
      const now = performance.now();
      curve.losses.push(losses.total);
      curve.seconds.push((now - began) / 1000);
      curve.evaluating += (now - before) / 1000;
      return { value: losses.total, gradient };
    });
    return curve;
  }

  async evaluate(x: Float32Array): Promise<Losses> {
    return (await this.objective.evaluate(x, this.strengths)).losses;
  }

  async dispose(): Promise<void> {
    await this.objective.dispose();
    await this.executor.dispose();
  }
}

async function readImage(name: string, { width, height }: Size): Promise<FloatImage> {
  const { data, info } = await sharp(`../shared/images/${name}`)
    .resize(width, height, { fit: 'cover' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const area = info.width * info.height;
  const planar = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) planar[c * area + i] = data[i * 3 + c]! / 255;
  }
  return { width, height, data: planar };
}
