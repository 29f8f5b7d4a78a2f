import { SimdVectors } from '../../../src/backends/simd/vectors';
import type {
  Evaluation,
  Executor,
  Objective,
  ObjectiveRequest,
  StyleImage,
} from '../../../src/nst/executor';
import type { FloatImage, Size } from '../../../src/nst/image';
import { blendMoments, type Moments } from '../../../src/nst/moments';
import {
  forward,
  lossesOf,
  objective,
  type Losses,
  type ObjectiveSpec,
  type Reading,
  type Strengths,
} from '../../../src/nst/objective';
import { layersRead } from '../../../src/nst/terms/layersRead';
import { coefficientOf, targetOf, targetsOf, type Targets } from '../../../src/nst/terms/targets';
import type { LayerName } from '../../../src/nst/vgg19';
import { ReferenceOps, type FeatureMap, type TinyNetwork } from './referenceOps';

/** Losses and gradient in double precision; `Executor` rounds them to float32 vectors. */
export class ReferenceObjective implements Objective<Float32Array> {
  readonly size: Size;
  private readonly targets: Targets<FeatureMap>;

  constructor(
    private readonly ops: ReferenceOps,
    private readonly spec: ObjectiveSpec,
    content: FeatureMap,
    styles: readonly { readonly image: FeatureMap; readonly weight: number }[],
    private readonly onDispose: () => void = () => undefined,
  ) {
    this.size = { width: content.width, height: content.height };
    const features = read(ops, content, layersRead(spec.terms, 'features'), spec);
    const seen = [...features].map(([layer, target]) => {
      const { channels, height, width, values } = target;
      const facts = { meanActivation: mean(values), channels, positions: height * width };
      return [layer, { ...facts, features: target }] as const;
    });
    const compared = layersRead(spec.terms, 'moments');
    const shares = styles.map(({ image, weight }) => ({
      weight,
      moments: momentsOf(ops, image, compared, spec),
    }));
    this.targets = targetsOf(spec, new Map(seen), blendMoments(shares));
  }

  evaluateExactly(image: FeatureMap, strengths: Strengths): { losses: Losses; gradient: Float64Array } {
    const { ops, spec, targets } = this;
    const given = spec.terms.map(term => {
      const target = targetOf(targets, term);
      return [term.id, { ...target, coefficient: coefficientOf(target, strengths[term.id]) }] as const;
    });
    const { sums, gradient } = objective(ops, spec, image, new Map(given));
    const losses = spec.terms.map(term => [term.id, targetOf(targets, term).scale * sums.get(term.id)!]);
    return {
      losses: lossesOf(Object.fromEntries(losses) as Record<string, number>, strengths),
      gradient: gradient.values,
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

  moments(image: FloatImage, layers: readonly LayerName[], reading: Reading): Promise<Moments[]> {
    return Promise.resolve(momentsOf(this.ops, featureMap(image), layers, reading));
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

function momentsOf(
  ops: ReferenceOps,
  image: FeatureMap,
  layers: readonly LayerName[],
  reading: Reading,
): Moments[] {
  const seen = read(ops, image, layers, reading);
  return layers.map(layer => {
    const features = seen.get(layer)!;
    const { channels, height, width, values } = features;
    return {
      ...{ layer, channels, positions: height * width, meanActivation: mean(values) },
      gram: ops.gram(features).values,
      covariance: ops.gram(ops.centred(features)).values,
      mean: ops.channelMeans(features).values,
    };
  });
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
