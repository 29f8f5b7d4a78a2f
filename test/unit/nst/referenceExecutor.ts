import type {
  Evaluation,
  Executor,
  GramOf,
  Objective,
  ObjectiveRequest,
  StyleImage,
} from '../../../src/nst/executor';
import { SimdVectors } from '../../../src/backends/simd/vectors';
import type { FloatImage, Size } from '../../../src/nst/image';
import {
  contentScale,
  forward,
  objective,
  safeMeanActivation,
  styleScale,
  totalLoss,
  type Losses,
  type ObjectiveSpec,
  type Reading,
  type Strengths,
} from '../../../src/nst/objective';
import type { LayerName } from '../../../src/nst/vgg19';
import { ReferenceOps, type FeatureMap, type Matrix, type TinyNetwork } from './referenceOps';

/** Losses and gradient in double precision; `Executor` rounds them to float32 vectors. */
export class ReferenceObjective implements Objective<Float32Array> {
  readonly size: Size;
  private readonly content = new Map<LayerName, FeatureMap>();
  private readonly style = new Map<LayerName, Matrix>();
  private readonly contentScales = new Map<LayerName, number>();
  private readonly styleScales = new Map<LayerName, number>();

  constructor(
    private readonly ops: ReferenceOps,
    private readonly spec: ObjectiveSpec,
    content: FeatureMap,
    styles: readonly { readonly image: FeatureMap; readonly weight: number }[],
    private readonly onDispose: () => void = () => undefined,
  ) {
    this.size = { width: content.width, height: content.height };
    const features = read(ops, content, spec.contentLayers, spec);
    for (const [layer, target] of features) {
      const { channels, height, width } = target;
      const scale = {
        meanActivation: safeMeanActivation(mean(target.values)),
        channels,
        positions: height * width,
      };
      this.content.set(layer, target);
      this.contentScales.set(layer, contentScale(spec.units, scale));
    }
    const whole = styles.reduce((sum, { weight }) => sum + weight, 0);
    for (const layer of spec.styleLayers) {
      const seen = styles.map(style => read(ops, style.image, [layer], spec).get(layer)!);
      const channels = seen[0]!.channels;
      const gram = new Float64Array(channels ** 2);
      let meanActivation = 0;
      seen.forEach((target, i) => {
        const share = styles[i]!.weight / whole;
        meanActivation += share * mean(target.values);
        ops.gram(target).values.forEach((value, k) => (gram[k]! += share * value));
      });
      this.style.set(layer, { channels, values: gram });
      this.styleScales.set(
        layer,
        styleScale(spec.units, { meanActivation: safeMeanActivation(meanActivation), channels }),
      );
    }
  }

  evaluateExactly(image: FeatureMap, strengths: Strengths): { losses: Losses; gradient: Float64Array } {
    const { ops, spec, content, style, contentScales, styleScales } = this;
    const handles = objective(
      ops,
      spec,
      image,
      { content, style },
      {
        content: mapMap(contentScales, (scale, layer) => 2 * scale * (strengths.content[layer] ?? 0)),
        style: mapMap(styleScales, (scale, layer) => 4 * scale * (strengths.style[layer] ?? 0)),
        tv: strengths.tv,
      },
    );
    const losses = {
      content: Object.fromEntries(mapMap(handles.content, (sum, layer) => sum * contentScales.get(layer)!)),
      style: Object.fromEntries(mapMap(handles.style, (sum, layer) => sum * styleScales.get(layer)!)),
      tv: handles.tv,
    };
    return {
      losses: { ...losses, total: totalLoss(losses, strengths) },
      gradient: handles.gradient.values,
    };
  }

  evaluate(image: Float32Array, strengths: Strengths): Promise<Evaluation<Float32Array>> {
    const { losses, gradient } = this.evaluateExactly(
      { channels: 3, ...this.size, values: Float64Array.from(image) },
      strengths,
    );
    return Promise.resolve({ losses, gradient: Float32Array.from(gradient) });
  }

  dispose(): Promise<void> {
    this.onDispose();
    return Promise.resolve();
  }
}

/**
 * The plainest executor there is: double precision, no tricks; on the vectors of the CPU's executor, whose places are
 * taken again. Counts the objectives that live.
 */
export class ReferenceExecutor implements Executor<Float32Array> {
  readonly space = new SimdVectors();
  alive = 0;
  private readonly ops: ReferenceOps;

  constructor(network: TinyNetwork) {
    this.ops = new ReferenceOps(network);
  }

  fromImage(image: FloatImage): Float32Array {
    return this.space.fromHost(image.data, image.data);
  }

  toImage(vector: Float32Array, { width, height }: Size): FloatImage {
    return { width, height, data: vector.slice() };
  }

  prepare({ spec, content, styles }: ObjectiveRequest): Promise<Objective<Float32Array>> {
    this.alive++;
    return Promise.resolve(
      new ReferenceObjective(this.ops, spec, featureMap(content), styles.map(exactly), () => this.alive--),
    );
  }

  grams(image: FloatImage, layers: readonly LayerName[], reading: Reading): Promise<GramOf[]> {
    const seen = read(this.ops, featureMap(image), layers, reading);
    return Promise.resolve(
      layers.map(layer => {
        const { channels, values } = this.ops.gram(seen.get(layer)!);
        const meanActivation = mean(seen.get(layer)!.values);
        return { layer, channels, values: Float32Array.from(values), meanActivation };
      }),
    );
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

export function featureMap({ width, height, data }: FloatImage): FeatureMap {
  return { channels: 3, width, height, values: Float64Array.from(data) };
}

export function exactly({ image, weight }: StyleImage): { image: FeatureMap; weight: number } {
  return { image: featureMap(image), weight };
}

function read(
  ops: ReferenceOps,
  image: FeatureMap,
  layers: readonly LayerName[],
  reading: Reading,
): Map<LayerName, FeatureMap> {
  const trace = forward(ops, image, layers, reading).filter(({ layer }) => layers.includes(layer));
  return new Map(trace.map(({ layer, before, after }) => [layer, reading.tap === 'post' ? after : before]));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function mapMap<K, A, B>(map: ReadonlyMap<K, A>, change: (value: A, key: K) => B): Map<K, B> {
  return new Map([...map].map(([key, value]) => [key, change(value, key)]));
}
