import type * as Ort from 'onnxruntime-common';
import type { Network } from '../../models/network';
import type { Evaluation, GramOf, Objective } from '../../nst/executor';
import type { Size } from '../../nst/image';
import {
  contentScale,
  objective,
  safeMeanActivation,
  styleScale,
  totalLoss,
  type ObjectiveHandles,
  type ObjectiveSpec,
  type Strengths,
} from '../../nst/objective';
import { blockOf, type LayerName } from '../../nst/vgg19';
import type { ConvolutionMethod } from './convolution';
import type { GivenTensors } from './givenTensors';
import { OnnxModel } from './onnxModel';
import type { FeatureName } from './featureMap';
import { GraphRecorder, type MatrixName } from './recorder';
import type { ContentTarget } from './targets';
import { imageTensor } from './tensors';

interface Targets {
  readonly content: ReadonlyMap<LayerName, ContentTarget>;
  readonly style: ReadonlyMap<LayerName, GramOf>;
}

/** A loss as the graph gives it and the factor that makes a loss of it. */
interface Term {
  readonly layer: LayerName;
  readonly output: string;
  readonly scale: number;
}

/** The objective at one size as one ONNX session: image and coefficients in, raw sums and the gradient out. */
export class OnnxObjective implements Objective<Float32Array> {
  private constructor(
    private readonly runtime: typeof Ort,
    private readonly session: Ort.InferenceSession,
    readonly size: Size,
    private readonly targets: Readonly<Record<string, Ort.Tensor>>,
    private readonly terms: { readonly content: readonly Term[]; readonly style: readonly Term[] },
  ) {}

  static async create(
    runtime: typeof Ort,
    options: Ort.InferenceSession.SessionOptions,
    network: Network,
    spec: ObjectiveSpec,
    size: Size,
    targets: Targets,
    method: ConvolutionMethod,
    given: GivenTensors,
  ): Promise<OnnxObjective> {
    const { model, handles } = record(network, spec, size, method);
    const session = await runtime.InferenceSession.create(model.serialize(), options);
    const tensors: Record<string, Ort.Tensor> = given.of(model);
    const content = [...handles.content].map(([layer, output]): Term => {
      const target = known(targets.content, layer);
      const shape = featureShape(network, layer, size);
      tensors[`P:${layer}`] = new runtime.Tensor('float32', target.features, shape);
      const [, channels, height, width] = shape;
      const meanActivation = safeMeanActivation(target.meanActivation);
      return {
        layer,
        output,
        scale: contentScale(spec.units, { meanActivation, channels, positions: height * width }),
      };
    });
    const style = [...handles.style].map(([layer, output]): Term => {
      const { values, channels, ...target } = known(targets.style, layer);
      tensors[`A:${layer}`] = new runtime.Tensor('float32', values, [channels, channels]);
      const meanActivation = safeMeanActivation(target.meanActivation);
      return { layer, output, scale: styleScale(spec.units, { meanActivation, channels }) };
    });
    return new OnnxObjective(runtime, session, { width: size.width, height: size.height }, tensors, {
      content,
      style,
    });
  }

  async evaluate(image: Float32Array, strengths: Strengths): Promise<Evaluation<Float32Array>> {
    const feeds: Record<string, Ort.Tensor> = {
      ...this.targets,
      image: imageTensor(this.runtime, image, this.size),
      'c:tv': this.scalar(strengths.tv),
    };
    for (const { layer, scale } of this.terms.content) {
      feeds[`c:content:${layer}`] = this.scalar(2 * scale * (strengths.content[layer] ?? 0));
    }
    for (const { layer, scale } of this.terms.style) {
      feeds[`c:style:${layer}`] = this.scalar(4 * scale * (strengths.style[layer] ?? 0));
    }
    const results = await this.session.run(feeds);
    const gradient = results.gradient?.data as Float32Array | undefined;
    if (gradient === undefined) throw new Error('the graph has no gradient');
    const read = (name: string): number => (results[name]?.data as Float32Array | undefined)?.[0] ?? NaN;
    const losses = {
      content: Object.fromEntries(
        this.terms.content.map(term => [term.layer, term.scale * read(term.output)]),
      ),
      style: Object.fromEntries(this.terms.style.map(term => [term.layer, term.scale * read(term.output)])),
      tv: read('tv'),
    };
    return { losses: { ...losses, total: totalLoss(losses, strengths) }, gradient };
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }

  private scalar(value: number): Ort.Tensor {
    return new this.runtime.Tensor('float32', Float32Array.of(value), []);
  }
}

/** Records the evaluation: inputs `image`, `P:`, `A:` and `c:`; outputs one raw sum a term, `tv` and `gradient`. */
function record(
  network: Network,
  spec: ObjectiveSpec,
  { width, height }: Size,
  method: ConvolutionMethod,
): { model: OnnxModel; handles: ObjectiveHandles<FeatureName, string> } {
  const model = new OnnxModel();
  const recorder = new GraphRecorder(model, network, method);
  const image = { name: model.input('image', [1, 3, height, width]), channels: 3, height, width };
  const p = (layer: LayerName): FeatureName => {
    const [, channels, h, w] = featureShape(network, layer, image);
    return { name: model.input(`P:${layer}`, [1, channels, h, w]), channels, height: h, width: w };
  };
  const a = (layer: LayerName): MatrixName => {
    const [, channels] = featureShape(network, layer, image);
    return { name: model.input(`A:${layer}`, [channels, channels]), channels };
  };
  const each = <T>(layers: readonly LayerName[], make: (layer: LayerName) => T): Map<LayerName, T> =>
    new Map(layers.map(layer => [layer, make(layer)]));
  const handles = objective(
    recorder,
    spec,
    image,
    { content: each(spec.contentLayers, p), style: each(spec.styleLayers, a) },
    {
      content: each(spec.contentLayers, layer => model.input(`c:content:${layer}`, [])),
      style: each(spec.styleLayers, layer => model.input(`c:style:${layer}`, [])),
      tv: model.input('c:tv', []),
    },
  );
  for (const sum of [...handles.content.values(), ...handles.style.values()]) model.output(sum, []);
  model.output(model.node('Identity', [handles.tv], {}, 'tv'), []);
  model.output(model.node('Identity', [handles.gradient.name], {}, 'gradient'), [1, 3, height, width]);
  return { model, handles };
}

/** 1 × channels × height × width of a layer's features for an image of the given size. */
function featureShape(
  network: Network,
  layer: LayerName,
  { width, height }: Size,
): [1, number, number, number] {
  const channels = network.channels.get(layer);
  if (channels === undefined) throw new RangeError(`${network.name} has no layer ${layer}`);
  const halvings = blockOf(layer) - 1;
  return [1, channels[1], height >> halvings, width >> halvings];
}

function known<T>(targets: ReadonlyMap<LayerName, T>, layer: LayerName): T {
  const target = targets.get(layer);
  if (target === undefined) throw new RangeError(`no target for ${layer}`);
  return target;
}
