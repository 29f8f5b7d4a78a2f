import type * as Ort from 'onnxruntime-common';
import type { Size } from '../../nst/image';
import { backward, forwardThrough, type ObjectiveSpec, type Trace } from '../../nst/objective';
import type { MomentSlope } from '../../nst/ops';
import type { MomentName } from '../../nst/terms/kind';
import type { LayerName } from '../../nst/vgg19';
import { BANDED_LAYERS } from './bands';
import { exact, fixed, type FeatureName } from './featureMap';
import { featureShape, type GraphContext } from './graphContext';
import { OnnxModel } from './onnxModel';
import { GraphRecorder } from './recorder';

/** A term that compares moments. */
export interface BandedTerm {
  readonly id: string;
  readonly layer: LayerName;
  /** The moments that are compared. */
  readonly needs: readonly MomentName[];
  /** Whether positions count differently. */
  readonly isGuided: boolean;
}

/** What the positions of a layer count in a window, for each term: one row of ones and zeros a row, or a whole mask. */
export type WeightsOf = (term: BandedTerm) => Float32Array;

/**
 * What a band adds to the moments of a layer's features: F Fᵀ and, where it is needed, F 1. Where the covariance is needed,
 * the products are those of the features minus their mean over the band, so that float32 does not lose small variances.
 */
export interface MomentSums {
  readonly gram: Float32Array;
  readonly mean?: Float32Array;
}

/** A session with the values of its given inputs. */
interface Graph {
  readonly session: Ort.InferenceSession;
  readonly given: Readonly<Record<string, Ort.Tensor>>;
}

/**
 * Blocks 1 and 2 over a window of the image, there and back. On the way there nothing is kept; the way back computes
 * the activations again.
 */
export class BandGraphs {
  private constructor(
    private readonly context: GraphContext,
    private readonly size: Size,
    private readonly terms: readonly BandedTerm[],
    private readonly there: Graph,
    private readonly back: Graph,
  ) {}

  /** @param terms on blocks 1 and 2 */
  static async create(
    context: GraphContext,
    spec: ObjectiveSpec,
    window: Size,
    terms: readonly BandedTerm[],
  ): Promise<BandGraphs> {
    const there = await open(context, recordForward(context, spec, window, terms));
    const back = await open(context, recordBackward(context, spec, window, terms));
    return new BandGraphs(context, window, terms, there, back);
  }

  /**
   * What block 3 convolves, and the sums of every term over what `own` says of its layer's map: of the rows of the band
   * alone.
   * @param pixels of the window, planar
   */
  async forward(
    pixels: Float32Array,
    own: WeightsOf,
  ): Promise<{ readonly pooled: Float32Array; readonly sums: ReadonlyMap<string, MomentSums> }> {
    const feeds: Record<string, Ort.Tensor> = { ...this.there.given, image: this.image(pixels) };
    for (const term of this.terms) feeds[`own:${term.id}`] = this.weights(term, own(term));
    const results = await this.there.session.run(feeds);
    const read = (name: string) => results[name]!.data as Float32Array;
    return {
      pooled: read('pooled'),
      sums: new Map(
        this.terms.map(({ id, needs }) => [
          id,
          { gram: read(`gram:${id}`), ...(needs.includes('mean') && { mean: read(`means:${id}`) }) },
        ]),
      ),
    };
  }

  /**
   * The gradient with respect to the window's pixels.
   * @param flow with respect to what block 3 convolves
   * @param slopes D and v for each term, whose features get D·F + v·1ᵀ beside what flows to them
   * @param weights of the whole window, for guided terms
   */
  async backward(
    pixels: Float32Array,
    flow: Float32Array,
    slopes: ReadonlyMap<string, MomentSlope<Float32Array>>,
    weights: WeightsOf,
  ): Promise<Float32Array> {
    const { runtime, network } = this.context;
    const shape = pooledShape(this.context, this.size);
    const feeds: Record<string, Ort.Tensor> = {
      ...this.back.given,
      image: this.image(pixels),
      flow: new runtime.Tensor('float32', flow, shape),
    };
    for (const term of this.terms) {
      const { id, layer, isGuided } = term;
      const { matrix, vector } = slopes.get(id)!;
      const [, channels] = featureShape(network, layer, this.size);
      feeds[`D:${id}`] = new runtime.Tensor('float32', matrix, [channels, channels]);
      if (vector !== undefined) feeds[`v:${id}`] = new runtime.Tensor('float32', vector, [channels, 1]);
      if (isGuided) feeds[`weights:${id}`] = this.weights(term, weights(term));
    }
    const results = await this.back.session.run(feeds);
    return results.gradient!.data as Float32Array;
  }

  async dispose(): Promise<void> {
    await this.there.session.release();
    await this.back.session.release();
  }

  private weights(term: BandedTerm, values: Float32Array): Ort.Tensor {
    const shape = weightsShape(this.context, term, this.size);
    return new this.context.runtime.Tensor('float32', values, shape);
  }

  private image(pixels: Float32Array): Ort.Tensor {
    const { width, height } = this.size;
    return new this.context.runtime.Tensor('float32', pixels, [1, 3, height, width]);
  }
}

/** 1 × channels × height × width of what block 3 convolves. */
export function pooledShape({ network }: GraphContext, size: Size): [1, number, number, number] {
  const [, channels] = featureShape(network, BANDED_LAYERS.at(-1)!, size);
  const [, , height, width] = featureShape(network, 'conv3_1', size);
  return [1, channels, height, width];
}

/** 1 × 1 × rows × columns; a single column where positions of a row count alike. */
function weightsShape({ network }: GraphContext, { layer, isGuided }: BandedTerm, size: Size): number[] {
  const [, , height, width] = featureShape(network, layer, size);
  return [1, 1, height, isGuided ? width : 1];
}

async function open({ runtime, options, given }: GraphContext, model: OnnxModel): Promise<Graph> {
  const session = await runtime.InferenceSession.create(model.serialize(), options);
  return { session, given: given.of(model) };
}

interface Recording {
  readonly model: OnnxModel;
  readonly recorder: GraphRecorder;
  readonly trace: readonly Trace<FeatureName>[];
  /** What block 2 ends with, and what block 3 convolves. */
  readonly last: FeatureName;
  readonly pooled: FeatureName;
}

function begin({ network, method }: GraphContext, spec: ObjectiveSpec, { width, height }: Size): Recording {
  const model = new OnnxModel();
  const recorder = new GraphRecorder(model, network, method);
  const image = { name: model.input('image', [1, 3, height, width]), channels: 3, height, width };
  const trace = forwardThrough(recorder, recorder.normalize(image), BANDED_LAYERS, spec);
  const last = trace.at(-1)!.after;
  return { model, recorder, trace, last, pooled: recorder.pool(last, spec.pooling) };
}

function recordForward(
  context: GraphContext,
  spec: ObjectiveSpec,
  window: Size,
  terms: readonly BandedTerm[],
): OnnxModel {
  const { model, recorder, trace, pooled } = begin(context, spec, window);
  for (const { layer, before, after } of trace) {
    const banded = terms.filter(term => term.layer === layer);
    if (banded.length === 0) continue;
    const features = exact(model, spec.tap === 'post' ? after : before);
    const { channels } = features;
    for (const term of banded) {
      const own = model.input(`own:${term.id}`, weightsShape(context, term, window));
      const rows = { ...features, name: model.node('Mul', [features.name, own]) };
      const gram = term.needs.includes('covariance')
        ? centredGram(recorder, model, { features, rows, own })
        : recorder.gramSum(rows, term.isGuided ? features : rows);
      model.output(model.node('Identity', [gram], {}, `gram:${term.id}`), [channels, channels]);
      if (!term.needs.includes('mean')) continue;
      const means = recorder.channelSums(rows);
      model.output(model.node('Identity', [means], {}, `means:${term.id}`), [channels, 1]);
    }
  }
  model.output(
    model.node('Identity', [exact(model, pooled).name], {}, 'pooled'),
    pooledShape(context, window),
  );
  return model;
}

/**
 * Products of the features of a band's positions minus their mean over them, whatever those count: `rows` are the features
 * times `own`. Where a band has none of them, nothing is divided by.
 */
function centredGram(
  recorder: GraphRecorder,
  model: OnnxModel,
  { features, rows, own }: { features: FeatureName; rows: FeatureName; own: string },
): string {
  const average = (name: string) => model.node('ReduceMean', [name], { axes: [2, 3], keepdims: 1 });
  const share = model.node('Max', [average(own), model.scalar(1e-30)]);
  const mean = model.node('Div', [average(rows.name), share]);
  const apart = { ...features, name: model.node('Sub', [features.name, mean]) };
  return recorder.gramSum({ ...rows, name: model.node('Mul', [apart.name, own]) }, apart);
}

function recordBackward(
  context: GraphContext,
  spec: ObjectiveSpec,
  window: Size,
  terms: readonly BandedTerm[],
): OnnxModel {
  const { model, recorder, trace, last, pooled } = begin(context, spec, window);
  const { channels, height: rows, width: columns } = fixed(pooled);
  const name = model.input('flow', pooledShape(context, window));
  const flow = { name, channels, height: rows, width: columns };
  const weightsInput = (term: BandedTerm): FeatureName => {
    const shape = weightsShape(context, term, window);
    const [, , height, width] = shape;
    return { name: model.input(`weights:${term.id}`, shape), channels: 1, height: height!, width: width! };
  };
  const gradient = backward(
    recorder,
    spec,
    trace,
    (layer, features, reached) => {
      for (const term of terms.filter(term => term.layer === layer)) {
        const { channels } = features;
        const slope = {
          matrix: model.input(`D:${term.id}`, [channels, channels]),
          ...(term.needs.includes('mean') && { vector: model.input(`v:${term.id}`, [channels, 1]) }),
        };
        // The division by the positions is in the slope already.
        const [, , height, width] = featureShape(context.network, layer, window);
        const back = recorder.momentsBack(slope, features, model.scalar(height * width));
        const part = term.isGuided ? recorder.weigh(back, weightsInput(term)) : back;
        reached = reached === undefined ? part : recorder.add(reached, part);
      }
      return reached;
    },
    recorder.poolBack(flow, last, pooled, spec.pooling),
  );
  const { width, height } = window;
  model.output(model.node('Identity', [exact(model, gradient!).name], {}, 'gradient'), [1, 3, height, width]);
  return model;
}
