import type { Network } from '../../models/network';
import type { Executor, Objective, ObjectiveRequest } from '../../nst/executor';
import type { FloatImage, Size } from '../../nst/image';
import type { Moments } from '../../nst/moments';
import type { Reading } from '../../nst/objective';
import { layersRead } from '../../nst/terms/layersRead';
import { readTargets, reportingAll } from '../../nst/terms/readTargets';
import type { LayerName } from '../../nst/vgg19';
import { DeviceVector, IMAGE_CHANNELS } from './deviceVector';
import { DeviceVectors } from './deviceVectors';
import type { RuntimeOptions } from './environment';
import { Kernels } from './kernels';
import { CHANNELS_FIRST, CHANNELS_LAST, type Layout } from './layout';
import { TensorflowObjective } from './objective';
import { openSession, type Session } from './session';
import { TargetReader } from './targets';
import { DeviceWeights } from './weights';

export interface TensorflowOptions extends RuntimeOptions {
  /** The addon's path. */
  readonly addon: string;
  /** By default what is fastest on the device. */
  readonly layout?: Layout;
}

/**
 * The network on TensorFlow. Image vectors, gradients and whatever an optimizer remembers are tensors on the device;
 * only losses, products and pictures come back.
 */
export class TensorflowExecutor implements Executor<DeviceVector> {
  readonly space: DeviceVectors;
  private readonly weights: DeviceWeights;

  private constructor(
    readonly session: Session,
    private readonly kernels: Kernels,
    private readonly network: Network,
  ) {
    this.space = new DeviceVectors(kernels);
    this.weights = new DeviceWeights(kernels, network);
  }

  /** @throws `device-unavailable` when TensorFlow does not load. */
  static async create(network: Network, options: TensorflowOptions): Promise<TensorflowExecutor> {
    const session = await openSession(options.addon, options);
    const layout = options.layout ?? fastestLayout(session);
    return new TensorflowExecutor(session, new Kernels(session, layout), network);
  }

  fromImage({ width, height, data }: FloatImage): DeviceVector {
    const values = this.kernels.layout.fromPlanar(data.slice(), IMAGE_CHANNELS);
    return new DeviceVector(
      this.kernels.upload(values, this.kernels.featureShape(IMAGE_CHANNELS, height, width)),
    );
  }

  toImage(vector: DeviceVector, { width, height }: Size): FloatImage {
    return { width, height, data: this.space.toHost(vector) };
  }

  async prepare(request: ObjectiveRequest): Promise<Objective<DeviceVector>> {
    const { kernels, weights, network } = this;
    const { content, guidance } = request;
    const { terms } = request.spec;
    const reader = new TargetReader(kernels, weights, network, request.spec);
    const { spec, targets } = await readTargets(request, {
      content: () => reader.content(content, layersRead(terms, 'features')),
      moments: ({ image, mask }) => reader.moments(image, layersRead(terms, 'moments'), mask),
    });
    const kept = guidance?.free && { content, free: guidance.free };
    const size = { width: content.width, height: content.height };
    const objective = new TensorflowObjective(kernels, weights, network, spec, size, targets, kept);
    return spec.terms.length < terms.length ? reportingAll(objective, terms) : objective;
  }

  moments(image: FloatImage, layers: readonly LayerName[], reading: Reading): Promise<Moments[]> {
    const { kernels, weights, network } = this;
    return Promise.resolve(new TargetReader(kernels, weights, network, reading).moments(image, layers));
  }

  dispose(): Promise<void> {
    this.weights.dispose();
    this.space.close();
    this.kernels.dispose();
    return Promise.resolve();
  }
}

/** cuDNN's kernels for rounded products want channels last, those for float32 planes; the CPU's know the former only. */
function fastestLayout({ usesGpu, allowRounding }: Session): Layout {
  return usesGpu && allowRounding === undefined ? CHANNELS_FIRST : CHANNELS_LAST;
}
