import { describe, expect, it } from 'vitest';
import { emptyHistory } from '../../../src/jobs/history';
import {
  readEditorRequest,
  readEditorUpdate,
  type EditorRequest,
  type EditorSnapshot,
} from '../../../src/protocol/imageEditor';
import type { WholeLook } from '../../../src/protocol/look';
import { imageEditorStrings, studioStrings } from '../../../src/protocol/strings';
import {
  readStudioRequest,
  readStudioUpdate,
  type Snapshot,
  type StudioRequest,
  type StudioUpdate,
} from '../../../src/protocol/studio';

const look: WholeLook = {
  ...{ colors: 'style', statistics: 'bures', styleScale: 1, size: 512 },
  ...{ steps: 200, init: 'content', seed: 0 },
};

const snapshot: Snapshot = {
  strings: studioStrings,
  locale: 'en',
  look: [{ field: 'seed', label: 'Seed', choices: [] }],
  run: {
    id: 'a',
    content: { name: 'c.jpg', uri: 'https://x/c.jpg' },
    styles: [{ name: 's.jpg', uri: 'https://x/s.jpg', thumbnail: 'https://x/t.jpg' }],
    model: 'lite',
    statistics: 'mean and covariance',
    contentLayers: ['conv4_1'],
    styleLayers: ['conv1_1'],
    controls: { ratio: 0, tv: 60, styleLayers: { conv1_1: 1 } },
    look: look,
    fixedStatistics: false,
  },
  status: { phase: 'running', resumable: false },
  controls: { ratio: 0.003, tv: 60, styleLayers: { conv1_1: 1 } },
  frames: [{ uri: 'https://x/1.jpg', step: 1, scale: [64, 48] }],
  history: emptyHistory,
  marks: [{ step: 3, label: 'γ 60 → 20' }],
  reconstructions: [
    { id: 's1', kind: 'style', layers: ['conv1_1'], state: 'running', progress: 0.5, relativeLoss: 0.1 },
  ],
  insights: [
    {
      kind: 'style',
      layer: 'conv1_1',
      receptiveField: 3,
      channels: 16,
      meanActivation: 1,
      styleGram: { size: 2, values: [1, 2, 2, 4] },
    },
  ],
};

const point = {
  step: 1,
  evaluations: 1,
  seconds: 0.1,
  losses: { terms: { 'content:conv4_1': 0.1, 'style:conv1_1': 0.2, tv: 0.3 }, total: 1 },
};

/** As a message arrives: without what is undefined. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a snapshot', () => {
  const lacking = Object.fromEntries(Object.entries(studioStrings).slice(1));

  it.each<[string, object]>([
    ['without one of the texts', { strings: lacking }],
    ['with a text that is none', { strings: { ...studioStrings, emptyTitle: 3 } }],
    ['in a language that is none', { locale: '\u202e' }],
    ['in no language', { locale: '' }],
  ])('%s is refused, since the page could not show it', (_name, change) => {
    expect(readStudioUpdate({ type: 'snapshot', snapshot: { ...snapshot, ...change } })).toBeUndefined();
    expect(readStudioUpdate({ type: 'snapshot', snapshot: { ...snapshot, locale: 'zh-cn' } })).toBeDefined();
  });
});

describe('messages of the studio', () => {
  const updates: StudioUpdate[] = [
    { type: 'snapshot', snapshot },
    { type: 'snapshot', snapshot: { ...snapshot, run: undefined, status: undefined, controls: undefined } },
    { type: 'progress', points: [], frames: [], status: { phase: 'failed', resumable: true } },
    { type: 'progress', points: [point], frames: snapshot.frames },
    { type: 'retuned', mark: { step: 1, label: '' }, controls: { ratio: 1, tv: 0, styleLayers: {} } },
    { type: 'insights', insights: snapshot.insights },
    { type: 'command', command: 'copyImage' },
  ];
  it.each(updates)('update $type arrives', update => {
    expect(readStudioUpdate(sent(update))).toEqual(sent(update));
  });

  it.each([
    { type: 'snapshot', snapshot: { ...snapshot, frames: [{ uri: 1 }] } },
    { type: 'progress', points: [], frames: [], status: { phase: 'dreaming', resumable: false } },
    { type: 'progress', points: [{ ...point, losses: { ...point.losses, total: 'much' } }], frames: [] },
    { type: 'insights', insights: [{ ...snapshot.insights[0], styleGram: { size: 2, values: [1] } }] },
    { type: 'insights', insights: [{ ...snapshot.insights[0], styleGram: { size: 1e9, values: [] } }] },
  ])('update $type with a wrong field is refused', update => {
    expect(readStudioUpdate(sent(update))).toBeUndefined();
  });

  const requests: StudioRequest[] = [
    { type: 'ready' },
    { type: 'stop', keep: true },
    { type: 'finish' },
    { type: 'discard' },
    { type: 'cancel' },
    { type: 'showQueued' },
    { type: 'followQueue', follow: true },
    { type: 'resume' },
    { type: 'resume', tuning: { ratio: 0 } },
    { type: 'runAgain', tuning: { styleLayers: { conv1_1: 2 } }, look: { seed: 3 } },
    { type: 'saveAs', step: 12 },
    { type: 'retune', tuning: { tv: 3 } },
    { type: 'section', section: 'layers' },
    { type: 'dropStyle', uris: ['file:///a.png'] },
  ];
  it.each(requests)('request $type arrives', request => {
    expect(readStudioRequest(sent(request))).toEqual(request);
  });

  it('steps whose loss is no number arrive with the pictures beside them', () => {
    const points = [{ ...point, losses: { ...point.losses, total: Infinity } }];
    expect(readStudioUpdate(sent({ type: 'progress', points, frames: snapshot.frames }))).toMatchObject({
      points: [{ losses: { total: NaN } }],
      frames: snapshot.frames,
    });
  });

  it('takes the bytes of a dropped file as they are', () => {
    expect(readStudioRequest({ type: 'dropFile', name: 'a.png', bytes: new Uint8Array([1]) })).toBeDefined();
    expect(readStudioRequest({ type: 'dropFile', name: 'a.png', bytes: [1] })).toBeUndefined();
  });

  it.each([
    { type: 'stop' },
    { type: 'retune', tuning: { ratio: -1 } },
    { type: 'retune', tuning: { styleLayers: { conv1_1: '2' } } },
    { type: 'dropStyle', uris: 'file:///a.png' },
    { type: 'eval', code: '1' },
  ])('request $type with a wrong field is refused', request => {
    expect(readStudioRequest(request)).toBeUndefined();
  });
});

describe('messages of the image editor', () => {
  const editor: EditorSnapshot = {
    strings: imageEditorStrings,
    locale: 'zh-cn',
    image: { name: 'a.png', uri: 'https://x/a.png', format: 'PNG', bytes: 10 },
    results: [{ id: 'r', name: 'r.png', uri: 'https://x/r.png', detail: '', running: true }],
    styles: [{ id: 's', name: 's.png', uri: 'https://x/s.png' }],
    presets: [{ name: 'studio', label: 'Balanced', detail: '', look, ratios: { gram: 0.1 } }],
    preset: 'studio',
    look: snapshot.look,
    regions: [{ id: 'a', keep: false, label: 'Wave', mask: new Uint8Array(2) }],
  };

  it('understands a snapshot and commands', () => {
    expect(readEditorUpdate({ type: 'snapshot', snapshot: editor })).toBeDefined();
    expect(readEditorUpdate({ type: 'command', command: 'view:slider' })).toBeDefined();
    expect(readEditorUpdate({ type: 'run' })).toBeDefined();
  });

  it('refuses results without an id, and unknown commands', () => {
    const results = [{ name: 'r.png', uri: 'https://x/r.png', detail: '', running: true }];
    expect(readEditorUpdate({ type: 'results', results })).toBeUndefined();
    expect(readEditorUpdate({ type: 'command', command: 'view:hologram' })).toBeUndefined();
  });

  it('understands what the view asks', () => {
    const request: EditorRequest = {
      type: 'stylize',
      preset: 'paper',
      ratio: 0.003,
      size: 0,
      colors: 'match',
    };
    expect(readEditorRequest(request)).toBeDefined();
    for (const wrong of [
      { size: -1 },
      { colors: 'sepia' },
      { steps: 0.5 },
      { styleScale: 9 },
      { preset: 'x' },
    ])
      expect(readEditorRequest({ ...request, ...wrong })).toBeUndefined();
    expect(readEditorRequest({ type: 'openResult' })).toBeUndefined();
  });
});
