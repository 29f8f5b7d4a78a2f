import type { Evaluation, Objective } from '../../nst/executor';
import type { Size } from '../../nst/image';
import {
  forwardThrough,
  lossesOf,
  safeMeanActivation,
  styleScale,
  totalLoss,
  type ObjectiveSpec,
  type Strengths,
} from '../../nst/objective';
import { addTotalVariation } from '../../nst/totalVariation';
import { blockOf, layersUpTo, type LayerName } from '../../nst/vgg19';
import { BandGraphs, pooledShape } from './bandGraphs';
import { isBanded, planBands, ROWS_PER_POOLED, type Band, type BandPlan } from './bands';
import { exact } from './featureMap';
import type { GraphContext } from './graphContext';
import { coefficientInputs, LossSession, targetInputs, valuesOf, type Targets } from './lossSession';
import { OnnxModel } from './onnxModel';
import { GraphRecorder } from './recorder';

/**
 * The objective at a size whose largest maps are not kept. Blocks 1 and 2 are computed band by band: a first time for
 * their Gram matrices and for what block 3 convolves, and again on the way back, when the gradient of everything above
 * is known. The values are those of one graph over the whole image, up to rounding.
 */
export class BandedObjective implements Objective<Float32Array> {
  private constructor(
    private readonly context: GraphContext,
    private readonly spec: ObjectiveSpec,
    readonly size: Size,
    private readonly targets: Targets,
    private readonly plan: BandPlan,
    private readonly shallow: BandGraphs,
    private readonly deep: LossSession,
  ) {}

  static async create(
    context: GraphContext,
    spec: ObjectiveSpec,
    { width, height }: Size,
    targets: Targets,
    plan = planBands(context.network, { width, height }),
  ): Promise<BandedObjective> {
    const size = { width, height };
    const window = { width, height: plan.windowHeight };
    const shallow = await BandGraphs.create(context, spec, window, spec.styleLayers.filter(isBanded));
    const deep = await openDeep(context, spec, size, targets);
    return new BandedObjective(context, spec, size, targets, plan, shallow, deep);
  }

  async evaluate(image: Float32Array, strengths: Strengths): Promise<Evaluation<Float32Array>> {
    const { plan, shallow, deep, size } = this;
    const { runtime } = this.context;
    const shape = pooledShape(this.context, size);
    const pooled = new Float32Array(shape[1] * shape[2] * shape[3]);
    const grams = new Map<LayerName, Float64Array>();
    for (const band of plan.bands) {
      const part = await shallow.forward(this.window(image, band), layer => this.ownRows(band, layer));
      this.copyPooled(part.pooled, band, pooled);
      for (const [layer, values] of part.grams) {
        const sums = grams.get(layer) ?? new Float64Array(values.length);
        values.forEach((value, i) => (sums[i]! += value));
        grams.set(layer, sums);
      }
    }
    const { content, style, results } = await deep.run(
      { pooled: new runtime.Tensor('float32', pooled, shape) },
      strengths,
    );
    const factors = new Map<LayerName, Float32Array>();
    for (const [layer, sums] of grams) {
      const { loss, factor } = this.styleLoss(layer, sums, strengths.style[layer] ?? 0);
      style[layer] = loss;
      factors.set(layer, factor);
    }
    const flow = valuesOf(results, 'flow');
    const gradient = new Float32Array(image.length);
    for (const band of plan.bands) {
      const part = await shallow.backward(this.window(image, band), this.flowWindow(flow, band), factors);
      this.copyOwn(part, band, gradient);
    }
    const tv = addTotalVariation(image, size, strengths.tv, gradient);
    const losses = { content, style, tv };
    return { losses: { ...losses, total: totalLoss(losses, strengths) }, gradient };
  }

  async dispose(): Promise<void> {
    await this.shallow.dispose();
    await this.deep.dispose();
  }

  /** Loss of a layer from F Fᵀ over the image, and D of D·F, what its gradient adds to the features. */
  private styleLoss(
    layer: LayerName,
    sums: Float64Array,
    strength: number,
  ): { readonly loss: number; readonly factor: Float32Array } {
    const { values, channels, meanActivation } = this.targets.style.get(layer)!;
    const [height, width] = this.mapSize(layer);
    const positions = height * width;
    const scale = styleScale(this.spec.units, {
      meanActivation: safeMeanActivation(meanActivation),
      channels,
    });
    let squares = 0;
    const factor = new Float32Array(sums.length);
    sums.forEach((sum, i) => {
      const difference = sum / positions - values[i]!;
      squares += difference ** 2;
      factor[i] = (4 * scale * strength * difference) / positions;
    });
    return { loss: scale * squares, factor };
  }

  private mapSize(layer: LayerName): readonly [height: number, width: number] {
    const halvings = blockOf(layer) - 1;
    return [this.size.height >> halvings, this.size.width >> halvings];
  }

  /** The window's rows of a layer's map that belong to the band. */
  private ownRows({ from, to, start }: Band, layer: LayerName): readonly [number, number] {
    const halvings = blockOf(layer) - 1;
    // Bands end at whole pooled rows, except the last, which ends with the map.
    return [(from - start) >> halvings, (to >> halvings) - (start >> halvings)];
  }

  private window(image: Float32Array, { start }: Band): Float32Array {
    const { width, height } = this.size;
    return rows(image, 3, width, height, start, this.plan.windowHeight);
  }

  private flowWindow(flow: Float32Array, { start }: Band): Float32Array {
    const [, channels, height, width] = pooledShape(this.context, this.size);
    const count = Math.floor(this.plan.windowHeight / ROWS_PER_POOLED);
    return rows(flow, channels, width, height, start / ROWS_PER_POOLED, count);
  }

  private copyPooled(part: Float32Array, { from, to, start }: Band, target: Float32Array): void {
    const [, channels, height, width] = pooledShape(this.context, this.size);
    const [first, last, begin] = [from, to, start].map(row => Math.floor(row / ROWS_PER_POOLED)) as [
      number,
      number,
      number,
    ];
    const partHeight = Math.floor(this.plan.windowHeight / ROWS_PER_POOLED);
    for (let c = 0; c < channels; c++) {
      const own = (c * partHeight + first - begin) * width;
      target.set(part.subarray(own, own + (last - first) * width), (c * height + first) * width);
    }
  }

  private copyOwn(part: Float32Array, { from, to, start }: Band, target: Float32Array): void {
    const { width, height } = this.size;
    for (let c = 0; c < 3; c++) {
      const own = (c * this.plan.windowHeight + from - start) * width;
      target.set(part.subarray(own, own + (to - from) * width), (c * height + from) * width);
    }
  }
}

/** Rows [first, first + count) of every channel. */
function rows(
  map: Float32Array,
  channels: number,
  width: number,
  height: number,
  first: number,
  count: number,
): Float32Array {
  if (count === height) return map;
  const part = new Float32Array(channels * count * width);
  for (let c = 0; c < channels; c++) {
    const from = (c * height + first) * width;
    part.set(map.subarray(from, from + count * width), c * count * width);
  }
  return part;
}

/** Blocks 3 and deeper: from what block 3 convolves to the sums and the gradient with respect to it, `flow`. */
async function openDeep(
  context: GraphContext,
  spec: ObjectiveSpec,
  size: Size,
  targets: Targets,
): Promise<LossSession> {
  const model = new OnnxModel();
  const recorder = new GraphRecorder(model, context.network, context.method);
  const shape = pooledShape(context, size);
  const [, channels, height, width] = shape;
  const input = { name: model.input('pooled', shape), channels, height, width };
  const layers = layersUpTo([...spec.contentLayers, ...spec.styleLayers]).filter(layer => !isBanded(layer));
  const deep = { ...spec, styleLayers: spec.styleLayers.filter(layer => !isBanded(layer)) };
  const trace = forwardThrough(recorder, input, layers, spec);
  const inputs = targetInputs(model, context, deep, size);
  const { flow, ...sums } = lossesOf(recorder, deep, trace, inputs, coefficientInputs(model, deep));
  model.output(model.node('Identity', [exact(model, flow!).name], {}, 'flow'), shape);
  return LossSession.create(context, model, sums, deep, size, targets);
}
