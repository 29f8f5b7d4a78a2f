import type { Ops, Padding, Pooling, Window } from './ops';
import type { Measured, Units } from './terms/kind';
import { kindOf } from './terms/kinds';
import { layersOfTerms, partsOf, type ByTerm, type Term } from './terms/term';
import { LAYERS, layersUpTo, poolBefore, type LayerName } from './vgg19';

/** Whether features are read after the activation (the papers) or before it (the article's program). */
type Tap = 'post' | 'pre';

/** What is compared; fixed while a graph lives. */
export interface ObjectiveSpec {
  /** In the order in which they are reported. */
  readonly terms: readonly Term[];
  readonly pooling: Pooling;
  /** Of the image, at the first layer; deeper ones always see zeros beyond the edge. */
  readonly padding: Padding;
  readonly tap: Tap;
  readonly units: Units;
  /** Whether the picture stays in greys: its gradient is kept grey. */
  readonly grey?: boolean;
}

/** How features are read off an image. */
export type Reading = Pick<ObjectiveSpec, 'pooling' | 'padding' | 'tap'>;

/** α·(weight of a content layer), β·w_l per style layer and γ, by term: free to change between two evaluations. */
export type Strengths = ByTerm;

/** Unweighted losses of one image by term, and the weighted total. */
export interface Losses {
  readonly terms: ByTerm;
  readonly total: number;
}

/** Unweighted losses with Σ strength · loss: the layers of a group first, then the groups. */
export function lossesOf(terms: ByTerm, strengths: Strengths): Losses {
  const groups = new Map<string, number>();
  for (const [id, loss] of Object.entries(terms)) {
    const [group] = partsOf(id);
    groups.set(group, (groups.get(group) ?? 0) + (strengths[id] ?? 0) * loss);
  }
  return { terms, total: [...groups.values()].reduce((sum, value) => sum + value, 0) };
}

/** What a term is given in a graph, as handles. */
export interface TermHandles<F, M, C> {
  /** slope · scale · strength (`terms/kind.ts`). */
  readonly coefficient: C;
  /** P, for a kind that reads features. */
  readonly features?: F;
  /** Fixed matrices, for a kind that reads moments. */
  readonly matrices?: Readonly<Record<string, M>>;
  /** What the positions of the layer count. */
  readonly guide?: GuideHandles<F>;
}

/** Which positions of a layer count, and what. */
export interface GuideHandles<F> {
  /** Outside of it nothing counts. */
  readonly window: Window;
  /** Of the window: one channel, with a mean of 1. */
  readonly weights: F;
}

/** What is kept of the content image, as handles: the picture that is looked at is content + free·(image − content). */
export interface KeptHandles<F> {
  readonly content: F;
  /** One channel. */
  readonly free: F;
}

/** Handles of terms by their ids. */
export type GivenTerms<F, M, C> = ReadonlyMap<string, TermHandles<F, M, C>>;

/** Raw sums by term, and the gradient with respect to the image. */
export interface ObjectiveHandles<F, S> {
  readonly sums: ReadonlyMap<string, S>;
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

/** Raw sums by term, and the gradient with respect to the input of the first layer of a trace. */
export interface LossHandles<F, S> {
  readonly sums: ReadonlyMap<string, S>;
  readonly flow: F | undefined;
}

/**
 * The losses at the layers of a trace and their gradient. Walking from the deepest layer to the first, every term
 * adds its own part where its features were read.
 */
export function lossesAt<F, M, S, C>(
  ops: Ops<F, M, S, C>,
  spec: ObjectiveSpec,
  trace: readonly Trace<F>[],
  given: GivenTerms<F, M, C>,
): LossHandles<F, S> {
  const sums = new Map<string, S>();
  const flow = backward(ops, spec, trace, (layer, features, flow) => {
    for (const term of spec.terms.filter(term => term.layer === layer)) {
      const { sum, gradient } = measure(ops, term, features, known(given, term));
      sums.set(term.id, sum);
      flow = added(ops, flow, gradient);
    }
    return flow;
  });
  return { sums, flow };
}

/** The objective and its gradient by a hand-written reverse pass, over any `Ops`. Where pixels are kept it is 0. */
export function objective<F, M, S, C>(
  ops: Ops<F, M, S, C>,
  spec: ObjectiveSpec,
  painted: F,
  given: GivenTerms<F, M, C>,
  kept?: KeptHandles<F>,
): ObjectiveHandles<F, S> {
  const image = kept ? withKept(ops, painted, kept) : painted;
  const trace = forward(ops, image, layersOfTerms(spec.terms), spec);
  const { sums: atLayers, flow } = lossesAt(ops, spec, trace, given);
  const sums = new Map(atLayers);
  let gradient = flow;
  for (const term of spec.terms.filter(term => term.layer === undefined)) {
    const measured = measure(ops, term, image, known(given, term));
    sums.set(term.id, measured.sum);
    gradient = added(ops, gradient, measured.gradient);
  }
  if (gradient === undefined) throw new RangeError('an objective without terms');
  if (kept !== undefined) gradient = ops.weigh(gradient, kept.free);
  return { sums, gradient: spec.grey === true ? ops.grey(gradient) : gradient };
}

function withKept<F, M, S, C>(ops: Ops<F, M, S, C>, painted: F, { content, free }: KeptHandles<F>): F {
  return ops.add(content, ops.weigh(ops.subtract(painted, content), free));
}

/** A term on what it reads: its raw sum, and its gradient with respect to that. */
function measure<F, M, S, C>(
  ops: Ops<F, M, S, C>,
  term: Term,
  x: F,
  { coefficient, features, matrices, guide }: TermHandles<F, M, C>,
): Measured<F, S> {
  const kind = kindOf(term);
  switch (kind.reads) {
    case 'image':
      return kind.measure(ops, x, coefficient);
    case 'features':
      if (features === undefined) throw new RangeError(`no target for ${term.id}`);
      return kind.measure(ops, x, features, coefficient);
    case 'moments': {
      const seen = guide === undefined ? x : ops.crop(x, guide.window);
      const weigh = (features: F): F | undefined => guide && ops.weigh(features, guide.weights);
      const weighted = weigh(seen);
      const centred = kind.needs.includes('covariance') ? ops.centred(seen, weighted) : undefined;
      const moments = {
        ...(kind.needs.includes('gram') && { gram: ops.gram(seen, weighted) }),
        ...(kind.needs.includes('mean') && { mean: ops.channelMeans(weighted ?? seen) }),
        ...(centred !== undefined && { covariance: ops.gram(centred, weigh(centred)) }),
      };
      const { sum, slope } = kind.compare(ops, moments, matrices ?? {});
      const back = ops.momentsBack(slope, seen, coefficient);
      const gradient =
        guide === undefined ? back : ops.cropBack(ops.weigh(back, guide.weights), x, guide.window);
      return { sum, gradient };
    }
  }
}

function added<F, M, S, C>(ops: Ops<F, M, S, C>, flow: F | undefined, part: F): F {
  return flow === undefined ? part : ops.add(flow, part);
}

function paddingAt(layer: LayerName, padding: Padding): Padding {
  return layer === LAYERS[0] ? padding : 'zero';
}

function known<T>(handles: ReadonlyMap<string, T>, { id }: Term): T {
  const handle = handles.get(id);
  if (handle === undefined) throw new RangeError(`nothing is given for ${id}`);
  return handle;
}
