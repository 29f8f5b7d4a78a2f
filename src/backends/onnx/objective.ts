import type { Evaluation, Objective } from '../../nst/executor';
import type { Size } from '../../nst/image';
import { lossesOf, objective, type ObjectiveSpec, type Strengths } from '../../nst/objective';
import type { Targets } from '../../nst/terms/targets';
import type { GraphContext } from './graphContext';
import { LossSession, termInputs, valuesOf } from './lossSession';
import { OnnxModel } from './onnxModel';
import { GraphRecorder } from './recorder';
import { imageTensor } from './tensors';

/** The objective at one size as one ONNX session: image and coefficients in, raw sums and the gradient out. */
export class OnnxObjective implements Objective<Float32Array> {
  private constructor(
    private readonly context: GraphContext,
    private readonly session: LossSession,
    readonly size: Size,
  ) {}

  /** Records the inputs `image` and those of the terms; outputs `sums` and `gradient`. */
  static async create(
    context: GraphContext,
    spec: ObjectiveSpec,
    { width, height }: Size,
    targets: Targets<Float32Array>,
  ): Promise<OnnxObjective> {
    const size = { width, height };
    const model = new OnnxModel();
    const recorder = new GraphRecorder(model, context.network, context.method);
    const image = { name: model.input('image', [1, 3, height, width]), channels: 3, height, width };
    const inputs = termInputs(model, context, spec.terms, size, targets);
    const { sums, gradient } = objective(recorder, spec, image, inputs);
    model.output(model.node('Identity', [gradient.name], {}, 'gradient'), [1, 3, height, width]);
    const session = await LossSession.create(context, model, sums, spec, size, targets);
    return new OnnxObjective(context, session, size);
  }

  async evaluate(image: Float32Array, strengths: Strengths): Promise<Evaluation<Float32Array>> {
    const feeds = { image: imageTensor(this.context.runtime, image, this.size) };
    const { losses, results } = await this.session.run(feeds, strengths);
    return { losses: lossesOf(losses, strengths), gradient: valuesOf(results, 'gradient') };
  }

  async dispose(): Promise<void> {
    await this.session.dispose();
  }
}
