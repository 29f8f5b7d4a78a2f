import type { Tensor } from '@tensorflow/tfjs-core';
import type { Network } from '../../models/network';
import type { FloatImage } from '../../nst/image';
import type { Moments } from '../../nst/moments';
import { forward, type Reading } from '../../nst/objective';
import { maskAt, positionsWorth, withMeanOne, type Mask } from '../../nst/regions/mask';
import type { ContentFeatures } from '../../nst/terms/targets';
import type { LayerName } from '../../nst/vgg19';
import { IMAGE_CHANNELS } from './deviceVector';
import type { Kernels } from './kernels';
import { Program, type Slot } from './program';
import type { FeatureSlot } from './imageRecorder';
import { ProgramRecorder } from './recorder';
import type { DeviceWeights } from './weights';

/** A mask as a map of one channel. */
export function uploadMask(kernels: Kernels, { width, height, data }: Mask): Tensor {
  return kernels.upload(data, kernels.featureShape(1, height, width));
}

/** The forward pass alone, for images of any size. */
export class TargetReader {
  constructor(
    private readonly kernels: Kernels,
    private readonly weights: DeviceWeights,
    private readonly network: Network,
    private readonly reading: Reading,
  ) {}

  /** Features and mean activations of the content image; the caller disposes the features. */
  content(image: FloatImage, layers: readonly LayerName[]): Map<LayerName, ContentFeatures<Tensor>> {
    const read = this.read(image, layers, (recorder, features) => [features.slot, recorder.mean(features)]);
    return new Map(
      read.map(({ layer, channels, positions, tensors: [features, mean] }) => {
        return [
          layer,
          { features: features!, meanActivation: this.taken(mean!)[0] ?? NaN, channels, positions },
        ];
      }),
    );
  }

  /**
   * Moments of one image at every layer.
   * @param mask of the image's size: the part of it that counts
   */
  moments(image: FloatImage, layers: readonly LayerName[], mask?: Mask): Moments[] {
    const masks = new Map(mask && layers.map(layer => [layer, maskAt(mask, layer)]));
    const want = (recorder: ProgramRecorder, features: FeatureSlot, weights?: FeatureSlot): Slot[] => {
      const weighted = weights ? recorder.weigh(features, weights) : features;
      const centred = recorder.centred(features, weighted);
      return [
        recorder.gram(features, weights && weighted),
        recorder.gram(centred, weights && recorder.weigh(centred, weights)),
        recorder.channelMeans(weighted),
        recorder.mean(weighted),
      ];
    };
    return this.read(image, layers, want, masks).map(({ layer, channels, tensors, ...read }) => {
      const pooled = masks.get(layer);
      const positions = pooled === undefined ? read.positions : positionsWorth(pooled);
      const [gram, covariance, mean, meanActivation] = tensors.map(tensor => this.taken(tensor));
      return {
        layer,
        channels,
        positions,
        gram: gram!,
        covariance: covariance!,
        mean: mean!,
        meanActivation: meanActivation![0] ?? NaN,
      };
    });
  }

  /** The values of a tensor, which is disposed. */
  private taken(tensor: Tensor): Float32Array {
    const values = this.kernels.read(tensor).slice();
    tensor.dispose();
    return values;
  }

  private read(
    { width, height, data }: FloatImage,
    layers: readonly LayerName[],
    want: (recorder: ProgramRecorder, features: FeatureSlot, weights?: FeatureSlot) => Slot[],
    masks: ReadonlyMap<LayerName, Mask> = new Map(),
  ): { layer: LayerName; channels: number; positions: number; tensors: Tensor[] }[] {
    const { kernels } = this;
    const constants: Tensor[] = [];
    const program = new Program();
    const recorder = new ProgramRecorder(program, kernels, this.weights, this.network, constants);
    const image = { slot: program.input(), channels: IMAGE_CHANNELS, height, width };
    const given = new Map<Slot, Tensor>();
    const weightsAt = (layer: LayerName): FeatureSlot | undefined => {
      const mask = masks.get(layer);
      if (mask === undefined) return undefined;
      const slot = program.input();
      given.set(slot, uploadMask(kernels, withMeanOne(mask)));
      return { slot, channels: 1, height: mask.height, width: mask.width };
    };
    const wanted = forward(recorder, image, layers, this.reading)
      .filter(({ layer }) => layers.includes(layer))
      .map(({ layer, before, after }) => {
        const features = this.reading.tap === 'post' ? after : before;
        const positions = features.height * features.width;
        return {
          layer,
          channels: features.channels,
          positions,
          slots: want(recorder, features, weightsAt(layer)),
        };
      });
    const input = kernels.upload(
      kernels.layout.fromPlanar(data, IMAGE_CHANNELS),
      kernels.featureShape(IMAGE_CHANNELS, height, width),
    );
    given.set(image.slot, input);
    try {
      const tensors = program.run(
        given,
        wanted.flatMap(({ slots }) => slots),
      );
      return wanted.map(({ slots, ...read }) => ({ ...read, tensors: tensors.splice(0, slots.length) }));
    } finally {
      given.forEach(tensor => tensor.dispose());
      constants.forEach(tensor => tensor.dispose());
    }
  }
}
