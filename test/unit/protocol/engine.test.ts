import { describe, expect, it } from 'vitest';
import { msg, verbatim } from '../../../src/common/messages';
import {
  readEngineMessage,
  readReply,
  readRequest,
  type EngineMessage,
  type RequestMessage,
} from '../../../src/protocol/engine';
import type { FigureEvent } from '../../../src/protocol/figureEvent';
import type { JobEvent } from '../../../src/protocol/jobEvent';
import { pickHaving } from '../../../src/recipe/fields';
import { presets } from '../../../src/recipe/presets';

const settings = { device: 'auto', threads: 0, storage: '/s', mirror: '' } as const;
const requests: RequestMessage[] = [
  { type: 'hello', id: 1, settings },
  { type: 'hello', id: 1, settings: { ...settings, language: { tag: 'zh-cn', bundle: '/l10n/zh.json' } } },
  { type: 'hello', id: 1, settings: { ...settings, proxy: 'http://p:1', noProxy: ['host'] } },
  { type: 'run', id: 2, job: '/j' },
  { type: 'stop', id: 3, job: '/j', keep: true },
  { type: 'finish', id: 14, job: '/j' },
  { type: 'reorder', id: 15, order: ['/k', '/j'] },
  { type: 'retune', id: 4, job: '/j', tuning: { ratio: 0.1, styleLayers: { conv1_1: 2 } } },
  { type: 'convert', id: 5, image: '/a.tiff', to: '/a.png', side: 0 },
  { type: 'cancel', id: 6, request: 5 },
  {
    type: 'findFigure',
    id: 8,
    input: { kind: 'tradeoff', content: '/c', styles: ['swatch:mosaic'], size: 256, model: 'lite' },
  },
  {
    type: 'findFigure',
    id: 9,
    input: { kind: 'reconstructions', style: '/s', size: 256, steps: 20, model: 'lite' },
  },
  { type: 'makeFigure', id: 10, figure: '/f' },
  { type: 'stopFigure', id: 11, figure: '/f' },
  { type: 'recipeOfCell', id: 12, figure: '/f', cell: 'cell-1-1', size: 0 },
  {
    type: 'estimate',
    id: 13,
    plan: {
      ...pickHaving(presets.article, 'costs'),
      image: { width: 40, height: 30 },
    },
  },
  { type: 'shutdown', id: 7 },
];
const error = { code: 'engine-died', message: 'm', next: 'n' } as const;
const losses = { terms: { 'content:conv4_2': 1, tv: 0 }, total: 1 };
const events: JobEvent[] = [
  { event: 'queued', at: 'now', behind: 'job' },
  {
    event: 'started',
    at: 'now',
    device: 'cpu',
    deviceTitle: 'CPU',
    deviceReason: msg`${'CUDA'} failed`,
    resumedAtStep: 0,
    plan: [{ scale: [1, 2], steps: 3 }],
  },
  { event: 'scale', scale: [1, 2], index: 0, count: 1, steps: 3, totalSteps: 3 },
  { event: 'step', scale: [1, 2], step: 1, evaluations: 1, seconds: 0.5, losses },
  { event: 'frame', file: 'frames/1.jpg', step: 1, scale: [1, 2] },
  { event: 'checkpoint', step: 1 },
  { event: 'shortened', scales: 2 },
  { event: 'saved', output: '/elsewhere.png' },
  { event: 'retuned', step: 1, strengths: { 'style:conv1_1': 3, tv: 0 } },
  { event: 'paused', step: 1 },
  { event: 'continued', step: 1 },
  { event: 'device', device: 'wasm', deviceTitle: 'WebAssembly', reason: verbatim('r') },
  { event: 'done', output: '/r.png', device: 'cpu', seconds: 1, peakRssMiB: 2 },
  { event: 'stopped', step: 1, output: '/r.png' },
  { event: 'interrupted', error, resuming: true },
  { event: 'failed', error, kept: '/k.png' },
];
const figureEvents: FigureEvent[] = [
  { event: 'queued', behind: 'engine' },
  { event: 'started', device: 'cpu', deviceTitle: 'CPU' },
  { event: 'cell', id: 'cell-1-1', state: 'draft', file: 'cell-1-1.png' },
  { event: 'cell', id: 'a', state: 'done', file: 'a.png', relativeLoss: 0.1, psnr: 30 },
  { event: 'cell', id: 'b', state: 'done', file: 'b.png', losses: { content: 0.1, style: 0.2 } },
  { event: 'progress', done: 0.5, cell: 'a' },
  { event: 'done', sheet: '/f/sheet.png', page: '/f/index.html' },
  { event: 'stopped' },
  { event: 'interrupted', error, resuming: true },
  { event: 'failed', error },
];
const messages: EngineMessage[] = [
  { type: 'reply', id: 1, value: { pid: 3 } },
  { type: 'refusal', id: 1, error },
  { type: 'progress', id: 1, done: 1, total: 2 },
  { type: 'log', level: 'warn', message: 'm' },
  ...events.map((event): EngineMessage => ({ type: 'event', job: '/j', event })),
  ...figureEvents.map((event): EngineMessage => ({ type: 'figure', figure: '/f', event })),
];
/** As the channel between the processes does it. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('messages between the processes', () => {
  it.each(requests)('the request $type arrives', request =>
    expect(readRequest(sent(request))).toEqual(request),
  );
  it.each(messages)('the message %# arrives', message =>
    expect(readEngineMessage(sent(message))).toEqual(message),
  );

  it('a reply is what was asked for', () => {
    expect(readEngineMessage({ type: 'reply', id: 1 })).toEqual({ type: 'reply', id: 1 });
    expect(readReply('pause', undefined)).toBeUndefined();
    expect(readReply('run', { position: 2 })).toEqual({ position: 2 });
    expect(() => readReply('run', { pid: 2 })).toThrow();
    expect(() => readReply('convert', undefined)).toThrow();
  });

  it('losses that are no numbers arrive as such', () => {
    const step = { ...events[3], losses: { ...losses, total: Infinity } };
    const message = readEngineMessage(sent({ type: 'event', job: '/j', event: step }));
    expect(message).toMatchObject({ event: { losses: { terms: { tv: 0 }, total: NaN } } });
  });

  it.each([
    undefined,
    null,
    'run',
    {},
    { type: 'run', id: 1 },
    { type: 'run', id: -1, job: '/j' },
    { type: 'run', id: 1, job: '' },
    { type: 'erase', id: 1 },
    { type: 'stop', id: 1, job: '/j', keep: 'yes' },
    { type: 'retune', id: 1, job: '/j', tuning: { tv: -1 } },
    { type: 'retune', id: 1, job: '/j', tuning: { speed: 1 } },
    { type: 'hello', id: 1, settings: { ...settings, device: 'abacus' } },
    { type: 'findFigure', id: 1, input: { kind: 'reconstructions', size: 256, model: 'lite' } },
    {
      type: 'findFigure',
      id: 1,
      input: { kind: 'tradeoff', content: '/c', styles: [], size: 1, model: 'l' },
    },
  ])('%j is no request', value => expect(readRequest(value)).toBeUndefined());

  it.each([
    undefined,
    { type: 'reply' },
    { type: 'refusal', id: 1 },
    { type: 'event', job: '/j', event: { event: 'exploded' } },
    { type: 'event', job: '/j', event: { event: 'step', step: 1 } },
    { type: 'log', level: 'loud', message: 'm' },
  ])('%j is no message of the engine', value => expect(readEngineMessage(value)).toBeUndefined());
});
