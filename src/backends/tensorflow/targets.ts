import type { Tensor } from '@tensorflow/tfjs-core';
import type { Network } from '../../models/network';
import type { FloatImage } from '../../nst/image';
import type { Moments } from '../../nst/moments';
import { forward, type Reading } from '../../nst/objective';
import type { ContentFeatures } from '../../nst/terms/targets';
import type { LayerName } from '../../nst/vgg19';
import { IMAGE_CHANNELS } from './deviceVector';
import type { Kernels } from './kernels';
import { Program, type Slot } from './program';
import type { FeatureSlot } from './imageRecorder';
import { ProgramRecorder } from './recorder';
import type { DeviceWeights } from './weights';

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

  /** Moments of one image at every layer. */
  moments(image: FloatImage, layers: readonly LayerName[]): Moments[] {
    const read = this.read(image, layers, (recorder, features) => [
      recorder.gram(features),
      recorder.gram(recorder.centred(features)),
      recorder.channelMeans(features),
      recorder.mean(features),
    ]);
    return read.map(({ layer, channels, positions, tensors }) => {
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
    want: (recorder: ProgramRecorder, features: FeatureSlot) => Slot[],
  ): { layer: LayerName; channels: number; positions: number; tensors: Tensor[] }[] {
    const { kernels } = this;
    const constants: Tensor[] = [];
    const program = new Program();
    const recorder = new ProgramRecorder(program, kernels, this.weights, this.network, constants);
    const image = { slot: program.input(), channels: IMAGE_CHANNELS, height, width };
    const wanted = forward(recorder, image, layers, this.reading)
      .filter(({ layer }) => layers.includes(layer))
      .map(({ layer, before, after }) => {
        const features = this.reading.tap === 'post' ? after : before;
        const positions = features.height * features.width;
        return { layer, channels: features.channels, positions, slots: want(recorder, features) };
      });
    const input = kernels.upload(
      kernels.layout.fromPlanar(data, IMAGE_CHANNELS),
      kernels.featureShape(IMAGE_CHANNELS, height, width),
    );
    try {
      const tensors = program.run(
        new Map([[image.slot, input]]),
        wanted.flatMap(({ slots }) => slots),
      );
      return wanted.map(({ slots, ...read }) => ({ ...read, tensors: tensors.splice(0, slots.length) }));
    } finally {
      input.dispose();
      constants.forEach(tensor => tensor.dispose());
    }
  }
}
