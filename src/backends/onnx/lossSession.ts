import type * as Ort from 'onnxruntime-common';
import type { Size } from '../../nst/image';
import type { GivenTerms, LossHandles, ObjectiveSpec, Strengths, TermHandles } from '../../nst/objective';
import { coefficientOf, targetOf, type Targets, type TermTarget } from '../../nst/terms/targets';
import type { Term } from '../../nst/terms/term';
import type { FeatureName } from './featureMap';
import { featureShape, type GraphContext } from './graphContext';
import type { OnnxModel } from './onnxModel';

/** Inputs for the targets and the coefficients of terms, for an image of this size: `P:`, `A:`, …, `c:` and the id. */
export function termInputs(
  model: OnnxModel,
  { network }: GraphContext,
  terms: readonly Term[],
  size: Size,
  targets: Targets<Float32Array>,
): GivenTerms<FeatureName, string, string> {
  return new Map(
    terms.map((term): [string, TermHandles<FeatureName, string, string>] => {
      const { id, layer } = term;
      const { features, matrices = {} } = targetOf(targets, term);
      const coefficient = model.input(`c:${id}`, []);
      if (features !== undefined && layer !== undefined) {
        const [, channels, height, width] = featureShape(network, layer, size);
        const name = model.input(`P:${id}`, [1, channels, height, width]);
        return [id, { coefficient, features: { name, channels, height, width } }];
      }
      const inputs = Object.entries(matrices).map(([name, { rows, columns }]) => {
        return [name, model.input(`${name}:${id}`, [rows, columns])] as const;
      });
      return [id, { coefficient, matrices: Object.fromEntries(inputs) }];
    }),
  );
}

/** A loss as the graph gives it and the factor that makes a loss of it. */
interface Output {
  readonly id: string;
  readonly name: string;
  readonly target: TermTarget<Float32Array>;
}

/** A session whose graph has the inputs above and one raw sum a term as outputs. */
export class LossSession {
  private constructor(
    private readonly runtime: typeof Ort,
    private readonly session: Ort.InferenceSession,
    private readonly fixed: Readonly<Record<string, Ort.Tensor>>,
    private readonly outputs: readonly Output[],
  ) {}

  /** Makes the sums outputs of the model, and a session of it. */
  static async create(
    { runtime, options, network, given }: GraphContext,
    model: OnnxModel,
    sums: LossHandles<FeatureName, string>['sums'],
    { terms }: Pick<ObjectiveSpec, 'terms'>,
    size: Size,
    targets: Targets<Float32Array>,
  ): Promise<LossSession> {
    for (const sum of sums.values()) model.output(sum, []);
    const session = await runtime.InferenceSession.create(model.serialize(), options);
    const tensors: Record<string, Ort.Tensor> = given.of(model);
    const outputs = terms.flatMap((term): Output[] => {
      const { id, layer } = term;
      const name = sums.get(id);
      if (name === undefined) return [];
      const target = targetOf(targets, term);
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
      return [{ id, name, target }];
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
    const losses = this.outputs.map(({ id, name, target }) => [id, target.scale * scalarOf(results, name)]);
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

/** A single number that a graph gave; NaN when it is not there. */
function scalarOf(results: Ort.InferenceSession.OnnxValueMapType, name: string): number {
  return (results[name]?.data as Float32Array | undefined)?.[0] ?? NaN;
}
