import type { Executor } from './executor';
import type { FloatImage, Size } from './image';
import type { Reading } from './objective';
import { Stylization, type Sources, type StylizePlan } from './stylize';
import { termsOf } from './terms/term';
import type { LayerName } from './vgg19';

/**
 * What one layer knows of an image, as a picture: found from white noise by matching only that layer's features
 * (content), or only the Gram matrices of a growing subset of layers (style). Gatys et al. 2015, Figure 1.
 */
export interface Reconstruction {
  /** `content-conv3_1`; a style subset is named by its deepest layer: `style-conv3_1`. */
  readonly id: string;
  readonly kind: 'content' | 'style';
  readonly layers: readonly LayerName[];
}

/** The layers of Figure 1 in the 2015 paper. */
export const FIGURE_1_LAYERS: readonly LayerName[] = ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1'];

/** Those of the content in the 2016 paper, as far as the network goes: conv5_2 lies behind its last layer. */
export const FIGURE_1_LAYERS_2016: readonly LayerName[] = ['conv1_2', 'conv2_2', 'conv3_2', 'conv4_2'];

/** One reconstruction of the content for each layer. */
export function contentReconstructions(layers: readonly LayerName[]): Reconstruction[] {
  return layers.map(layer => ({ id: `content-${layer}`, kind: 'content', layers: [layer] }));
}

/** One reconstruction of the style for each growing subset: the first layer, the first two, … */
export function styleReconstructions(layers: readonly LayerName[]): Reconstruction[] {
  return layers.map((layer, i) => ({ id: `style-${layer}`, kind: 'style', layers: layers.slice(0, i + 1) }));
}

export interface ReconstructionOptions extends Reading {
  readonly size: Size;
  readonly steps: number;
  readonly seed: number;
}

/** A run from white noise at one scale that minimizes the loss of the reconstruction's layers alone, in mean units. */
function reconstructionPlan(
  { kind, layers }: Reconstruction,
  { size, steps, seed, pooling, padding, tap }: ReconstructionOptions,
): StylizePlan {
  const terms = termsOf({ [kind]: layers, tv: false });
  return {
    scales: [{ size, steps }],
    spec: { terms, pooling, padding, tap, units: 'mean' },
    strengths: Object.fromEntries(terms.map(({ id }) => [id, 1 / layers.length])),
    // The features of a low layer curve alike along broad and fine changes, where a preconditioner only hinders.
    optimizer: { kind: 'lbfgs', preconditioned: kind === 'style' },
    init: 'noise',
    seed,
  };
}

/** A reconstruction after one of its steps. */
export interface ReconstructionStep {
  readonly step: number;
  readonly steps: number;
  /** Of the objective so far. */
  readonly evaluations: number;
  /** Loss over that of the white noise it began from. */
  readonly relativeLoss: number;
  /** The picture as it stands, valid until the next step. */
  readonly image: () => FloatImage;
}

/** Runs one reconstruction, a step at a time; returning early frees what it holds. */
export async function* reconstruct<V>(
  executor: Executor<V>,
  reconstruction: Reconstruction,
  sources: Sources,
  options: ReconstructionOptions,
): AsyncGenerator<ReconstructionStep, void, undefined> {
  // What a layer knows is of whole images.
  const whole: Sources = {
    content: size => sources.content(size),
    styles: size => sources.styles(size),
    start: size => sources.start(size),
  };
  const run = new Stylization(executor, reconstructionPlan(reconstruction, options), whole);
  try {
    for await (const taken of run.run()) {
      const relativeLoss = taken.losses.total / (run.startLosses?.total ?? NaN);
      const { step, totalSteps: steps, evaluations } = taken;
      yield { step, steps, evaluations, relativeLoss, image: () => taken.image() };
    }
  } finally {
    await run.dispose();
  }
}
