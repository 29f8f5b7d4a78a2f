import type { Ops, Padding, Pooling } from './ops';
import { LAYERS, layersUpTo, poolBefore, type LayerName } from './vgg19';

/** `mean`: independent of size and network (CONTRIBUTING.md, "Losses"). `paper`: the literal sums of Gatys et al. */
export type Units = 'mean' | 'paper';

/** Whether features are read after the activation (the papers) or before it (the article's program). */
export type Tap = 'post' | 'pre';

/** What is compared, at which layers; fixed while a graph lives. */
export interface ObjectiveSpec {
  readonly contentLayers: readonly LayerName[];
  readonly styleLayers: readonly LayerName[];
  readonly pooling: Pooling;
  /** Of the image, at the first layer; deeper ones always see zeros beyond the edge. */
  readonly padding: Padding;
  readonly tap: Tap;
  readonly units: Units;
}

/** How features are read off an image. */
export type Reading = Pick<ObjectiveSpec, 'pooling' | 'padding' | 'tap'>;

/** α·(weight of a content layer), β·w_l per style layer and γ: free to change from one evaluation to the next. */
export interface Strengths {
  readonly content: Readonly<Partial<Record<LayerName, number>>>;
  readonly style: Readonly<Partial<Record<LayerName, number>>>;
  readonly tv: number;
}

/** Unweighted losses of one image, and the weighted total. */
export interface Losses {
  readonly content: Readonly<Partial<Record<LayerName, number>>>;
  readonly style: Readonly<Partial<Record<LayerName, number>>>;
  readonly tv: number;
  readonly total: number;
}

/** The statistics of the target images that turn raw sums into losses. */
export interface TargetScale {
  /** a_l, the mean activation of the target image at the layer. */
  readonly meanActivation: number;
  readonly channels: number;
  /** H·W of the features of the generated image. */
  readonly positions: number;
}

/**
 * Factor k of content loss = k·Σ(F−P)². Mean units: mean(((F−P)/a)²). Paper: ½ (Gatys et al. 2015, eq. 1).
 */
export function contentScale(units: Units, { meanActivation, channels, positions }: TargetScale): number {
  return units === 'paper' ? 0.5 : 1 / (meanActivation ** 2 * channels * positions);
}

/**
 * Factor k of style loss = k·‖G−A‖², with G = FFᵀ/(H·W) and A alike. Mean units: ‖G−A‖²/(a⁴N²).
 * Paper: ‖M·G−M·A‖²/(4N²M²) = ‖G−A‖²/(4N²) (Gatys et al. 2015, eq. 4).
 */
export function styleScale(
  units: Units,
  { meanActivation, channels }: Omit<TargetScale, 'positions'>,
): number {
  return units === 'paper' ? 1 / (4 * channels ** 2) : 1 / (meanActivation ** 4 * channels ** 2);
}

/**
 * a_l as a divisor. An image without any activation at a layer (black, or a constant) has none to normalize by:
 * there the features count as they are.
 */
export function safeMeanActivation(meanActivation: number): number {
  return Math.abs(meanActivation) > 1e-12 ? meanActivation : 1;
}

/** Σ strength · loss over all terms. */
export function totalLoss(losses: Omit<Losses, 'total'>, strengths: Strengths): number {
  const weighted = (terms: Losses['content'], weights: Losses['content']): number =>
    LAYERS.reduce((sum, layer) => sum + (weights[layer] ?? 0) * (terms[layer] ?? 0), 0);
  return (
    weighted(losses.content, strengths.content) +
    weighted(losses.style, strengths.style) +
    strengths.tv * losses.tv
  );
}

/** Handles of the targets: P for content layers, A for style layers. */
export interface TargetHandles<F, M> {
  readonly content: ReadonlyMap<LayerName, F>;
  readonly style: ReadonlyMap<LayerName, M>;
}

/**
 * Handles of the gradient's coefficients: 2·strength·k per content layer, 4·strength·k per style layer (the
 * derivative of ‖FFᵀ/M − A‖² is 4(G−A)F/M), and γ.
 */
export interface CoefficientHandles<C> {
  readonly content: ReadonlyMap<LayerName, C>;
  readonly style: ReadonlyMap<LayerName, C>;
  readonly tv: C;
}

/** Raw sums, before the scales above, and the gradient with respect to the image. */
export interface ObjectiveHandles<F, S> {
  readonly content: ReadonlyMap<LayerName, S>;
  readonly style: ReadonlyMap<LayerName, S>;
  readonly tv: S;
  readonly gradient: F;
}

/** Features on the way up, kept for the way back. */
export interface Trace<F> {
  readonly layer: LayerName;
  readonly before: F;
  readonly after: F;
  readonly pooled: { readonly input: F; readonly output: F } | undefined;
}

/** The forward pass from an image to the deepest of `layers`. */
export function forward<F, M, S, C>(
  ops: Ops<F, M, S, C>,
  image: F,
  layers: readonly LayerName[],
  reading: Pick<Reading, 'pooling' | 'padding'>,
): readonly Trace<F>[] {
  return forwardThrough(ops, ops.normalize(image), layersUpTo(layers), reading);
}

/** The forward pass through consecutive layers, from what the first of them convolves: after its pooling, if any. */
export function forwardThrough<F, M, S, C>(
  ops: Ops<F, M, S, C>,
  input: F,
  layers: readonly LayerName[],
  { pooling, padding }: Pick<Reading, 'pooling' | 'padding'>,
): readonly Trace<F>[] {
  const trace: Trace<F>[] = [];
  let x = input;
  for (const layer of layers) {
    let pooled: Trace<F>['pooled'];
    if (poolBefore(layer) && layer !== layers[0]) {
      const output = ops.pool(x, pooling);
      pooled = { input: x, output };
      x = output;
    }
    const before = ops.conv(x, layer, paddingAt(layer, padding));
    const after = ops.relu(before);
    trace.push({ layer, before, after, pooled });
    x = after;
  }
  return trace;
}

/** Adds a layer's own part to the gradient with respect to its features; undefined where nothing has flowed yet. */
export type AddLosses<F> = (layer: LayerName, features: F, flow: F | undefined) => F | undefined;

/**
 * The reverse pass over what `forwardThrough` kept: from the gradient with respect to the last activation (none:
 * undefined) to that with respect to the input. `addLosses` is called where a layer's features are read.
 */
export function backward<F, M, S, C>(
  ops: Ops<F, M, S, C>,
  { tap, padding, pooling }: Pick<ObjectiveSpec, 'tap' | 'padding' | 'pooling'>,
  trace: readonly Trace<F>[],
  addLosses: AddLosses<F>,
  flow?: F,
): F | undefined {
  for (const { layer, before, after, pooled } of [...trace].reverse()) {
    if (tap === 'post') flow = addLosses(layer, after, flow);
    if (flow !== undefined) flow = ops.reluBack(flow, after);
    if (tap === 'pre') flow = addLosses(layer, before, flow);
    if (flow === undefined) continue;
    flow = ops.convBack(flow, layer, paddingAt(layer, padding));
    if (pooled !== undefined) flow = ops.poolBack(flow, pooled.input, pooled.output, pooling);
  }
  return flow;
}

/** Raw sums of the terms, and the gradient with respect to the input of the first layer of a trace. */
export interface LossHandles<F, S> {
  readonly content: ReadonlyMap<LayerName, S>;
  readonly style: ReadonlyMap<LayerName, S>;
  readonly flow: F | undefined;
}

/**
 * The losses at the layers of a trace and their gradient. Walking from the deepest layer to the first, every loss
 * adds its own part where its features were read.
 */
export function lossesOf<F, M, S, C>(
  ops: Ops<F, M, S, C>,
  spec: ObjectiveSpec,
  trace: readonly Trace<F>[],
  targets: TargetHandles<F, M>,
  coefficients: Pick<CoefficientHandles<C>, 'content' | 'style'>,
): LossHandles<F, S> {
  const content = new Map<LayerName, S>();
  const style = new Map<LayerName, S>();
  const flow = backward(ops, spec, trace, (layer, features, flow) => {
    const p = targets.content.get(layer);
    if (p !== undefined) {
      const difference = ops.subtract(features, p);
      content.set(layer, ops.sumSquares(difference));
      flow = sum(ops, flow, ops.scale(difference, known(coefficients.content, layer)));
    }
    const a = targets.style.get(layer);
    if (a !== undefined) {
      const difference = ops.subtractMatrix(ops.gram(features), a);
      style.set(layer, ops.sumSquaresMatrix(difference));
      flow = sum(ops, flow, ops.gramBack(difference, features, known(coefficients.style, layer)));
    }
    return flow;
  });
  return { content, style, flow };
}

/** The objective and its gradient by a hand-written reverse pass, over any `Ops`. */
export function objective<F, M, S, C>(
  ops: Ops<F, M, S, C>,
  spec: ObjectiveSpec,
  image: F,
  targets: TargetHandles<F, M>,
  coefficients: CoefficientHandles<C>,
): ObjectiveHandles<F, S> {
  const trace = forward(ops, image, [...spec.contentLayers, ...spec.styleLayers], spec);
  const { content, style, flow } = lossesOf(ops, spec, trace, targets, coefficients);
  return {
    content,
    style,
    tv: ops.totalVariation(image),
    gradient: sum(ops, flow, ops.totalVariationBack(image, coefficients.tv)),
  };
}

function sum<F, M, S, C>(ops: Ops<F, M, S, C>, flow: F | undefined, part: F): F {
  return flow === undefined ? part : ops.add(flow, part);
}

function paddingAt(layer: LayerName, padding: Padding): Padding {
  return layer === LAYERS[0] ? padding : 'zero';
}

function known<T>(handles: ReadonlyMap<LayerName, T>, layer: LayerName): T {
  const handle = handles.get(layer);
  if (handle === undefined) throw new RangeError(`no coefficient for ${layer}`);
  return handle;
}
