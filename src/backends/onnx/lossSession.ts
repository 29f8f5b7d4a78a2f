import type * as Ort from 'onnxruntime-common';
import type { Size } from '../../nst/image';
import type { GivenTerms, LossHandles, ObjectiveSpec, Strengths, TermHandles } from '../../nst/objective';
import { coefficientOf, targetOf, type Targets, type TermTarget } from '../../nst/terms/targets';
import type { Term } from '../../nst/terms/term';
import type { FeatureName } from './featureMap';
import { featureShape, type GraphContext } from './graphContext';
import type { OnnxModel } from './onnxModel';
import { maskTensor } from './tensors';

/**
 * Inputs for the targets and the coefficients of terms, for an image of this size: `P:`, `A:`, …, `c:` and the id.
 * Targets are constants where they are resident.
 */
export function termInputs(
  model: OnnxModel,
  { network, resident }: GraphContext,
  terms: readonly Term[],
  size: Size,
  targets: Targets<Float32Array>,
): GivenTerms<FeatureName, string, string> {
  const wanted = (name: string, shape: readonly number[], values: () => Float32Array): string =>
    resident ? model.constant(name, shape, values) : model.input(name, shape);
  return new Map(
    terms.map((term): [string, TermHandles<FeatureName, string, string>] => {
      const { id, layer } = term;
      const { features, matrices = {}, guide } = targetOf(targets, term);
      const coefficient = model.input(`c:${id}`, []);
      if (features !== undefined && layer !== undefined) {
        const shape = featureShape(network, layer, size);
        const [, channels, height, width] = shape;
        const name = wanted(`P:${id}`, shape, () => features);
        return [id, { coefficient, features: { name, channels, height, width } }];
      }
      const inputs = Object.entries(matrices).map(([name, { rows, columns, values }]) => {
        return [name, wanted(`${name}:${id}`, [rows, columns], () => Float32Array.from(values))] as const;
      });
      const handles = { coefficient, matrices: Object.fromEntries(inputs) };
      if (guide === undefined) return [id, handles];
      const { width, height, data } = guide.inWindow;
      const name = wanted(`weights:${id}`, [1, 1, height, width], () => data);
      const weights = { name, channels: 1, height, width };
      return [id, { ...handles, guide: { window: guide.window, weights } }];
    }),
  );
}

/** A term whose raw sum is in the list, and what makes a loss of it. */
interface Output {
  readonly id: string;
  readonly target: TermTarget<Float32Array>;
}

/** A session whose graph has the inputs above, and the raw sums of all terms side by side as one output, `sums`. */
export class LossSession {
  private constructor(
    private readonly runtime: typeof Ort,
    private readonly session: Ort.InferenceSession,
    private readonly fixed: Readonly<Record<string, Ort.Tensor>>,
    private readonly outputs: readonly Output[],
  ) {}

  /** Makes the sums an output of the model, and a session of it. */
  static async create(
    { runtime, options, network, given, resident }: GraphContext,
    model: OnnxModel,
    sums: LossHandles<FeatureName, string>['sums'],
    { terms }: Pick<ObjectiveSpec, 'terms'>,
    size: Size,
    targets: Targets<Float32Array>,
  ): Promise<LossSession> {
    // One output: to wait for a card costs more than to put a few numbers side by side.
    const present = terms.flatMap(({ id }) => sums.get(id) ?? []);
    const listed = present.map(sum => model.node('Reshape', [sum, model.integers([1])]));
    if (listed.length > 0) model.output(model.node('Concat', listed, { axis: 0 }, 'sums'), [listed.length]);
    const session = await runtime.InferenceSession.create(model.serialize(), options);
    const tensors: Record<string, Ort.Tensor> = given.of(model);
    const outputs = terms.flatMap((term): Output[] => {
      const { id, layer } = term;
      if (!sums.has(id)) return [];
      const target = targetOf(targets, term);
      if (resident) return [{ id, target }];
      if (target.features !== undefined && layer !== undefined)
        tensors[`P:${id}`] = new runtime.Tensor(
          'float32',
          target.features,
          featureShape(network, layer, size),
        );
      for (const [matrix, { rows, columns, values }] of Object.entries(target.matrices ?? {}))
        tensors[`${matrix}:${id}`] = new runtime.Tensor('float32', Float32Array.from(values), [
          rows,
          columns,
        ]);
      if (target.guide !== undefined) tensors[`weights:${id}`] = maskTensor(runtime, target.guide.inWindow);
      return [{ id, target }];
    });
    return new LossSession(runtime, session, tensors, outputs);
  }

  /** The losses of the terms, unweighted, and everything that the graph gave. */
  async run(
    given: Readonly<Record<string, Ort.Tensor>>,
    strengths: Strengths,
  ): Promise<{
    readonly losses: Readonly<Record<string, number>>;
    readonly results: Ort.InferenceSession.OnnxValueMapType;
  }> {
    const feeds: Record<string, Ort.Tensor> = { ...this.fixed, ...given };
    for (const { id, target } of this.outputs)
      feeds[`c:${id}`] = this.scalar(coefficientOf(target, strengths[id]));
    const results = await this.session.run(feeds);
    const sums = this.outputs.length === 0 ? undefined : valuesOf(results, 'sums');
    const losses = this.outputs.map(({ id, target }, i) => [id, target.scale * (sums?.[i] ?? NaN)]);
    return { losses: Object.fromEntries(losses) as Record<string, number>, results };
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }

  private scalar(value: number): Ort.Tensor {
    return new this.runtime.Tensor('float32', Float32Array.of(value), []);
  }
}

/** Values that a graph gave. */
export function valuesOf(results: Ort.InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const values = results[name]?.data as Float32Array | undefined;
  if (values === undefined) throw new Error(`the graph has no output ${name}`);
  return values;
}
