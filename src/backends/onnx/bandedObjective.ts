import type { Evaluation, Objective } from '../../nst/executor';
import type { Size } from '../../nst/image';
import { HostMatrixOps } from '../../nst/hostMatrix';
import { forwardThrough, lossesAt, lossesOf, type ObjectiveSpec, type Strengths } from '../../nst/objective';
import type { MomentSlope } from '../../nst/ops';
import { freeGradient, withKept } from '../../nst/regions/kept';
import type { HostMatrix, StatisticKind } from '../../nst/terms/kind';
import { kindOf } from '../../nst/terms/kinds';
import { coefficientOf, targetOf, type Targets } from '../../nst/terms/targets';
import { layersOfTerms, type Term } from '../../nst/terms/term';
import { blockOf, layersUpTo, type LayerName } from '../../nst/vgg19';
import { BandGraphs, pooledShape, type BandedTerm } from './bandGraphs';
import { added, addOuter, covariance, means, type Sums } from './bandSums';
import { isBanded, isBandedTerm, planBands, ROWS_PER_POOLED, type Band, type BandPlan } from './bands';
import { exact } from './featureMap';
import type { GraphContext } from './graphContext';
import { LossSession, termInputs, valuesOf } from './lossSession';
import type { Kept } from './objective';
import { OnnxModel } from './onnxModel';
import { GraphRecorder } from './recorder';

/**
 * The objective at a size whose largest maps are not kept. Blocks 1 and 2 are computed band by band: a first time for
 * their moments and for what block 3 convolves, and again on the way back, when the gradient of everything above
 * is known. The values are those of one graph over the whole image, up to rounding.
 */
export class BandedObjective implements Objective<Float32Array> {
  private constructor(
    private readonly context: GraphContext,
    private readonly spec: ObjectiveSpec,
    readonly size: Size,
    private readonly targets: Targets<Float32Array>,
    private readonly plan: BandPlan,
    private readonly shallow: BandGraphs,
    private readonly deep: LossSession,
    private readonly banded: ReadonlyMap<string, BandedTerm>,
    private readonly kept: Kept | undefined,
  ) {}

  static async create(
    context: GraphContext,
    spec: ObjectiveSpec,
    { width, height }: Size,
    targets: Targets<Float32Array>,
    kept?: Kept,
    plan = planBands(context.network, { width, height }),
  ): Promise<BandedObjective> {
    const size = { width, height };
    const window = { width, height: plan.windowHeight };
    const banded = bandedTerms(spec.terms, targets);
    const shallow = await BandGraphs.create(context, spec, window, banded);
    const deep = await openDeep(context, spec, size, targets);
    return new BandedObjective(
      context,
      spec,
      size,
      targets,
      plan,
      shallow,
      deep,
      new Map(banded.map(term => [term.id, term])),
      kept,
    );
  }

  async evaluate(painted: Float32Array, strengths: Strengths): Promise<Evaluation<Float32Array>> {
    const { plan, shallow, deep, size, kept } = this;
    const image = kept ? withKept(painted, kept.content.data, kept.free) : painted;
    const { runtime } = this.context;
    const shape = pooledShape(this.context, size);
    const pooled = new Float32Array(shape[1] * shape[2] * shape[3]);
    const sums = new Map<string, Sums>();
    for (const band of plan.bands) {
      const part = await shallow.forward(this.window(image, band), term => this.ownWeights(band, term));
      this.copyPooled(part.pooled, band, pooled);
      for (const [id, { gram, mean }] of part.sums) {
        const sum = sums.get(id);
        const products = added(sum?.gram, gram);
        const term = this.banded.get(id)!;
        if (mean && term.needs.includes('covariance'))
          addOuter(products, mean, this.ownPositions(band, term));
        sums.set(id, { gram: products, ...(mean && { mean: added(sum?.mean, mean) }) });
      }
    }
    const given = { pooled: new runtime.Tensor('float32', pooled, shape) };
    const { losses: deepLosses, results } = await deep.run(given, strengths);
    const measured = new Map(Object.entries(deepLosses));
    const slopes = new Map<string, MomentSlope<Float32Array>>();
    for (const term of this.spec.terms.filter(isBandedTerm)) {
      const { loss, slope } = this.compare(term, sums.get(term.id)!, strengths[term.id]);
      measured.set(term.id, loss);
      slopes.set(term.id, slope);
    }
    const flow = valuesOf(results, 'flow');
    const gradient = new Float32Array(image.length);
    for (const band of plan.bands) {
      const [pixels, flowing] = [this.window(image, band), this.flowWindow(flow, band)];
      const part = await shallow.backward(pixels, flowing, slopes, term => this.weightsIn(band, term));
      this.copyOwn(part, band, gradient);
    }
    for (const term of this.spec.terms) {
      const kind = kindOf(term);
      if (kind.reads === 'image')
        measured.set(term.id, kind.onHost(image, size, strengths[term.id] ?? 0, gradient));
    }
    if (kept !== undefined) freeGradient(gradient, kept.free);
    if (this.spec.grey === true) keepGrey(gradient);
    const losses = this.spec.terms.map(({ id }) => [id, measured.get(id) ?? NaN] as const);
    return { losses: lossesOf(Object.fromEntries(losses), strengths), gradient };
  }

  async dispose(): Promise<void> {
    await this.shallow.dispose();
    await this.deep.dispose();
  }

  /** Loss of a term from the sums over the image, and what its gradient adds to the features. */
  private compare(
    term: Term,
    { gram, mean }: Sums,
    strength: number | undefined,
  ): { readonly loss: number; readonly slope: MomentSlope<Float32Array> } {
    const target = targetOf(this.targets, term);
    const [height, width] = this.mapSize(term.layer!);
    const positions = height * width;
    const channels = Math.sqrt(gram.length);
    const kind = statisticOf(term);
    const moments = {
      gram: means(gram, channels, positions),
      ...(mean && { mean: means(mean, channels, positions) }),
    };
    const given = kind.needs.includes('covariance')
      ? { ...moments, covariance: covariance(moments) }
      : moments;
    const { sum, slope } = kind.compare(new HostMatrixOps(), given, target.matrices ?? {});
    const coefficient = coefficientOf(target, strength);
    const share = ({ values }: HostMatrix) => Float32Array.from(values, v => (coefficient * v) / positions);
    const { matrix, vector } = slope;
    return {
      loss: target.scale * sum,
      slope: { matrix: share(matrix), ...(vector && { vector: share(vector) }) },
    };
  }

  /** What the positions of a band count together. */
  private ownPositions(band: Band, term: BandedTerm): number {
    const rows = this.ownWeights(band, term).reduce((sum, weight) => sum + weight, 0);
    return term.isGuided ? rows : rows * this.mapSize(term.layer)[1];
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

  /** What the positions of a window count in its own rows, and nothing in the others. */
  private ownWeights(band: Band, term: BandedTerm): Float32Array {
    const [from, to] = this.ownRows(band, term.layer);
    const height = this.plan.windowHeight >> (blockOf(term.layer) - 1);
    if (!term.isGuided) return new Float32Array(height).fill(1, from, to);
    const weights = this.weightsIn(band, term).slice();
    const width = weights.length / height;
    return weights.fill(0, 0, from * width).fill(0, to * width);
  }

  /** What the positions of a window count for a guided term. */
  private weightsIn({ start }: Band, { id, layer }: BandedTerm): Float32Array {
    const { width, height, data } = targetOf(this.targets, { id }).guide!.weights;
    const halvings = blockOf(layer) - 1;
    return rows(data, 1, width, height, start >> halvings, this.plan.windowHeight >> halvings);
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

function statisticOf(term: Term): StatisticKind {
  const kind = kindOf(term);
  if (kind.reads !== 'moments') throw new RangeError(`${term.id} cannot be measured in bands`);
  return kind;
}

/** The terms on blocks 1 and 2. */
function bandedTerms(terms: readonly Term[], targets: Targets<unknown>): BandedTerm[] {
  return terms.filter(isBandedTerm).map(term => ({
    id: term.id,
    layer: term.layer!,
    needs: statisticOf(term).needs,
    isGuided: targetOf(targets, term).guide !== undefined,
  }));
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
  targets: Targets<Float32Array>,
): Promise<LossSession> {
  const model = new OnnxModel();
  const recorder = new GraphRecorder(model, context.network, context.method);
  const shape = pooledShape(context, size);
  const [, channels, height, width] = shape;
  const input = { name: model.input('pooled', shape), channels, height, width };
  const deep = { ...spec, terms: spec.terms.filter(term => term.layer !== undefined && !isBandedTerm(term)) };
  const layers = layersUpTo(layersOfTerms(deep.terms)).filter(layer => !isBanded(layer));
  const trace = forwardThrough(recorder, input, layers, spec);
  const inputs = termInputs(model, context, deep.terms, size, targets);
  const { flow, sums } = lossesAt(recorder, deep, trace, inputs);
  model.output(model.node('Identity', [exact(model, flow!).name], {}, 'flow'), shape);
  return LossSession.create(context, model, sums, deep, size, targets);
}

/** Every channel ← the mean of the three. */
function keepGrey(gradient: Float32Array): void {
  const area = gradient.length / 3;
  for (let i = 0; i < area; i++) {
    const mean = (gradient[i]! + gradient[area + i]! + gradient[2 * area + i]!) / 3;
    gradient[i] = mean;
    gradient[area + i] = mean;
    gradient[2 * area + i] = mean;
  }
}
