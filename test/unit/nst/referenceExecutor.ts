import { SimdVectors } from '../../../src/backends/simd/vectors';
import type { Evaluation, Executor, Objective, ObjectiveRequest } from '../../../src/nst/executor';
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
import { guideTerms, type Guidance } from '../../../src/nst/regions/guidance';
import { maskAt, positionsWorth, withMeanOne, type Mask } from '../../../src/nst/regions/mask';
import { kindOf } from '../../../src/nst/terms/kinds';
import type { StyleImage } from '../../../src/nst/styleImage';
import { layersRead } from '../../../src/nst/terms/layersRead';
import { coefficientOf, targetOf, targetsOf, type Targets } from '../../../src/nst/terms/targets';
import { REST } from '../../../src/nst/terms/term';
import type { LayerName } from '../../../src/nst/vgg19';
import { ReferenceOps, type FeatureMap, type TinyNetwork } from './referenceOps';

/** Losses and gradient in double precision; `Executor` rounds them to float32 vectors. */
export class ReferenceObjective implements Objective<Float32Array> {
  readonly size: Size;
  private readonly targets: Targets<FeatureMap>;
  private readonly content: FeatureMap;

  constructor(
    private readonly ops: ReferenceOps,
    private readonly spec: ObjectiveSpec,
    content: FeatureMap,
    styles: readonly ExactStyle[],
    private readonly guidance?: Guidance,
    private readonly onDispose: () => void = () => undefined,
  ) {
    this.size = { width: content.width, height: content.height };
    const features = read(ops, content, layersRead(spec.terms, 'features'), spec);
    const seen = [...features].map(([layer, target]) => {
      const { channels, height, width, values } = target;
      const facts = { meanActivation: mean(values), channels, positions: height * width };
      return [layer, { ...facts, features: target }] as const;
    });
    this.content = content;
    const compared = layersRead(spec.terms, 'moments');
    const blended = (all: readonly ExactStyle[]) =>
      blendMoments(
        all.map(({ image, weight, mask }) => ({
          weight,
          moments: momentsOf(ops, image, compared, spec, mask),
        })),
      );
    const blends = [
      [REST, blended(styles)] as const,
      ...(guidance?.regions ?? []).map(
        ({ number, styles }) => [number, blended(styles.map(exactly))] as const,
      ),
    ];
    const guides =
      guidance && guideTerms(spec.terms, guidance, term => kindOf(term).reads === 'moments').guides;
    this.targets = targetsOf(spec, new Map(seen), new Map(blends), guides);
  }

  evaluateExactly(image: FeatureMap, strengths: Strengths): { losses: Losses; gradient: Float64Array } {
    const { ops, spec, targets, content, guidance } = this;
    const given = spec.terms.map(term => {
      const { guide, ...target } = targetOf(targets, term);
      const coefficient = coefficientOf(target, strengths[term.id]);
      const guided = guide && { guide: { window: guide.window, weights: plane(guide.inWindow) } };
      return [term.id, { ...target, coefficient, ...guided }] as const;
    });
    const kept = guidance?.free && { content, free: plane(guidance.free) };
    const { sums, gradient } = objective(ops, spec, image, new Map(given), kept);
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

  prepare({ spec, content, styles, guidance }: ObjectiveRequest): Promise<Objective<Float32Array>> {
    this.alive++;
    const onDispose = () => this.alive--;
    const exact = styles.map(exactly);
    return Promise.resolve(
      new ReferenceObjective(this.ops, spec, featureMap(content), exact, guidance, onDispose),
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

/** A style image in double precision. */
interface ExactStyle extends Omit<StyleImage, 'image'> {
  readonly image: FeatureMap;
}

export function exactly({ image, ...style }: StyleImage): ExactStyle {
  return { ...style, image: featureMap(image) };
}

function plane({ width, height, data }: Mask): FeatureMap {
  return { channels: 1, width, height, values: Float64Array.from(data) };
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
  mask?: Mask,
): Moments[] {
  const seen = read(ops, image, layers, reading);
  return layers.map(layer => {
    const features = seen.get(layer)!;
    const { channels, height, width } = features;
    const pooled = mask && maskAt(mask, layer);
    const weighed = (x: FeatureMap) => (pooled ? ops.weigh(x, plane(withMeanOne(pooled))) : x);
    const apart = ops.centred(features, weighed(features));
    return {
      ...{ layer, channels, positions: pooled ? positionsWorth(pooled) : height * width },
      meanActivation: mean(weighed(features).values),
      gram: ops.gram(features, weighed(features)).values,
      covariance: ops.gram(apart, weighed(apart)).values,
      mean: ops.channelMeans(weighed(features)).values,
    };
  });
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
