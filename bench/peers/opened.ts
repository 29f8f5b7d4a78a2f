import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ConvolutionMethod } from '../../src/backends/onnx/convolution';
import { OnnxExecutor } from '../../src/backends/onnx/executor';
import type { Executor, Objective } from '../../src/nst/executor';
import type { FloatImage } from '../../src/nst/image';
import type { ObjectiveSpec } from '../../src/nst/objective';
import { isLayerName } from '../../src/nst/vgg19';
import type { Network } from '../../src/models/network';
import { openNetwork } from '../../src/models/openNetwork';
import type { Exchange, ProblemFile } from './protocol';
import { grouped, termsOf, ungrouped } from '../../src/nst/terms/term';

/** A problem that Atelier has open. The objective at full size is made when it is first asked for. */
export class Opened {
  private full: Promise<Objective<Float32Array>> | undefined;

  private constructor(
    readonly problem: ProblemFile,
    readonly executor: Executor<Float32Array>,
    readonly content: FloatImage,
    readonly style: FloatImage,
    readonly start: FloatImage,
  ) {}

  static async read(folder: string, threads: number, convolution?: ConvolutionMethod): Promise<Opened> {
    const problem = JSON.parse(fs.readFileSync(path.join(folder, 'problem.json'), 'utf8')) as ProblemFile;
    const network = await (problem.model === 'synthetic'
      ? networkIn(folder, problem)
      : openNetwork(problem.model));
    const executor = await OnnxExecutor.create(network, {
      provider: 'cpu',
      threads,
      ...(convolution === undefined ? {} : { convolution }),
    });
    const [content, style, start] = ['content', 'style', 'start'].map(name =>
      readPicture(folder, problem, name),
    );
    return new Opened(problem, executor, content!, style!, start!);
  }

  get spec(): ObjectiveSpec {
    const { strengths, pooling } = this.problem;
    const layersOf = (weights: object) => Object.keys(weights).filter(isLayerName);
    return {
      terms: termsOf({ content: layersOf(strengths.content), style: layersOf(strengths.style) }),
      ...{ pooling, padding: 'zero', tap: 'post', units: 'mean' },
    };
  }

  objective(): Promise<Objective<Float32Array>> {
    const { executor, spec, content, style } = this;
    this.full ??= executor.prepare({ spec, content, styles: [{ image: style, weight: 1 }] });
    return this.full;
  }

  async evaluate(count: number): Promise<Exchange['evaluate']['answer']> {
    const objective = await this.objective();
    const strengths = ungrouped(this.problem.strengths);
    const milliseconds: number[] = [];
    for (;;) {
      const begin = performance.now();
      const { losses, gradient } = await objective.evaluate(this.start.data, strengths);
      milliseconds.push(performance.now() - begin);
      if (milliseconds.length < count) continue;
      return {
        losses: { ...grouped(losses.terms), total: losses.total },
        gradientNorm: Math.hypot(...blocks(gradient)),
        milliseconds,
      };
    }
  }

  async dispose(): Promise<void> {
    await (await this.full)?.dispose();
    await this.executor.dispose();
  }
}

/** Norms of a vector's pieces: their norm is its own. */
function blocks(values: Float32Array): number[] {
  const norms: number[] = [];
  for (let at = 0; at < values.length; at += 4096) {
    norms.push(Math.sqrt(values.subarray(at, at + 4096).reduce((sum, value) => sum + value * value, 0)));
  }
  return norms;
}

/** The network that is written beside a problem, read layer by layer as the product reads its own. */
function networkIn(folder: string, problem: ProblemFile): Network {
  const shapes = problem.layers.map(({ name }) => [name, problem.tensors[`${name}.kernel`]!.shape] as const);
  const channels = new Map(shapes.map(([name, [out = 0, into = 0]]) => [name, [into, out] as const]));
  const [red = 0, green = 0, blue = 0] = problem.mean;
  return {
    name: problem.model,
    fingerprint: problem.model,
    layers: [...channels.keys()],
    channels,
    mean: [red, green, blue],
    weights: layer => {
      const [inChannels, outChannels] = channels.get(layer) ?? [0, 0];
      const [kernel, bias] = ['kernel', 'bias'].map(name => readTensor(folder, problem, `${layer}.${name}`));
      return { kernel: kernel!, bias: bias!, inChannels, outChannels };
    },
  };
}

function readPicture(folder: string, problem: ProblemFile, name: string): FloatImage {
  const { width, height } = problem;
  return { width, height, data: readTensor(folder, problem, name) };
}

function readTensor(folder: string, { tensors }: ProblemFile, name: string): Float32Array {
  const { file, offset, shape } = tensors[name]!;
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  const handle = fs.openSync(path.join(folder, file), 'r');
  fs.readSync(handle, values, 0, values.byteLength, offset);
  fs.closeSync(handle);
  return values;
}
