import type { Tensor } from '@tensorflow/tfjs-core';
import type { Network } from '../../models/network';
import type { Evaluation, Objective } from '../../nst/executor';
import type { FloatImage, Size } from '../../nst/image';
import {
  lossesOf,
  objective,
  type ObjectiveSpec,
  type Strengths,
  type TermHandles,
} from '../../nst/objective';
import type { Mask } from '../../nst/regions/mask';
import { coefficientOf, targetOf, type Targets, type TermTarget } from '../../nst/terms/targets';
import type { Term } from '../../nst/terms/term';
import { DeviceVector, IMAGE_CHANNELS } from './deviceVector';
import type { Kernels } from './kernels';
import { Program, type Slot } from './program';
import type { FeatureSlot } from './imageRecorder';
import { ProgramRecorder } from './recorder';
import { uploadMask } from './targets';
import type { DeviceWeights } from './weights';

/** A loss: where the program leaves its raw sum, and what makes a loss of it. */
interface Output {
  readonly id: string;
  readonly sum: Slot;
  readonly coefficient: Slot;
  readonly target: TermTarget<Tensor>;
}

type Handles = TermHandles<FeatureSlot, Slot, Slot>;

/** The objective at one size as one program; image and gradient stay on the device. */
export class TensorflowObjective implements Objective<DeviceVector> {
  private readonly program = new Program();
  private readonly image: Slot;
  private readonly terms: readonly Output[];
  /** One raw sum a term, and the gradient. */
  private readonly outputs: readonly Slot[];
  /** Targets and constants, which live as long as this does. */
  private readonly held: Tensor[] = [];
  private readonly targets = new Map<Slot, Tensor>();
  private readonly coefficients = new Map<Slot, { readonly value: number; readonly tensor: Tensor }>();

  /** Takes the features among the targets over. */
  constructor(
    private readonly kernels: Kernels,
    weights: DeviceWeights,
    network: Network,
    spec: ObjectiveSpec,
    readonly size: Size,
    targets: Targets<Tensor>,
    kept?: { readonly content: FloatImage; readonly free: Mask },
  ) {
    const { program } = this;
    const recorder = new ProgramRecorder(program, kernels, weights, network, this.held);
    this.image = program.input();
    const given = new Map(spec.terms.map(term => [term.id, this.handlesOf(targetOf(targets, term))]));
    const { sums, gradient } = objective(
      recorder,
      spec,
      { slot: this.image, channels: IMAGE_CHANNELS, height: size.height, width: size.width },
      given,
      kept && {
        content: this.pixels(kept.content),
        free: this.plane(kept.free),
      },
    );
    this.terms = spec.terms.map(term => ({
      id: term.id,
      sum: known(sums, term),
      coefficient: known(given, term).coefficient,
      target: targetOf(targets, term),
    }));
    this.outputs = [...this.terms.map(({ sum }) => sum), gradient.slot];
  }

  evaluate(image: DeviceVector, strengths: Strengths): Promise<Evaluation<DeviceVector>> {
    const given = new Map<Slot, Tensor>([[this.image, image.tensor], ...this.targets]);
    for (const { id, coefficient, target } of this.terms)
      given.set(coefficient, this.coefficient(coefficient, coefficientOf(target, strengths[id])));
    const tensors = this.program.run(given, this.outputs);
    const gradient = tensors.pop()!;
    const packed = this.kernels.pack(tensors);
    const sums = this.kernels.read(packed);
    for (const tensor of [...tensors, packed]) tensor.dispose();
    const losses = this.terms.map(({ id, target }, i) => [id, target.scale * (sums[i] ?? NaN)] as const);
    return Promise.resolve({
      losses: lossesOf(Object.fromEntries(losses), strengths),
      gradient: new DeviceVector(gradient),
    });
  }

  dispose(): Promise<void> {
    this.held.forEach(tensor => tensor.dispose());
    this.coefficients.forEach(({ tensor }) => tensor.dispose());
    return Promise.resolve();
  }

  private pixels({ width, height, data }: FloatImage): FeatureSlot {
    const { layout } = this.kernels;
    const shape = this.kernels.featureShape(IMAGE_CHANNELS, height, width);
    const tensor = this.kernels.upload(layout.fromPlanar(data.slice(), IMAGE_CHANNELS), shape);
    return { slot: this.given(tensor), channels: IMAGE_CHANNELS, height, width };
  }

  private plane(mask: Mask): FeatureSlot {
    const { width, height } = mask;
    return { slot: this.given(uploadMask(this.kernels, mask)), channels: 1, height, width };
  }

  private handlesOf({ features, matrices = {}, guide }: TermTarget<Tensor>): Handles {
    const coefficient = this.program.input();
    if (features !== undefined) {
      const [channels, height, width] = dimensions(features, this.kernels);
      return { coefficient, features: { slot: this.given(features), channels, height, width } };
    }
    const slots = Object.entries(matrices).map(([name, { rows, columns, values }]) => {
      return [name, this.given(this.kernels.upload(Float32Array.from(values), [rows, columns]))] as const;
    });
    return {
      coefficient,
      matrices: Object.fromEntries(slots),
      ...(guide && { guide: { window: guide.window, weights: this.plane(guide.inWindow) } }),
    };
  }

  /** An input whose tensor is the same in every run, and is held. */
  private given(tensor: Tensor): Slot {
    const slot = this.program.input();
    this.held.push(tensor);
    this.targets.set(slot, tensor);
    return slot;
  }

  /** Coefficients change when somebody retunes a run: until then they cross to the device once. */
  private coefficient(slot: Slot, value: number): Tensor {
    const present = this.coefficients.get(slot);
    if (present?.value === value) return present.tensor;
    present?.tensor.dispose();
    const tensor = this.kernels.scalar(value);
    this.coefficients.set(slot, { value, tensor });
    return tensor;
  }
}

/** Channels, height and width of features. */
function dimensions({ shape }: Tensor, { layout }: Kernels): [number, number, number] {
  const channels = shape[layout.format === 'NCHW' ? 1 : 3];
  return [channels!, shape[layout.rows]!, shape[layout.columns]!];
}

function known<T>(handles: ReadonlyMap<string, T>, { id }: Term): T {
  const handle = handles.get(id);
  if (handle === undefined) throw new RangeError(`the program has nothing for ${id}`);
  return handle;
}
