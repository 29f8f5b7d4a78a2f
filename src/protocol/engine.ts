/**
 * What the engine and its clients say to each other. A client asks, and every request is answered by one reply with
 * its id; beside that the engine tells what happens.
 */
import * as z from 'zod/mini';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import { explanationSchema, messageSchema } from '../common/messageSchema';
import type { Recipe } from '../recipe/recipe';
import { storedRecipeSchema } from '../recipe/storedRecipe';
import { errorReport } from './errorReport';
import { figureEvent } from './figureEvent';
import { insight, insightKind } from './insight';
import { jobEvent } from './jobEvent';
import { deviceReport, imageInfo, modelListing, refereeReport, runEstimate, runtimeState } from './reply';
import { figureInput, plan, settings, timeline, tuning } from './request';
import { amount, counter, messages, name, text, type Message, type Of, type Read } from './schema';

/** A request: its fields, and what a reply without error carries. */
function call<F extends z.core.$ZodLooseShape, R extends z.ZodMiniType>(asks: F, replies: R) {
  return { asks, replies };
}

const nothing = z.undefined();
const job = { job: name };
const figure = { figure: name };
const variant = { variant: z.enum(['cpu', 'cuda']) };

/** 0: it begins now; n: that many are before it. */
const place = z.object({ position: counter });

/** Everything that a client can ask. */
const calls = {
  /** First of all. Again at any time to change settings for the jobs to come. */
  hello: call({ settings }, z.object({ pid: counter, version: text })),
  /** Runs or resumes the job in the folder (absolute path); replies when it is queued. Events tell the rest. */
  run: call(job, place),
  /** Puts those that wait into this order; those that are not named come after them, in theirs. */
  reorder: call({ order: z.array(name) }, nothing),
  pause: call(job, nothing),
  continue: call(job, nothing),
  /** Stops at the next evaluation with a checkpoint; `keep` saves the picture as it is. */
  stop: call({ ...job, keep: z.boolean() }, nothing),
  /** Ends with the scale that is being painted, whose picture is the result; a pause ends, too. */
  finish: call(job, nothing),
  retune: call({ ...job, tuning }, nothing),
  /**
   * What someone looks at beside the painting of this job; `none` when nobody looks any more. Only the latest request
   * counts. `insight` messages follow, those that are known already at once.
   */
  watchInsights: call({ ...job, kind: z.enum([...insightKind.options, 'none']) }, nothing),
  /** Finds the figure that is made from the same, or creates it, and replies its folder; it is not begun. */
  findFigure: call({ input: figureInput }, z.object(figure)),
  /** Makes what is missing of the figure in the folder; replies when it is queued. `figure` messages tell the rest. */
  makeFigure: call(figure, place),
  /** Stops at the next evaluation, or takes it out of the queue; finished pictures are kept. */
  stopFigure: call(figure, nothing),
  /** A picture of a grid as the recipe of a normal run. `size`: its longest side; 0 keeps the content's. */
  recipeOfCell: call({ ...figure, cell: name, size: counter }, storedRecipeSchema),
  /** Measured anew unless something is being painted. */
  devices: call({}, z.object({ devices: z.array(deviceReport), runtimes: z.array(runtimeState) })),
  inspect: call({ image: name }, imageInfo),
  /**
   * Writes the image to the file `to`, whose ending chooses png, jpg or webp; `side` > 0 limits the longest side.
   * For thumbnails, and for formats that a browser cannot show. An existing file is replaced.
   */
  convert: call({ image: name, to: name, side: counter }, z.object({ width: counter, height: counter })),
  /**
   * Writes an animated picture of how a painting came to be; `progress` messages carry this request's id. Replies the
   * file, which takes no other's place, and how many pictures it shows.
   */
  exportTimeline: call({ timeline }, z.object({ file: name, frames: counter })),
  /** What a painting would cost here; measures a device that is not known yet unless something is being painted. */
  estimate: call({ plan }, runEstimate),
  /** Judges a saved picture against its content and styles, by another network than its own where there is one. */
  judge: call(
    { image: name, content: name, styles: z.array(z.object({ image: name, weight: amount })), model: name },
    refereeReport,
  ),
  models: call({}, z.array(modelListing)),
  /** The caller has the consent of the person. `progress` messages carry this request's id. */
  download: call({ model: name }, nothing),
  importModel: call({ file: name }, z.object({ name: text })),
  verifyModel: call({ model: name }, nothing),
  /** What an installation of TensorFlow needs, or why it cannot be. `installed`: what is there already, complete. */
  describeRuntime: call(
    variant,
    z.object({
      notice: messageSchema,
      obstacle: z.exactOptional(explanationSchema),
      installed: z.exactOptional(variant.variant),
    }),
  ),
  /**
   * The caller has the consent of the person. `progress` messages carry this request's id. Replies the card that was
   * found to compute, with its build for CUDA.
   */
  installRuntime: call(variant, z.object({ card: z.exactOptional(text) })),
  removeRuntime: call({}, nothing),
  /** Gives up a download, an import or an export that is under way; its reply is then the error `interrupted`. */
  cancel: call({ request: counter }, nothing),
  /** Stops the running job with a checkpoint, replies, and exits. */
  shutdown: call({}, nothing),
};

type Calls = typeof calls;

/** What a successful reply carries, by request. */
export type Replies = {
  readonly [T in keyof Calls]: T extends 'recipeOfCell' ? Recipe : Of<Calls[T]['replies']>;
};

/** What a client asks. */
export type Request = { [T in keyof Calls]: Message<T, Calls[T]['asks']> }[keyof Calls];

/** A request as it travels. */
export type RequestMessage = Request & { readonly id: number };

const requests = new Map<unknown, z.ZodMiniType>(
  Object.entries(calls).map(([type, { asks }]) => [
    type,
    z.strictObject({ ...asks, type: z.literal(type), id: counter }),
  ]),
);

/** A request as it came over the wire; `undefined` for anything else, also for one that says more. */
export function readRequest(value: unknown): RequestMessage | undefined {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  return requests.get(type)?.safeParse(value).data as RequestMessage | undefined;
}

const numbered = z.object({ id: counter });

/** The number of something that should have been a request: whoever asked waits for a reply to it. */
export function idOf(value: unknown): number | undefined {
  return numbered.safeParse(value).data?.id;
}

/** What a reply to a request carries; throws when that is not what was asked for. */
export function readReply<T extends keyof Replies>(type: T, value: unknown): Replies[T] {
  const { success, data } = calls[type].replies.safeParse(value);
  if (success) return data as Replies[T];
  throw new AtelierError('internal', msg`The engine’s reply to ${type} is invalid.`);
}

/** The reader of what the engine says: replies to requests, progress of long ones, and what happens. */
export const readEngineMessage = messages({
  /** What the request with the number asked for: see `readReply`. */
  reply: { id: counter, value: z.optional(z.unknown()) },
  /** In place of a reply: why there is none. */
  refusal: { id: counter, error: errorReport },
  /** Bytes done and in all; `total` 0 while unknown. */
  progress: { id: counter, done: amount, total: amount },
  event: { job: name, event: jobEvent },
  figure: { figure: name, event: figureEvent },
  insight: { job: name, insight },
  log: { level: z.enum(['debug', 'info', 'warn', 'error']), message: text },
});
export type EngineMessage = Read<typeof readEngineMessage>;
