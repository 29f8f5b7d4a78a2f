import type * as Ort from 'onnxruntime-common';
import type { Network } from '../../models/network';
import type { FloatImage } from '../../nst/image';
import type { Moments } from '../../nst/moments';
import { forward, type Reading } from '../../nst/objective';
import { maskAt, positionsWorth, withMeanOne, type Mask } from '../../nst/regions/mask';
import type { ContentFeatures } from '../../nst/terms/targets';
import { blockOf, type LayerName } from '../../nst/vgg19';
import { OnnxModel } from './onnxModel';
import { GraphRecorder } from './recorder';
import { imageTensor, maskTensor } from './tensors';

/** Where features are read. */
interface ReadLayers {
  readonly content: readonly LayerName[];
  readonly style: readonly LayerName[];
  /** Whether moments are of the part of an image that a mask shows. */
  readonly masked?: boolean;
}

/** The forward pass alone, for images of any size: features at content layers, moments at style layers. */
export class TargetReader {
  private constructor(
    private readonly runtime: typeof Ort,
    private readonly session: Ort.InferenceSession,
    private readonly layers: ReadLayers,
  ) {}

  static async create(
    runtime: typeof Ort,
    options: Ort.InferenceSession.SessionOptions,
    network: Network,
    layers: ReadLayers,
    reading: Reading,
  ): Promise<TargetReader> {
    const model = new OnnxModel();
    const recorder = new GraphRecorder(model, network, 'direct');
    const image = { name: model.input('image', [1, 3, 'height', 'width']), channels: 3 };
    for (const step of forward(recorder, image, [...layers.content, ...layers.style], reading)) {
      const features = reading.tap === 'post' ? step.after : step.before;
      const wantsContent = layers.content.includes(step.layer);
      const wantsStyle = layers.style.includes(step.layer);
      const weights =
        layers.masked === true && wantsStyle
          ? {
              name: model.input(`weights:${step.layer}`, [1, 1, `h${step.layer}`, `w${step.layer}`]),
              channels: 1,
            }
          : undefined;
      const weighted = weights ? recorder.weigh(features, weights) : features;
      if (wantsContent || wantsStyle) rename(model, recorder.mean(weighted), `mean:${step.layer}`, []);
      if (wantsContent)
        rename(model, features.name, `features:${step.layer}`, [1, features.channels, 'h', 'w']);
      if (wantsStyle) {
        const gram = recorder.gramSum(weighted, features);
        rename(model, gram, `gram:${step.layer}`, [features.channels, features.channels]);
        const centred = recorder.centred(features, weighted);
        const apart = recorder.gramSum(weights ? recorder.weigh(centred, weights) : centred, centred);
        rename(model, apart, `covariance:${step.layer}`, [features.channels, features.channels]);
        const sums = recorder.channelSums(weighted);
        rename(model, sums, `sums:${step.layer}`, [features.channels, 1]);
      }
    }
    const session = await runtime.InferenceSession.create(model.serialize(), options);
    return new TargetReader(runtime, session, layers);
  }

  /** Features and mean activations of the content image. */
  async content(image: FloatImage): Promise<Map<LayerName, ContentFeatures<Float32Array>>> {
    const read = await this.run(image);
    return new Map(
      this.layers.content.map(layer => {
        const [features, positions] = [read(`features:${layer}`), positionsOf(layer, image)];
        const meanActivation = read(`mean:${layer}`)[0] ?? NaN;
        return [layer, { features, meanActivation, channels: features.length / positions, positions }];
      }),
    );
  }

  /**
   * Moments of one image at every style layer.
   * @param mask of the image's size, for a reader of parts
   */
  async moments(image: FloatImage, mask?: Mask): Promise<Moments[]> {
    const masks = new Map(mask && this.layers.style.map(layer => [layer, maskAt(mask, layer)]));
    const read = await this.run(image, masks);
    return this.layers.style.map(layer => {
      const all = positionsOf(layer, image);
      const averages = (name: string) => read(`${name}:${layer}`).map(sum => sum / all);
      const [gram, covariance, mean] = [averages('gram'), averages('covariance'), averages('sums')];
      const meanActivation = read(`mean:${layer}`)[0] ?? NaN;
      const pooled = masks.get(layer);
      const positions = pooled === undefined ? all : positionsWorth(pooled);
      return { layer, channels: mean.length, positions, gram, covariance, mean, meanActivation };
    });
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }

  private async run(
    image: FloatImage,
    masks: ReadonlyMap<LayerName, Mask> = new Map(),
  ): Promise<(name: string) => Float32Array> {
    const feeds: Record<string, Ort.Tensor> = { image: imageTensor(this.runtime, image.data, image) };
    for (const [layer, mask] of masks)
      feeds[`weights:${layer}`] = maskTensor(this.runtime, withMeanOne(mask));
    const outputs = await this.session.run(feeds);
    return name => {
      const tensor = outputs[name];
      if (tensor === undefined) throw new Error(`the graph has no output ${name}`);
      return tensor.data as Float32Array;
    };
  }
}

/** H·W of a layer's features. */
function positionsOf(layer: LayerName, { width, height }: FloatImage): number {
  const halvings = blockOf(layer) - 1;
  return (height >> halvings) * (width >> halvings);
}

function rename(model: OnnxModel, value: string, name: string, shape: readonly (number | string)[]): void {
  model.output(model.node('Identity', [value], {}, name), shape);
}
