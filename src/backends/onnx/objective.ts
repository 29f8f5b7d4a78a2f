import type * as Ort from 'onnxruntime-common';
import type { Evaluation, Objective } from '../../nst/executor';
import type { FloatImage, Size } from '../../nst/image';
import { lossesOf, objective, type ObjectiveSpec, type Strengths } from '../../nst/objective';
import type { Mask } from '../../nst/regions/mask';
import type { Targets } from '../../nst/terms/targets';
import type { GraphContext } from './graphContext';
import { LossSession, termInputs, valuesOf } from './lossSession';
import { OnnxModel } from './onnxModel';
import { GraphRecorder } from './recorder';
import { imageTensor, maskTensor } from './tensors';

/** What is kept of the content image, and where. */
export interface Kept {
  readonly content: FloatImage;
  /** How much of each pixel is painted. */
  readonly free: Mask;
}

/** The objective at one size as one ONNX session: image and coefficients in, raw sums and the gradient out. */
export class OnnxObjective implements Objective<Float32Array> {
  private constructor(
    private readonly context: GraphContext,
    private readonly session: LossSession,
    readonly size: Size,
    /** Inputs that are the same in every run. */
    private readonly fixed: Readonly<Record<string, Ort.Tensor>>,
  ) {}

  /** Records the inputs `image` and those of the terms; outputs `sums` and `gradient`. */
  static async create(
    context: GraphContext,
    spec: ObjectiveSpec,
    { width, height }: Size,
    targets: Targets<Float32Array>,
    kept?: Kept,
  ): Promise<OnnxObjective> {
    const size = { width, height };
    const model = new OnnxModel();
    const recorder = new GraphRecorder(model, context.network, context.method);
    const image = { name: model.input('image', [1, 3, height, width]), channels: 3, height, width };
    const inputs = termInputs(model, context, spec.terms, size, targets);
    const handles = kept && {
      content: { ...image, name: model.input('kept', [1, 3, height, width]) },
      free: { ...image, name: model.input('free', [1, 1, height, width]), channels: 1 },
    };
    const { sums, gradient } = objective(recorder, spec, image, inputs, handles);
    model.output(model.node('Identity', [gradient.name], {}, 'gradient'), [1, 3, height, width]);
    const session = await LossSession.create(context, model, sums, spec, size, targets);
    const { runtime } = context;
    const fixed = kept && {
      kept: imageTensor(runtime, kept.content.data, size),
      free: maskTensor(runtime, kept.free),
    };
    return new OnnxObjective(context, session, size, fixed ?? {});
  }

  async evaluate(image: Float32Array, strengths: Strengths): Promise<Evaluation<Float32Array>> {
    const feeds = { ...this.fixed, image: imageTensor(this.context.runtime, image, this.size) };
    const { losses, results } = await this.session.run(feeds, strengths);
    return { losses: lossesOf(losses, strengths), gradient: valuesOf(results, 'gradient') };
  }

  async dispose(): Promise<void> {
    await this.session.dispose();
  }
}
