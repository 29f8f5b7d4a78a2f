import type * as Ort from 'onnxruntime-common';
import type { Network } from '../../models/network';
import type { GramOf } from '../../nst/executor';
import type { FloatImage } from '../../nst/image';
import { forward, type Reading } from '../../nst/objective';
import { blockOf, type LayerName } from '../../nst/vgg19';
import { OnnxModel } from './onnxModel';
import { GraphRecorder } from './recorder';
import { imageTensor } from './tensors';

/** Features of a content image at one layer. */
export interface ContentTarget {
  /** Channels × height × width. */
  readonly features: Float32Array;
  readonly meanActivation: number;
}

/** The forward pass alone, for images of any size: features at content layers, Gram matrices at style layers. */
export class TargetReader {
  private constructor(
    private readonly runtime: typeof Ort,
    private readonly session: Ort.InferenceSession,
    private readonly contentLayers: readonly LayerName[],
    private readonly styleLayers: readonly LayerName[],
  ) {}

  static async create(
    runtime: typeof Ort,
    options: Ort.InferenceSession.SessionOptions,
    network: Network,
    layers: { readonly content: readonly LayerName[]; readonly style: readonly LayerName[] },
    reading: Reading,
  ): Promise<TargetReader> {
    const model = new OnnxModel();
    const recorder = new GraphRecorder(model, network, 'direct');
    const image = { name: model.input('image', [1, 3, 'height', 'width']), channels: 3 };
    for (const step of forward(recorder, image, [...layers.content, ...layers.style], reading)) {
      const features = reading.tap === 'post' ? step.after : step.before;
      const wantsContent = layers.content.includes(step.layer);
      const wantsStyle = layers.style.includes(step.layer);
      if (wantsContent || wantsStyle) rename(model, recorder.mean(features), `mean:${step.layer}`, []);
      if (wantsContent)
        rename(model, features.name, `features:${step.layer}`, [1, features.channels, 'h', 'w']);
      if (wantsStyle) {
        const gram = recorder.gramSum(features);
        rename(model, gram.name, `gram:${step.layer}`, [gram.channels, gram.channels]);
      }
    }
    const session = await runtime.InferenceSession.create(model.serialize(), options);
    return new TargetReader(runtime, session, layers.content, layers.style);
  }

  /** Features and mean activations of the content image. */
  async content(image: FloatImage): Promise<Map<LayerName, ContentTarget>> {
    const read = await this.run(image);
    return new Map(
      this.contentLayers.map(layer => [
        layer,
        { features: read(`features:${layer}`), meanActivation: read(`mean:${layer}`)[0] ?? NaN },
      ]),
    );
  }

  /** F Fᵀ/(H·W) and mean activation of one image at every style layer. */
  async grams(image: FloatImage): Promise<GramOf[]> {
    const read = await this.run(image);
    return this.styleLayers.map(layer => {
      const values = read(`gram:${layer}`);
      const halvings = blockOf(layer) - 1;
      const positions = (image.height >> halvings) * (image.width >> halvings);
      for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? NaN) / positions;
      return {
        layer,
        channels: Math.sqrt(values.length),
        values,
        meanActivation: read(`mean:${layer}`)[0] ?? NaN,
      };
    });
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }

  private async run(image: FloatImage): Promise<(name: string) => Float32Array> {
    const outputs = await this.session.run({ image: imageTensor(this.runtime, image.data, image) });
    return name => {
      const tensor = outputs[name];
      if (tensor === undefined) throw new Error(`the graph has no output ${name}`);
      return tensor.data as Float32Array;
    };
  }
}

function rename(model: OnnxModel, value: string, name: string, shape: readonly (number | string)[]): void {
  model.output(model.node('Identity', [value], {}, name), shape);
}
