import type * as Ort from 'onnxruntime-common';
import type { Network } from '../../models/network';
import type { Executor, Objective, ObjectiveRequest } from '../../nst/executor';
import type { FloatImage, Size } from '../../nst/image';
import { blendMoments, type Moments } from '../../nst/moments';
import type { Reading } from '../../nst/objective';
import { layersRead } from '../../nst/terms/layersRead';
import { targetsOf } from '../../nst/terms/targets';
import type { LayerName } from '../../nst/vgg19';
import { SimdVectors } from '../simd/vectors';
import type { ConvolutionMethod } from './convolution';
import { BandedObjective } from './bandedObjective';
import { worthBands } from './bands';
import { FrugalObjective } from './frugalObjective';
import { GivenTensors } from './givenTensors';
import { OnnxObjective } from './objective';
import { loadRuntime, sessionOptions, type Provider } from './runtime';
import { TargetReader } from './targets';

export interface OnnxOptions {
  readonly provider: Provider;
  /** Threads of one evaluation; 0 for all physical cores. */
  readonly threads: number;
  /** Convolutions of the objective; by default minimal filtering where it pays (the native CPU provider). */
  readonly convolution?: ConvolutionMethod;
}

/**
 * The network on onnxruntime. Image vectors are Float32Arrays on the host, planar RGB; an evaluation is one run
 * of one graph. Graphs are made for a size and released with their objective; weights live only in them.
 */
export class OnnxExecutor implements Executor<Float32Array> {
  readonly space = new SimdVectors();
  private readonly method: ConvolutionMethod;
  /** Whether what a graph is given has to be brought to the memory of a card. */
  private readonly onCard: boolean;
  private readonly given: GivenTensors;
  private readonly sessions: Ort.InferenceSession.SessionOptions;

  private constructor(
    private readonly runtime: typeof Ort,
    private readonly network: Network,
    options: OnnxOptions,
  ) {
    this.method = options.convolution ?? (options.provider === 'cpu' ? 'winograd' : 'direct');
    this.onCard = options.provider === 'webgpu' || options.provider === 'dml';
    this.given = new GivenTensors(runtime);
    this.sessions = sessionOptions(options.provider, options.threads);
  }

  /** @throws `device-unavailable` when the provider's runtime cannot be loaded here. */
  static async create(network: Network, options: OnnxOptions): Promise<OnnxExecutor> {
    return new OnnxExecutor(await loadRuntime(options.provider, options.threads), network, options);
  }

  fromImage(image: FloatImage): Float32Array {
    return this.space.fromHost(image.data, image.data);
  }

  toImage(vector: Float32Array, { width, height }: Size): FloatImage {
    return { width, height, data: vector.slice() };
  }

  async prepare({ spec, content, styles }: ObjectiveRequest): Promise<Objective<Float32Array>> {
    const layers = { content: layersRead(spec.terms, 'features'), style: layersRead(spec.terms, 'moments') };
    const reader = await TargetReader.create(this.runtime, this.sessions, this.network, layers, spec);
    let targets;
    try {
      const shares = [];
      for (const { image, weight } of styles) shares.push({ weight, moments: await reader.moments(image) });
      targets = targetsOf(spec, await reader.content(content), blendMoments(shares));
    } finally {
      await reader.dispose();
    }
    const context = {
      ...{ runtime: this.runtime, options: this.sessions, network: this.network },
      ...{ method: this.method, given: this.given, resident: this.onCard },
    };
    const whole = () => OnnxObjective.create(context, spec, content, targets);
    if (!worthBands(this.network, spec.terms, content)) return whole();
    const inBands = () => BandedObjective.create(context, spec, content, targets);
    const { width, height } = content;
    return this.onCard ? FrugalObjective.create({ width, height }, whole, inBands) : inBands();
  }

  async moments(image: FloatImage, layers: readonly LayerName[], reading: Reading): Promise<Moments[]> {
    const wanted = { content: [], style: layers };
    const reader = await TargetReader.create(this.runtime, this.sessions, this.network, wanted, reading);
    try {
      return await reader.moments(image);
    } finally {
      await reader.dispose();
    }
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
