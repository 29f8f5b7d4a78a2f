import type * as Ort from 'onnxruntime-common';
import type { Network } from '../../models/network';
import type { Executor, Objective, ObjectiveRequest } from '../../nst/executor';
import type { FloatImage, Size } from '../../nst/image';
import type { Moments } from '../../nst/moments';
import type { Reading } from '../../nst/objective';
import { layersRead } from '../../nst/terms/layersRead';
import { readTargets, reportingAll, type ReadTargets } from '../../nst/terms/readTargets';
import type { LayerName } from '../../nst/vgg19';
import { SimdVectors } from '../simd/vectors';
import type { MapLayout } from '../device';
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
  /** Of maps on a card; by default the runtime's own. */
  readonly layout?: MapLayout | undefined;
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
    this.sessions = sessionOptions(options.provider, options.threads, options.layout);
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

  async prepare(request: ObjectiveRequest): Promise<Objective<Float32Array>> {
    const { content, guidance } = request;
    const { spec, targets } = await this.read(request);
    const context = {
      ...{ runtime: this.runtime, options: this.sessions, network: this.network },
      ...{ method: this.method, given: this.given, resident: this.onCard },
    };
    const kept = guidance?.free && { content, free: guidance.free };
    const whole = () => OnnxObjective.create(context, spec, content, targets, kept);
    const inBands = () => BandedObjective.create(context, spec, content, targets, kept);
    const { width, height } = content;
    const open = !worthBands(this.network, spec.terms, content)
      ? whole
      : this.onCard
        ? () => FrugalObjective.create({ width, height }, whole, inBands)
        : inBands;
    const { terms } = request.spec;
    return spec.terms.length < terms.length ? reportingAll(await open(), terms) : open();
  }

  /** What is measured, and against what. */
  private async read(request: ObjectiveRequest): Promise<ReadTargets<Float32Array>> {
    const { terms } = request.spec;
    const layers = { content: layersRead(terms, 'features'), style: layersRead(terms, 'moments') };
    const { runtime, sessions, network } = this;
    const reader = await TargetReader.create(runtime, sessions, network, layers, request.spec);
    const masked = { content: [], style: layers.style, masked: true };
    let maskedReader: TargetReader | undefined;
    try {
      return await readTargets(request, {
        content: () => reader.content(request.content),
        moments: async ({ image, mask }) => {
          if (mask === undefined) return reader.moments(image);
          maskedReader ??= await TargetReader.create(runtime, sessions, network, masked, request.spec);
          return maskedReader.moments(image, mask);
        },
      });
    } finally {
      await reader.dispose();
      await maskedReader?.dispose();
    }
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
