import * as z from 'zod';
import { DEVICES } from '../../backends/device';
import type { ErrorCode } from '../../common/errors';
import type { JobEvent } from '../../jobs/events';
import type { FigureEvent } from '../figures/figureEvent';
import { figureInputSchema } from '../figures/figurePlan';
import { fieldSchemas } from '../../recipe/fieldSchema';
import { pickHaving } from '../../recipe/fields';
import type { EngineMessage, RequestMessage } from './protocol';
import type { Insight } from '../insights/insight';
import { explanationSchema, messageSchema } from '../../common/messageSchema';

const id = z.int().nonnegative();
const text = z.string();
const path = z.string().min(1);
const counter = z.int().nonnegative();
const variant = z.enum(['cpu', 'cuda']);
const amount = z.number().nonnegative();
const weights = z.record(text, amount);

const settings = z.strictObject({
  device: z.enum(['auto', ...DEVICES]),
  threads: counter,
  storage: path,
  mirror: text,
  proxy: text.exactOptional(),
  noProxy: z.array(text).exactOptional(),
  tensorflow: path.exactOptional(),
  card: text.exactOptional(),
  language: z.strictObject({ tag: text, bundle: path }).exactOptional(),
});

const tuning = z.strictObject({
  ratio: amount.exactOptional(),
  contentLayers: weights.exactOptional(),
  styleLayers: weights.exactOptional(),
  tv: amount.exactOptional(),
});

const plan = z.strictObject({
  image: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
  ...pickHaving(fieldSchemas, 'costs'),
});

const requests: z.ZodType<RequestMessage> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), id, settings }),
  z.strictObject({ type: z.literal('run'), id, job: path }),
  z.strictObject({ type: z.literal('pause'), id, job: path }),
  z.strictObject({ type: z.literal('continue'), id, job: path }),
  z.strictObject({ type: z.literal('stop'), id, job: path, keep: z.boolean() }),
  z.strictObject({ type: z.literal('retune'), id, job: path, tuning }),
  z.strictObject({
    type: z.literal('watchInsights'),
    id,
    job: path,
    kind: z.enum(['reconstructions', 'layers', 'none']),
  }),
  z.strictObject({ type: z.literal('findFigure'), id, input: figureInputSchema }),
  z.strictObject({ type: z.literal('makeFigure'), id, figure: path }),
  z.strictObject({ type: z.literal('stopFigure'), id, figure: path }),
  z.strictObject({ type: z.literal('recipeOfCell'), id, figure: path, cell: path, size: counter }),
  z.strictObject({ type: z.literal('devices'), id }),
  z.strictObject({ type: z.literal('inspect'), id, image: path }),
  z.strictObject({ type: z.literal('convert'), id, image: path, to: path, side: counter }),
  z.strictObject({ type: z.literal('estimate'), id, plan }),
  z.strictObject({ type: z.literal('models'), id }),
  z.strictObject({ type: z.literal('describeRuntime'), id, variant }),
  z.strictObject({ type: z.literal('installRuntime'), id, variant }),
  z.strictObject({ type: z.literal('removeRuntime'), id }),
  z.strictObject({ type: z.literal('download'), id, model: path }),
  z.strictObject({ type: z.literal('importModel'), id, file: path }),
  z.strictObject({ type: z.literal('verifyModel'), id, model: path }),
  z.strictObject({ type: z.literal('cancel'), id, request: id }),
  z.strictObject({ type: z.literal('shutdown'), id }),
]);

// Losses may overflow to infinity before a run is given up; JSON makes null of that.
const loss = z
  .number()
  .nullable()
  .transform(value => value ?? NaN);
const losses = z.object({ terms: z.record(text, loss), total: loss });
const scale = z.tuple([counter, counter]);
const report = z.object({
  code: z.custom<ErrorCode>(value => typeof value === 'string'),
  message: text,
  next: text.exactOptional(),
  explanation: z.exactOptional(explanationSchema),
});

const events: z.ZodType<JobEvent> = z.discriminatedUnion('event', [
  z.object({ event: z.literal('queued'), at: text, behind: z.enum(['job', 'engine']).exactOptional() }),
  z.object({
    event: z.literal('started'),
    at: text,
    device: text,
    deviceTitle: text,
    deviceReason: z.exactOptional(messageSchema),
    resumedAtStep: counter,
    plan: z.array(z.object({ scale, steps: counter })),
  }),
  z.object({
    event: z.literal('scale'),
    scale,
    index: counter,
    count: counter,
    steps: counter,
    totalSteps: counter,
  }),
  z.object({ event: z.literal('step'), scale, step: counter, evaluations: counter, seconds: amount, losses }),
  z.object({ event: z.literal('frame'), file: path, step: counter, scale }),
  z.object({ event: z.literal('checkpoint'), step: counter }),
  z.object({ event: z.literal('retuned'), step: counter, strengths: weights }),
  z.object({ event: z.literal('paused'), step: counter }),
  z.object({ event: z.literal('continued'), step: counter }),
  z.object({ event: z.literal('device'), device: text, deviceTitle: text, reason: messageSchema }),
  z.object({ event: z.literal('done'), output: path, device: text, seconds: amount, peakRssMiB: amount }),
  z.object({ event: z.literal('stopped'), step: counter, output: path.exactOptional() }),
  z.object({ event: z.literal('interrupted'), error: report, resuming: z.boolean() }),
  z.object({ event: z.literal('failed'), error: report, kept: path.exactOptional() }),
]);

const figureEvents: z.ZodType<FigureEvent> = z.discriminatedUnion('event', [
  z.object({ event: z.literal('queued'), behind: z.enum(['job', 'engine']).exactOptional() }),
  z.object({ event: z.literal('started'), device: text, deviceTitle: text }),
  z.object({
    event: z.literal('cell'),
    id: text,
    state: z.enum(['draft', 'done']),
    file: path,
    relativeLoss: loss.exactOptional(),
    psnr: loss.exactOptional(),
    losses: z.object({ content: loss, style: loss }).exactOptional(),
  }),
  z.object({ event: z.literal('progress'), done: amount, cell: text.exactOptional() }),
  z.object({ event: z.literal('done'), sheet: path, page: path }),
  z.object({ event: z.literal('stopped') }),
  z.object({ event: z.literal('interrupted'), error: report, resuming: z.boolean() }),
  z.object({ event: z.literal('failed'), error: report }),
]);

const gramMap = z.object({ size: counter, values: z.array(loss) });
const insights: z.ZodType<Insight> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reconstruction'),
    id: text,
    of: z.enum(['content', 'style']),
    layers: z.array(text),
    state: z.enum(['waiting', 'running', 'done']),
    file: path.exactOptional(),
    progress: amount,
    relativeLoss: amount.exactOptional(),
  }),
  z.object({
    kind: z.literal('layer'),
    of: z.enum(['style', 'content']),
    layer: text,
    receptiveField: counter,
    channels: counter,
    meanActivation: z.number(),
    styleGram: gramMap.exactOptional(),
    resultGram: gramMap.exactOptional(),
    gradientOverlay: path.exactOptional(),
  }),
]);

const engineMessages: z.ZodType<EngineMessage> = z.union([
  z.object({ type: z.literal('reply'), id, ok: z.literal(true), value: z.unknown().optional() }),
  z.object({ type: z.literal('reply'), id, ok: z.literal(false), error: report }),
  z.object({ type: z.literal('progress'), id, done: amount, total: amount }),
  z.object({ type: z.literal('event'), job: path, event: events }),
  z.object({ type: z.literal('figure'), figure: path, event: figureEvents }),
  z.object({ type: z.literal('insight'), job: path, insight: insights }),
  z.object({ type: z.literal('log'), level: z.enum(['debug', 'info', 'warn', 'error']), message: text }),
]);

/** A request as it came over the wire; `undefined` for anything else. */
export function asRequest(value: unknown): RequestMessage | undefined {
  return requests.safeParse(value).data;
}

/** The number of something that should have been a request: whoever asked waits for a reply to it. */
export function idOf(value: unknown): number | undefined {
  return z.object({ id }).safeParse(value).data?.id;
}

/** A message of the engine as it came over the wire; `undefined` for anything else. */
export function asEngineMessage(value: unknown): EngineMessage | undefined {
  return engineMessages.safeParse(value).data;
}
