import type { Executor } from '../nst/executor';
import type { FloatImage, Size } from '../nst/image';
import type { ObjectiveSpec, Strengths } from '../nst/objective';
import { termsOf } from '../nst/terms/term';
import { msg, type Message } from '../common/messages';

/** Largest relative differences between two devices' results. */
export interface Agreement {
  /** Of any loss. */
  readonly losses: number;
  /** ‖g − g′‖ / ‖g′‖ of the gradient. */
  readonly gradient: number;
}

/** What a device may differ from the CPU by; an honest one in float32 stays a hundred times below. */
const TOLERANCE: Agreement = { losses: 1e-4, gradient: 1e-3 };

/**
 * The same where it rounds what its convolutions multiply to 10 bits. On the processor, rounded so, the losses differ by
 * 2e-3 and the gradient by 4e-2.
 */
const ROUNDED: Agreement = { losses: 1e-2, gradient: 0.1 };

/** Of different shapes, one with odd sides: kernels go wrong at edges first. */
const SIZES: readonly Size[] = [
  { width: 64, height: 48 },
  { width: 83, height: 101 },
];

const SPEC: ObjectiveSpec = {
  // Statistics in turn: each asks a device for operations that the other does not.
  terms: [
    ...termsOf({ content: ['conv4_2'], style: ['conv1_1', 'conv3_1', 'conv5_1'] }),
    ...termsOf({ style: ['conv2_1', 'conv4_1'], statistics: 'bures', tv: false, range: true }),
  ],
  pooling: 'avg',
  padding: 'replicate',
  tap: 'post',
  units: 'mean',
};

const STRENGTHS: Strengths = Object.fromEntries(
  SPEC.terms.map(({ id, kind }) => [
    id,
    kind === 'content' ? 1 : kind === 'tv' ? 10 : kind === 'range' ? 1000 : 20,
  ]),
);

/** How far the candidate is from the reference, over all layers, at two sizes. */
export async function compareExecutors(
  candidate: Executor<unknown>,
  reference: Executor<unknown>,
  sizes: readonly Size[] = SIZES,
): Promise<Agreement> {
  let agreement: Agreement = { losses: 0, gradient: 0 };
  for (const size of sizes) {
    const expected = await evaluateOnce(reference, size);
    const found = await evaluateOnce(candidate, size);
    agreement = {
      losses: Math.max(
        agreement.losses,
        ...expected.losses.map((value, i) => relative(found.losses[i]!, value)),
      ),
      gradient: Math.max(agreement.gradient, distance(found.gradient, expected.gradient)),
    };
  }
  return agreement;
}

/**
 * Why results this far apart are not trusted; undefined when they are.
 * @param rounds whether the device may round products
 */
export function disagreement({ losses, gradient }: Agreement, rounds = false): Message | undefined {
  const tolerance = rounds ? ROUNDED : TOLERANCE;
  // Differences that are no number are not within any tolerance.
  if (losses <= tolerance.losses && gradient <= tolerance.gradient) return undefined;
  return msg`its results differ from the CPU’s: losses by ${losses.toExponential(1)}, the gradient by ${gradient.toExponential(1)}`;
}

/** Milliseconds of one evaluation at the side: the best of three, after one for warming up. */
export async function timeEvaluation(executor: Executor<unknown>, side: number): Promise<number> {
  const size = { width: side, height: side };
  const objective = await executor.prepare({
    spec: SPEC,
    content: picture(size, 1),
    styles: [{ image: picture(size, 2), weight: 1 }],
  });
  const image = executor.fromImage(picture(size, 3));
  let best = Infinity;
  for (let run = 0; run < 4; run++) {
    const start = performance.now();
    const { gradient } = await objective.evaluate(image, STRENGTHS);
    // Its last value is there when the product is: a card works on while the host goes ahead.
    executor.space.dots(gradient, [gradient]);
    if (run > 0) best = Math.min(best, performance.now() - start);
    executor.space.dispose(gradient);
  }
  executor.space.dispose(image);
  await objective.dispose();
  return best;
}

async function evaluateOnce(
  executor: Executor<unknown>,
  size: Size,
): Promise<{ losses: number[]; gradient: Float32Array }> {
  const style = { width: size.height, height: size.width };
  const objective = await executor.prepare({
    spec: SPEC,
    content: picture(size, 1),
    styles: [{ image: picture(style, 2), weight: 1 }],
  });
  // Beyond the range of colours here and there.
  const image = executor.fromImage(picture(size, 3, 1.5));
  const { losses, gradient } = await objective.evaluate(image, STRENGTHS);
  const read = {
    losses: [...SPEC.terms.map(({ id }) => losses.terms[id] ?? NaN), losses.total],
    gradient: executor.space.toHost(gradient).slice(),
  };
  executor.space.dispose(gradient);
  executor.space.dispose(image);
  await objective.dispose();
  return read;
}

function relative(value: number, expected: number): number {
  return Math.abs(value - expected) / Math.max(Math.abs(expected), 1e-12);
}

function distance(found: Float32Array, expected: Float32Array): number {
  let difference = 0;
  let norm = 0;
  expected.forEach((value, i) => {
    difference += (found[i]! - value) ** 2;
    norm += value ** 2;
  });
  return Math.sqrt(difference / norm);
}

/**
 * Smooth waves with grain, planar: neither constant nor noise, so that activations are as sparse as in practice. Within
 * [0, 1] with a contrast of 1.
 */
function picture({ width, height }: Size, phase: number, contrast = 1): FloatImage {
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const [x, y, c] = [i % width, Math.floor(i / width) % height, Math.floor(i / width / height)];
    const grain = ((i * 2654435761) % 1009) / 1009 - 0.5;
    const wave = Math.sin(phase + (x * (c + 3)) / 23) + Math.cos(phase * 2 + y / 17) + grain;
    return 0.5 + 0.2 * contrast * wave;
  });
  return { width, height, data };
}
