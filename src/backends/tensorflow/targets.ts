import type { Tensor } from '@tensorflow/tfjs-core';
import type { Network } from '../../models/network';
import type { GramOf } from '../../nst/executor';
import type { FloatImage } from '../../nst/image';
import { forward, type Reading } from '../../nst/objective';
import type { LayerName } from '../../nst/vgg19';
import { IMAGE_CHANNELS } from './deviceVector';
import type { Kernels } from './kernels';
import { Program, type Slot } from './program';
import { ProgramRecorder } from './recorder';
import type { DeviceWeights } from './weights';

/** Features of a content image at one layer, on the device. */
export interface ContentTarget {
  readonly layer: LayerName;
  readonly features: Tensor;
  readonly meanActivation: number;
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
  content(image: FloatImage, layers: readonly LayerName[]): ContentTarget[] {
    return this.read(image, layers, (recorder, features) => ({
      value: features.slot,
      mean: recorder.mean(features),
    })).map(({ layer, value, mean }) => ({ layer, features: value, meanActivation: mean }));
  }

  /** F Fᵀ/(H·W) and mean activation of one image at every layer. */
  grams(image: FloatImage, layers: readonly LayerName[]): GramOf[] {
    return this.read(image, layers, (recorder, features) => ({
      value: recorder.gram(features).slot,
      mean: recorder.mean(features),
    })).map(({ layer, value, mean }) => {
      const values = this.kernels.read(value).slice();
      value.dispose();
      return { layer, channels: Math.sqrt(values.length), values, meanActivation: mean };
    });
  }

  private read(
    { width, height, data }: FloatImage,
    layers: readonly LayerName[],
    want: (
      recorder: ProgramRecorder,
      features: Parameters<ProgramRecorder['mean']>[0],
    ) => Record<'value' | 'mean', Slot>,
  ): { layer: LayerName; value: Tensor; mean: number }[] {
    const { kernels } = this;
    const constants: Tensor[] = [];
    const program = new Program();
    const recorder = new ProgramRecorder(program, kernels, this.weights, this.network, constants);
    const image = { slot: program.input(), channels: IMAGE_CHANNELS, height, width };
    const wanted = forward(recorder, image, layers, this.reading)
      .filter(({ layer }) => layers.includes(layer))
      .map(({ layer, before, after }) => ({
        layer,
        ...want(recorder, this.reading.tap === 'post' ? after : before),
      }));
    const input = kernels.upload(
      kernels.layout.fromPlanar(data, IMAGE_CHANNELS),
      kernels.featureShape(IMAGE_CHANNELS, height, width),
    );
    try {
      const slots = wanted.flatMap(({ value, mean }) => [value, mean]);
      const tensors = program.run(new Map([[image.slot, input]]), slots);
      return wanted.map(({ layer }, i) => {
        const mean = tensors[2 * i + 1]!;
        const read = { layer, value: tensors[2 * i]!, mean: kernels.read(mean)[0] ?? NaN };
        mean.dispose();
        return read;
      });
    } finally {
      input.dispose();
      constants.forEach(tensor => tensor.dispose());
    }
  }
}
