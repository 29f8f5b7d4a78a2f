import { describe, expect, it } from 'vitest';
import { emptyHistory } from '../../../src/jobs/history';
import { applyUpdate, MAX_FRAMES, type PanelState } from '../../../src/webview/studio/panelState';
import type { LayerInsight } from '../../../src/protocol/run';
import type { Frame, Snapshot } from '../../../src/protocol/studio';
import { studioStrings } from '../../../src/protocol/strings';

const snapshot: Snapshot = {
  strings: studioStrings,
  locale: 'en',
  look: [],
  frames: [],
  history: emptyHistory,
  marks: [],
  reconstructions: [],
  insights: [],
};

function shown(more: Partial<Snapshot> = {}): PanelState {
  const state = applyUpdate(undefined, { type: 'snapshot', snapshot: { ...snapshot, ...more } });
  if (state === undefined) throw new Error('a snapshot gives a state');
  return state;
}

const frame = (step: number): Frame => ({ uri: `https://x/${step}.jpg`, step, scale: [64, 48] });
const losses = { terms: {}, total: 1 };

describe("the panel's state", () => {
  it('begins with a snapshot, not before', () => {
    expect(applyUpdate(undefined, { type: 'progress', points: [], frames: [frame(1)] })).toBeUndefined();
    expect(shown().curves.size).toBe(0);
  });

  it('takes new steps and tells that the curves changed', () => {
    const before = shown();
    const after = applyUpdate(before, {
      type: 'progress',
      frames: [],
      points: [1, 2, 3].map(step => ({ step, evaluations: step, seconds: step, losses })),
    });
    expect(after?.curves.latest?.step).toBe(3);
    expect(after?.revision).not.toBe(before.revision);
  });

  it('keeps what a message of progress has nothing new about', () => {
    const before = shown({ frames: [frame(1)], status: { phase: 'running', resumable: false } });
    const after = applyUpdate(before, { type: 'progress', points: [], frames: [] });
    expect(after).toEqual(before);
    const paused = applyUpdate(before, {
      type: 'progress',
      points: [],
      frames: [],
      status: { phase: 'paused', resumable: false },
    });
    expect(paused).toEqual({ ...before, status: { phase: 'paused', resumable: false } });
  });

  it('keeps a bounded number of frames, the newest among them', () => {
    let state: PanelState | undefined = shown();
    for (let step = 1; step <= 5 * MAX_FRAMES; step++)
      state = applyUpdate(state, { type: 'progress', points: [], frames: [frame(step)] });
    expect(state?.frames.length).toBeLessThanOrEqual(MAX_FRAMES);
    expect(state?.frames.at(0)?.step).toBe(1);
    expect(state?.frames.at(-1)?.step).toBe(5 * MAX_FRAMES);
  });

  it('replaces reconstructions by their ids', () => {
    const one = { id: 'a', kind: 'style', layers: ['conv1_1'], state: 'waiting', progress: 0 } as const;
    const state = shown({ reconstructions: [one, { ...one, id: 'b' }] });
    const next = applyUpdate(state, {
      type: 'reconstruction',
      reconstruction: { ...one, state: 'done', progress: 1 },
    });
    expect(next?.reconstructions.map(({ id, state: at }) => [id, at])).toEqual([
      ['a', 'done'],
      ['b', 'waiting'],
    ]);
  });

  it('keeps matrices that an update leaves out', () => {
    const gram = { size: 1, values: [1] };
    const facts = { layer: 'conv1_1', receptiveField: 3, channels: 16, meanActivation: 1 };
    const insight: LayerInsight = { kind: 'style', ...facts };
    const state = shown({ insights: [{ ...insight, styleGram: gram }] });
    const resultGram = { size: 1, values: [2] };
    const next = applyUpdate(state, { type: 'insights', insights: [{ ...insight, resultGram }] });
    expect(next?.insights).toEqual([{ ...insight, styleGram: gram, resultGram, gradientOverlay: undefined }]);
  });

  it('keeps a layer apart in its two parts', () => {
    const facts = { layer: 'conv4_1', receptiveField: 68, channels: 128, meanActivation: 1 };
    const insights: LayerInsight[] = [
      { kind: 'style', ...facts, gradientOverlay: 'style.png' },
      { kind: 'content', ...facts, gradientOverlay: 'content.png' },
    ];
    const next = applyUpdate(shown({ insights }), {
      type: 'insights',
      insights: [{ kind: 'content', ...facts, gradientOverlay: 'newer.png' }],
    });
    expect(next?.insights.map(({ kind, gradientOverlay }) => [kind, gradientOverlay])).toEqual([
      ['style', 'style.png'],
      ['content', 'newer.png'],
    ]);
  });

  it('marks a retune and takes over its controls', () => {
    const controls = { ratio: 0.1, tv: 1, styleLayers: {} };
    const next = applyUpdate(shown(), { type: 'retuned', mark: { step: 4, label: 'γ' }, controls });
    expect(next?.marks).toEqual([{ step: 4, label: 'γ' }]);
    expect(next?.controls).toBe(controls);
  });
});
