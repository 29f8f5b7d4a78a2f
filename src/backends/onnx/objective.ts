import type { Evaluation, Objective } from '../../nst/executor';
import type { Size } from '../../nst/image';
import { objective, totalLoss, type ObjectiveSpec, type Strengths } from '../../nst/objective';
import type { GraphContext } from './graphContext';
import {
  coefficientInputs,
  LossSession,
  scalarOf,
  targetInputs,
  valuesOf,
  type Targets,
} from './lossSession';
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

  /** Records inputs `image`, `P:`, `A:` and `c:`; outputs one raw sum a term, `tv` and `gradient`. */
  static async create(
    context: GraphContext,
    spec: ObjectiveSpec,
    { width, height }: Size,
    targets: Targets,
  ): Promise<OnnxObjective> {
    const size = { width, height };
    const model = new OnnxModel();
    const recorder = new GraphRecorder(model, context.network, context.method);
    const image = { name: model.input('image', [1, 3, height, width]), channels: 3, height, width };
    const coefficients = { ...coefficientInputs(model, spec), tv: model.input('c:tv', []) };
    const handles = objective(recorder, spec, image, targetInputs(model, context, spec, size), coefficients);
    model.output(model.node('Identity', [handles.tv], {}, 'tv'), []);
    model.output(model.node('Identity', [handles.gradient.name], {}, 'gradient'), [1, 3, height, width]);
    const session = await LossSession.create(context, model, handles, spec, size, targets);
    return new OnnxObjective(context, session, size);
  }

  async evaluate(image: Float32Array, strengths: Strengths): Promise<Evaluation<Float32Array>> {
    const { session } = this;
    const feeds = {
      image: imageTensor(this.context.runtime, image, this.size),
      'c:tv': session.scalar(strengths.tv),
    };
    const { content, style, results } = await session.run(feeds, strengths);
    const losses = { content, style, tv: scalarOf(results, 'tv') };
    const gradient = valuesOf(results, 'gradient');
    return { losses: { ...losses, total: totalLoss(losses, strengths) }, gradient };
  }

  async dispose(): Promise<void> {
    await this.session.dispose();
  }
}
