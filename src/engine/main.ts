import { once } from 'node:events';
import { PROBE_ARGUMENT } from '../backends/probe';
import { AtelierError, reportError, reportOf } from '../common/errors';
import { msg } from '../common/messages';
import { version } from '../common/version';
import {
  EVALUATE_ARGUMENT,
  JUDGE_ARGUMENT,
  PAINT_ARGUMENT,
  type EvaluateRequest,
  type JudgeRequest,
  type PaintRequest,
} from './alone/requests';
import { answerQuery, isQuery, type Query } from './process/queries';
import {
  type EngineMessage,
  idOf,
  readRequest,
  type Replies,
  type Request,
  type RequestMessage,
} from '../protocol/engine';
import type { EngineSettings } from '../protocol/request';
import { useProxy } from './process/proxy';
import { JobQueue } from './process/queue';
import { InsightSubscription } from './insights/subscription';

/** A parent that is gone cannot be told anything; the engine follows it, at the latest after this time. */
const GRACE_MS = 5000;

let settings: EngineSettings | undefined;
/** Requests under way that can be given up. */
const cancellable = new Map<number, AbortController>();

/** Nobody is told any more: whoever started this engine finds everything on the disk. */
let exiting = false;

const subscription = new InsightSubscription((job, insight) => send({ type: 'insight', job, insight }));

const notUnderstood = reportOf('usage', {
  message: msg`The engine does not understand the request.`,
});

const queue = new JobQueue({
  subscription,
  settings: knownSettings,
  emit: (job, event) => send({ type: 'event', job, event }),
  emitFigure: (figure, event) => send({ type: 'figure', figure, event }),
  log: (level, message) => send({ type: 'log', level, message }),
});

function knownSettings(): EngineSettings {
  if (settings === undefined) throw new AtelierError('usage', msg`The engine has no settings yet.`);
  return settings;
}

function send(message: EngineMessage): void {
  if (process.connected && !exiting) process.send?.(message, undefined, undefined, () => undefined);
}

/** Answers one request. What takes long is awaited here; the channel goes on meanwhile. */
async function answer(request: RequestMessage): Promise<Replies[Request['type']]> {
  if (isQuery(request)) return ask(request);
  switch (request.type) {
    case 'hello':
      ({ settings } = request);
      useProxy(settings.proxy, settings.noProxy);
      return { pid: process.pid, version };
    case 'run':
      knownSettings();
      return { position: queue.add(request.job) };
    case 'reorder':
      queue.reorder(request.order);
      break;
    case 'pause':
      queue.control(request.job).pause();
      break;
    case 'continue':
      queue.control(request.job).continue();
      break;
    case 'stop':
      queue.stop(request.job, request.keep);
      break;
    case 'finish':
      queue.control(request.job).finish();
      break;
    case 'retune':
      queue.control(request.job).retune(request.tuning);
      break;
    case 'watchInsights':
      subscription.set(request.job, request.kind);
      queue.startInsights();
      break;
    case 'makeFigure':
      knownSettings();
      return { position: queue.addFigure(request.figure) };
    case 'stopFigure':
      queue.stopFigure(request.figure);
      break;
    case 'cancel':
      cancellable.get(request.request)?.abort();
      break;
    case 'shutdown':
      await queue.close();
      break;
  }
  return undefined;
}

async function ask(request: RequestMessage & Query): Promise<Replies[Query['type']]> {
  const { id } = request;
  const controller = new AbortController();
  cancellable.set(id, controller);
  let sentAt = 0;
  try {
    return await answerQuery(request, {
      settings: knownSettings(),
      signal: controller.signal,
      busy: queue.busy,
      onProgress: (done, total) => {
        // The network is faster than anyone can look.
        if (done < total && Date.now() - sentAt < 100) return;
        sentAt = Date.now();
        send({ type: 'progress', id, done, total });
      },
    });
  } finally {
    cancellable.delete(id);
  }
}

async function receive(message: unknown): Promise<void> {
  const request = readRequest(message);
  if (request === undefined) {
    send({ type: 'log', level: 'warn', message: `not a request: ${JSON.stringify(message).slice(0, 200)}` });
    const unanswered = idOf(message);
    if (unanswered !== undefined) send({ type: 'refusal', id: unanswered, error: notUnderstood });
    return;
  }
  const { id } = request;
  try {
    const value = await answer(request);
    send({ type: 'reply', id, value });
  } catch (error) {
    send({ type: 'refusal', id, error: reportError(error) });
  }
  // The parent may have gone meanwhile.
  if (request.type === 'shutdown' && process.connected) process.disconnect();
}

/** The parent has closed the channel, or died, or the system ends: keep what there is and go. */
function exitSoon(): void {
  exiting = true;
  setTimeout(() => process.exit(), GRACE_MS).unref();
  void queue.close().finally(() => process.exit());
}

/** The first message of a parent of the same version; what is done with it ends the process. */
async function firstMessage<T>(): Promise<T> {
  const [message] = (await once(process, 'message')) as [T];
  return message;
}

/** Serves the parent until it goes. */
function serve(): void {
  process.on('message', message => void receive(message));
  process.on('disconnect', exitSoon);
  process.on('SIGTERM', exitSoon);
  process.on('SIGHUP', exitSoon);
  // A Ctrl-C in a terminal reaches the whole group; the parent decides what becomes of the engine.
  process.on('SIGINT', () => undefined);
}

switch (process.argv[2]) {
  case PROBE_ARGUMENT:
    void import('../backends/probeChild').then(({ answerProbe }) => answerProbe());
    break;
  case PAINT_ARGUMENT:
    void firstMessage<PaintRequest>().then(async request =>
      (await import('./alone/paintAlone')).paintAlone(request),
    );
    break;
  case EVALUATE_ARGUMENT:
    void firstMessage<EvaluateRequest>().then(async request =>
      (await import('./alone/evaluateAlone')).evaluateAlone(request),
    );
    break;
  case JUDGE_ARGUMENT:
    void firstMessage<JudgeRequest>().then(async request =>
      (await import('./alone/evaluateAlone')).judgeAlone(request),
    );
    break;
  default:
    serve();
}
