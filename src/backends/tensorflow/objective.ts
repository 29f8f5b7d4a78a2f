import type { Tensor } from '@tensorflow/tfjs-core';
import type { Network } from '../../models/network';
import type { Evaluation, GramOf, Objective } from '../../nst/executor';
import type { Size } from '../../nst/image';
import {
  contentScale,
  objective,
  safeMeanActivation,
  styleScale,
  totalLoss,
  type ObjectiveSpec,
  type Strengths,
} from '../../nst/objective';
import type { LayerName } from '../../nst/vgg19';
import { DeviceVector, IMAGE_CHANNELS } from './deviceVector';
import type { Kernels } from './kernels';
import { Program, type Slot } from './program';
import { ProgramRecorder } from './recorder';
import type { ContentTarget } from './targets';
import type { DeviceWeights } from './weights';

/** A loss: where the program leaves its raw sum, and the factor that makes a loss of it. */
interface Term {
  readonly kind: 'content' | 'style';
  readonly layer: LayerName;
  readonly sum: Slot;
  readonly scale: number;
  readonly coefficient: Slot;
}

export interface Targets {
  readonly content: readonly ContentTarget[];
  readonly style: ReadonlyMap<LayerName, GramOf>;
}

/** The objective at one size as one program; image and gradient stay on the device. */
export class TensorflowObjective implements Objective<DeviceVector> {
  private readonly program = new Program();
  private readonly image: Slot;
  private readonly tvCoefficient: Slot;
  private readonly terms: readonly Term[];
  /** One raw sum a term, the total variation, and the gradient. */
  private readonly outputs: readonly Slot[];
  /** Targets and constants, which live as long as this does. */
  private readonly held: Tensor[] = [];
  private readonly targets = new Map<Slot, Tensor>();
  private readonly coefficients = new Map<Slot, { readonly value: number; readonly tensor: Tensor }>();

  /** Takes the content targets over. */
  constructor(
    private readonly kernels: Kernels,
    weights: DeviceWeights,
    network: Network,
    spec: ObjectiveSpec,
    readonly size: Size,
    { content, style }: Targets,
  ) {
    const { program } = this;
    this.held.push(...content.map(({ features }) => features));
    const recorder = new ProgramRecorder(program, kernels, weights, network, this.held);
    this.image = program.input();
    this.tvCoefficient = program.input();
    const p = content.map(({ layer, features }) => {
      const [channels, height, width] = dimensions(features, kernels);
      return { layer, slot: this.given(features), channels, height, width };
    });
    const a = spec.styleLayers.map(layer => {
      const { channels, values } = known(style, layer);
      const gram = kernels.upload(values, [channels, channels]);
      this.held.push(gram);
      return { layer, slot: this.given(gram), channels };
    });
    const coefficientOf = new Map([...p, ...a].map(target => [target, program.input()]));
    const byLayer = <T extends { readonly layer: LayerName }, R>(
      targets: readonly T[],
      value: (target: T) => R,
    ) => new Map(targets.map(target => [target.layer, value(target)]));
    const handles = objective(
      recorder,
      spec,
      { slot: this.image, channels: IMAGE_CHANNELS, height: size.height, width: size.width },
      { content: byLayer(p, target => target), style: byLayer(a, target => target) },
      {
        content: byLayer(p, target => coefficientOf.get(target)!),
        style: byLayer(a, target => coefficientOf.get(target)!),
        tv: this.tvCoefficient,
      },
    );
    this.terms = [
      ...p.map((target, i): Term => {
        const { layer, channels, height, width } = target;
        const meanActivation = safeMeanActivation(content[i]!.meanActivation);
        const scale = contentScale(spec.units, { meanActivation, channels, positions: height * width });
        return {
          kind: 'content',
          layer,
          sum: handles.content.get(layer)!,
          scale,
          coefficient: coefficientOf.get(target)!,
        };
      }),
      ...a.map((target): Term => {
        const { layer, channels } = target;
        const meanActivation = safeMeanActivation(known(style, layer).meanActivation);
        const scale = styleScale(spec.units, { meanActivation, channels });
        return {
          kind: 'style',
          layer,
          sum: handles.style.get(layer)!,
          scale,
          coefficient: coefficientOf.get(target)!,
        };
      }),
    ];
    this.outputs = [...this.terms.map(({ sum }) => sum), handles.tv, handles.gradient.slot];
  }

  evaluate(image: DeviceVector, strengths: Strengths): Promise<Evaluation<DeviceVector>> {
    const given = new Map<Slot, Tensor>([[this.image, image.tensor], ...this.targets]);
    given.set(this.tvCoefficient, this.coefficient(this.tvCoefficient, strengths.tv));
    for (const { kind, layer, scale, coefficient } of this.terms) {
      // The derivatives of Σ(F−P)² and of ‖FFᵀ/M − A‖² begin with 2 and 4.
      const value = (kind === 'content' ? 2 : 4) * scale * (strengths[kind][layer] ?? 0);
      given.set(coefficient, this.coefficient(coefficient, value));
    }
    const tensors = this.program.run(given, this.outputs);
    const gradient = tensors.pop()!;
    const packed = this.kernels.pack(tensors);
    const sums = this.kernels.read(packed);
    for (const tensor of [...tensors, packed]) tensor.dispose();
    const read = (wanted: Term['kind']) =>
      Object.fromEntries(
        this.terms.flatMap(({ kind, layer, scale }, i) =>
          kind === wanted ? [[layer, scale * sums[i]!]] : [],
        ),
      );
    const losses = { content: read('content'), style: read('style'), tv: sums[this.terms.length]! };
    return Promise.resolve({
      losses: { ...losses, total: totalLoss(losses, strengths) },
      gradient: new DeviceVector(gradient),
    });
  }

  dispose(): Promise<void> {
    this.held.forEach(tensor => tensor.dispose());
    this.coefficients.forEach(({ tensor }) => tensor.dispose());
    return Promise.resolve();
  }

  private given(tensor: Tensor): Slot {
    const slot = this.program.input();
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

function known(grams: ReadonlyMap<LayerName, GramOf>, layer: LayerName): GramOf {
  const gram = grams.get(layer);
  if (gram === undefined) throw new RangeError(`no target for ${layer}`);
  return gram;
}
