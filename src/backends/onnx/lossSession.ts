import type * as Ort from 'onnxruntime-common';
import type { GramOf } from '../../nst/executor';
import type { Size } from '../../nst/image';
import {
  contentScale,
  safeMeanActivation,
  styleScale,
  type CoefficientHandles,
  type LossHandles,
  type ObjectiveSpec,
  type Strengths,
  type TargetHandles,
} from '../../nst/objective';
import type { LayerName } from '../../nst/vgg19';
import type { FeatureName } from './featureMap';
import { featureShape, type GraphContext } from './graphContext';
import type { OnnxModel } from './onnxModel';
import type { MatrixName } from './recorder';
import type { ContentTarget } from './targets';

export interface Targets {
  readonly content: ReadonlyMap<LayerName, ContentTarget>;
  readonly style: ReadonlyMap<LayerName, GramOf>;
}

type Layers = Pick<ObjectiveSpec, 'contentLayers' | 'styleLayers'>;

/** A loss as the graph gives it and the factor that makes a loss of it. */
interface Term {
  readonly layer: LayerName;
  readonly output: string;
  readonly scale: number;
}

/** Unweighted losses of some layers, and everything that the graph gave. */
interface LossRun {
  readonly content: Partial<Record<LayerName, number>>;
  readonly style: Partial<Record<LayerName, number>>;
  readonly results: Ort.InferenceSession.OnnxValueMapType;
}

/** Inputs `P:` and `A:` for the targets of layers, for an image of this size. */
export function targetInputs(
  model: OnnxModel,
  { network }: GraphContext,
  { contentLayers, styleLayers }: Layers,
  size: Size,
): TargetHandles<FeatureName, MatrixName> {
  const p = (layer: LayerName): FeatureName => {
    const [, channels, height, width] = featureShape(network, layer, size);
    return { name: model.input(`P:${layer}`, [1, channels, height, width]), channels, height, width };
  };
  const a = (layer: LayerName): MatrixName => {
    const [, channels] = featureShape(network, layer, size);
    return { name: model.input(`A:${layer}`, [channels, channels]), channels };
  };
  return { content: each(contentLayers, p), style: each(styleLayers, a) };
}

/** Inputs `c:content:` and `c:style:` for the coefficients of layers. */
export function coefficientInputs(
  model: OnnxModel,
  { contentLayers, styleLayers }: Layers,
): Pick<CoefficientHandles<string>, 'content' | 'style'> {
  return {
    content: each(contentLayers, layer => model.input(`c:content:${layer}`, [])),
    style: each(styleLayers, layer => model.input(`c:style:${layer}`, [])),
  };
}

function each<T>(layers: readonly LayerName[], make: (layer: LayerName) => T): Map<LayerName, T> {
  return new Map(layers.map(layer => [layer, make(layer)]));
}

/** A session whose graph has the inputs above and one raw sum a term as outputs. */
export class LossSession {
  private constructor(
    private readonly runtime: typeof Ort,
    private readonly session: Ort.InferenceSession,
    private readonly fixed: Readonly<Record<string, Ort.Tensor>>,
    private readonly terms: { readonly content: readonly Term[]; readonly style: readonly Term[] },
  ) {}

  /** Makes the sums outputs of the model, and a session of it. */
  static async create(
    { runtime, options, network, given }: GraphContext,
    model: OnnxModel,
    handles: Pick<LossHandles<FeatureName, string>, 'content' | 'style'>,
    spec: ObjectiveSpec,
    size: Size,
    targets: Targets,
  ): Promise<LossSession> {
    for (const sum of [...handles.content.values(), ...handles.style.values()]) model.output(sum, []);
    const session = await runtime.InferenceSession.create(model.serialize(), options);
    const tensors: Record<string, Ort.Tensor> = given.of(model);
    const content = [...handles.content].map(([layer, output]): Term => {
      const target = known(targets.content, layer);
      const shape = featureShape(network, layer, size);
      tensors[`P:${layer}`] = new runtime.Tensor('float32', target.features, shape);
      const [, channels, height, width] = shape;
      const meanActivation = safeMeanActivation(target.meanActivation);
      const scale = contentScale(spec.units, { meanActivation, channels, positions: height * width });
      return { layer, output, scale };
    });
    const style = [...handles.style].map(([layer, output]): Term => {
      const { values, channels, ...target } = known(targets.style, layer);
      tensors[`A:${layer}`] = new runtime.Tensor('float32', values, [channels, channels]);
      const meanActivation = safeMeanActivation(target.meanActivation);
      return { layer, output, scale: styleScale(spec.units, { meanActivation, channels }) };
    });
    return new LossSession(runtime, session, tensors, { content, style });
  }

  async run(given: Readonly<Record<string, Ort.Tensor>>, strengths: Strengths): Promise<LossRun> {
    const feeds: Record<string, Ort.Tensor> = { ...this.fixed, ...given };
    for (const { layer, scale } of this.terms.content) {
      feeds[`c:content:${layer}`] = this.scalar(2 * scale * (strengths.content[layer] ?? 0));
    }
    for (const { layer, scale } of this.terms.style) {
      feeds[`c:style:${layer}`] = this.scalar(4 * scale * (strengths.style[layer] ?? 0));
    }
    const results = await this.session.run(feeds);
    const read = ({ layer, output, scale }: Term) => [layer, scale * scalarOf(results, output)] as const;
    return {
      content: Object.fromEntries(this.terms.content.map(read)),
      style: Object.fromEntries(this.terms.style.map(read)),
      results,
    };
  }

  scalar(value: number): Ort.Tensor {
    return new this.runtime.Tensor('float32', Float32Array.of(value), []);
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}

/** A single number that a graph gave; NaN when it is not there. */
export function scalarOf(results: Ort.InferenceSession.OnnxValueMapType, name: string): number {
  return (results[name]?.data as Float32Array | undefined)?.[0] ?? NaN;
}

/** Values that a graph gave. */
export function valuesOf(results: Ort.InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const values = results[name]?.data as Float32Array | undefined;
  if (values === undefined) throw new Error(`the graph has no output ${name}`);
  return values;
}

function known<T>(targets: ReadonlyMap<LayerName, T>, layer: LayerName): T {
  const target = targets.get(layer);
  if (target === undefined) throw new RangeError(`no target for ${layer}`);
  return target;
}
