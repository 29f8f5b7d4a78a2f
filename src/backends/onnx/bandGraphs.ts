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

/** A layer whose moments are compared. */
export interface BandedLayer {
  readonly layer: LayerName;
  /** The moments that are compared. */
  readonly needs: readonly MomentName[];
}

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
    private readonly layers: readonly BandedLayer[],
    private readonly there: Graph,
    private readonly back: Graph,
  ) {}

  /** @param layers whose moments are compared, among blocks 1 and 2 */
  static async create(
    context: GraphContext,
    spec: ObjectiveSpec,
    window: Size,
    layers: readonly BandedLayer[],
  ): Promise<BandGraphs> {
    const there = await open(context, recordForward(context, spec, window, layers));
    const back = await open(context, recordBackward(context, spec, window, layers));
    return new BandGraphs(context, window, layers, there, back);
  }

  /**
   * What block 3 convolves, and the sums of every layer over the rows of its map that `own` names.
   * @param pixels of the window, planar
   */
  async forward(
    pixels: Float32Array,
    own: (layer: LayerName) => readonly [from: number, to: number],
  ): Promise<{ readonly pooled: Float32Array; readonly sums: ReadonlyMap<LayerName, MomentSums> }> {
    const feeds: Record<string, Ort.Tensor> = { ...this.there.given, image: this.image(pixels) };
    for (const { layer } of this.layers) {
      const [, , height] = featureShape(this.context.network, layer, this.size);
      const [from, to] = own(layer);
      const rows = new Float32Array(height).fill(1, from, to);
      feeds[`own:${layer}`] = new this.context.runtime.Tensor('float32', rows, [1, 1, height, 1]);
    }
    const results = await this.there.session.run(feeds);
    const read = (name: string) => results[name]!.data as Float32Array;
    return {
      pooled: read('pooled'),
      sums: new Map(
        this.layers.map(({ layer, needs }) => [
          layer,
          { gram: read(`gram:${layer}`), ...(needs.includes('mean') && { mean: read(`means:${layer}`) }) },
        ]),
      ),
    };
  }

  /**
   * The gradient with respect to the window's pixels.
   * @param flow with respect to what block 3 convolves
   * @param slopes D and v for each layer, whose features get D·F + v·1ᵀ beside what flows to them
   */
  async backward(
    pixels: Float32Array,
    flow: Float32Array,
    slopes: ReadonlyMap<LayerName, MomentSlope<Float32Array>>,
  ): Promise<Float32Array> {
    const { runtime, network } = this.context;
    const shape = pooledShape(this.context, this.size);
    const feeds: Record<string, Ort.Tensor> = {
      ...this.back.given,
      image: this.image(pixels),
      flow: new runtime.Tensor('float32', flow, shape),
    };
    for (const [layer, { matrix, vector }] of slopes) {
      const [, channels] = featureShape(network, layer, this.size);
      feeds[`D:${layer}`] = new runtime.Tensor('float32', matrix, [channels, channels]);
      if (vector !== undefined) feeds[`v:${layer}`] = new runtime.Tensor('float32', vector, [channels, 1]);
    }
    const results = await this.back.session.run(feeds);
    return results.gradient!.data as Float32Array;
  }

  async dispose(): Promise<void> {
    await this.there.session.release();
    await this.back.session.release();
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
  layers: readonly BandedLayer[],
): OnnxModel {
  const { model, recorder, trace, pooled } = begin(context, spec, window);
  for (const { layer, before, after } of trace) {
    const banded = layers.find(one => one.layer === layer);
    if (banded === undefined) continue;
    const features = exact(model, spec.tap === 'post' ? after : before);
    const [, channels, height] = featureShape(context.network, layer, window);
    const own = model.input(`own:${layer}`, [1, 1, height, 1]);
    const rows = { ...features, name: model.node('Mul', [features.name, own]) };
    const gram = recorder.gramSum(
      banded.needs.includes('covariance') ? centredRows(model, features, rows, own) : rows,
    );
    model.output(model.node('Identity', [gram], {}, `gram:${layer}`), [channels, channels]);
    if (!banded.needs.includes('mean')) continue;
    const means = recorder.channelSums(rows);
    model.output(model.node('Identity', [means], {}, `means:${layer}`), [channels, 1]);
  }
  model.output(
    model.node('Identity', [exact(model, pooled).name], {}, 'pooled'),
    pooledShape(context, window),
  );
  return model;
}

/** Features minus their mean over the band's own rows; zeros elsewhere. */
function centredRows(model: OnnxModel, features: FeatureName, rows: FeatureName, own: string): FeatureName {
  const share = model.node('ReduceMean', [own], { axes: [2, 3], keepdims: 1 });
  const mean = model.node('Div', [
    model.node('ReduceMean', [rows.name], { axes: [2, 3], keepdims: 1 }),
    share,
  ]);
  const apart = model.node('Sub', [features.name, mean]);
  return { ...rows, name: model.node('Mul', [apart, own]) };
}

function recordBackward(
  context: GraphContext,
  spec: ObjectiveSpec,
  window: Size,
  layers: readonly BandedLayer[],
): OnnxModel {
  const { model, recorder, trace, last, pooled } = begin(context, spec, window);
  const { channels, height: rows, width: columns } = fixed(pooled);
  const name = model.input('flow', pooledShape(context, window));
  const flow = { name, channels, height: rows, width: columns };
  const gradient = backward(
    recorder,
    spec,
    trace,
    (layer, features, reached) => {
      const banded = layers.find(one => one.layer === layer);
      if (banded === undefined) return reached;
      const { channels } = features;
      const slope = {
        matrix: model.input(`D:${layer}`, [channels, channels]),
        ...(banded.needs.includes('mean') && { vector: model.input(`v:${layer}`, [channels, 1]) }),
      };
      // The division by the positions is in the slope already.
      const [, , height, width] = featureShape(context.network, layer, window);
      const part = recorder.momentsBack(slope, features, model.scalar(height * width));
      return reached === undefined ? part : recorder.add(reached, part);
    },
    recorder.poolBack(flow, last, pooled, spec.pooling),
  );
  const { width, height } = window;
  model.output(model.node('Identity', [exact(model, gradient!).name], {}, 'gradient'), [1, 3, height, width]);
  return model;
}
