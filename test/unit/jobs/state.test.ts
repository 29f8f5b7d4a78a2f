import { describe, expect, it } from 'vitest';
import type { JobEvent } from '../../../src/protocol/jobEvent';
import { MAX_POINTS } from '../../../src/jobs/history';
import { initialState, isActive, MAX_FRAMES, reduceJob, type JobState } from '../../../src/jobs/state';
import { verbatim } from '../../../src/common/messages';

const plan = [
  { scale: [64, 48], steps: 10 },
  { scale: [128, 96], steps: 10 },
] as const;
const started = {
  event: 'started',
  at: '2025-01-01T00:00:00.000Z',
  device: 'cpu',
  deviceTitle: 'CPU',
  resumedAtStep: 0,
  plan,
} as const satisfies JobEvent;
const scale = (index: 0 | 1): JobEvent => ({
  event: 'scale',
  scale: plan[index].scale,
  index,
  count: 2,
  steps: 10,
  totalSteps: 20,
});
const step = (number: number, seconds = number): JobEvent => ({
  event: 'step',
  scale: [64, 48],
  step: number,
  evaluations: number + 1,
  seconds,
  losses: {
    terms: { 'content:conv4_2': 1 / number, 'style:conv1_1': 2 / number, tv: 3 },
    total: 10 / number,
  },
});
const frame = (number: number): JobEvent => ({
  event: 'frame',
  file: `frames/${number}.jpg`,
  step: number,
  scale: [64, 48],
});
const play = (events: readonly JobEvent[], from: JobState = initialState) => events.reduce(reduceJob, from);

describe('the state of a job', () => {
  it('follows a run from the queue to its result', () => {
    let state = play([{ event: 'queued', at: started.at, behind: 'engine' }]);
    expect(state).toMatchObject({ status: 'queued', behind: 'engine' });
    state = play([started, scale(0), step(1), { event: 'checkpoint', step: 1 }, frame(1)], state);
    expect(state).toMatchObject({
      status: 'running',
      device: 'cpu',
      totalSteps: 20,
      step: 1,
      evaluations: 2,
      checkpointStep: 1,
      losses: { total: 10 },
      frames: [{ file: 'frames/1.jpg', step: 1 }],
    });
    expect(state).not.toHaveProperty('behind');
    state = play([{ event: 'paused', step: 1 }], state);
    expect(state.status).toBe('paused');
    expect(isActive(state)).toBe(true);
    const done: JobEvent = { event: 'done', output: '/r.png', device: 'cpu', seconds: 4, peakRssMiB: 99 };
    state = play([{ event: 'continued', step: 1 }, step(2), done], state);
    expect(state).toMatchObject({ status: 'done', output: '/r.png', seconds: 4, peakRssMiB: 99 });
    expect(isActive(state)).toBe(false);
  });

  it('is never changed in place', () => {
    const before = play([started, scale(0), step(1), frame(1)]);
    const copy = structuredClone(before);
    play([step(2), frame(2), { event: 'failed', error: { code: 'internal', message: 'x' } }], before);
    expect(before).toEqual(copy);
  });

  it('estimates the time left by the pixels of the scales to come', () => {
    // The first step of a scale, 5 s here, includes its preparation and does not count.
    const state = play([started, scale(0), step(1, 5), step(2, 5.1), step(3, 5.2)]);
    expect(state.secondsPerStep).toBeCloseTo(0.1, 10);
    expect(state.secondsLeft).toBeCloseTo(0.1 * (7 + 4 * 10), 10);
    const next = play([scale(1), step(11, 9)], state);
    expect(next.secondsPerStep).toBeUndefined();
    expect(play([step(12, 9.4)], next).secondsLeft).toBeCloseTo(0.4 * 8, 10);
  });

  it('ends with fewer scales when that is asked for, and needs less time', () => {
    const three = [...plan, { scale: [256, 192], steps: 10 }] as const;
    const state = play([{ ...started, plan: three }, scale(0), step(1, 5), step(2, 5.1), step(3, 5.2)]);
    const shorter = reduceJob(state, { event: 'shortened', scales: 2 });
    expect(shorter).toMatchObject({ plan, totalSteps: 20, scales: 2 });
    expect(shorter.secondsLeft).toBeCloseTo(0.1 * (7 + 4 * 10), 10);
    expect(reduceJob(shorter, { ...started, resumedAtStep: 3 })).toMatchObject({ scales: 2, totalSteps: 20 });
  });

  it('voids what was recorded after the checkpoint that it is resumed from', () => {
    const events = [1, 2, 3, 4].flatMap(n => [step(n), frame(n)]);
    const retuned: JobEvent = { event: 'retuned', step: 4, strengths: { tv: 0 } };
    const died: JobEvent = {
      event: 'interrupted',
      error: { code: 'engine-died', message: 'gone' },
      resuming: true,
    };
    const dead = play([started, scale(0), ...events, retuned, died]);
    expect(dead).toMatchObject({ status: 'queued', error: { code: 'engine-died' } });
    const resumed = play([{ ...started, resumedAtStep: 2 }], dead);
    expect(resumed).toMatchObject({ status: 'running', step: 2, retunings: [] });
    expect(resumed.history.steps).toEqual([1, 2]);
    expect(resumed.history.terms['content:conv4_2']).toEqual([1, 0.5]);
    expect(resumed.frames.map(one => one.step)).toEqual([1, 2]);
    expect(resumed).not.toHaveProperty('error');
  });

  it('knows where a person has saved what only the job had', () => {
    const failed: JobEvent = {
      event: 'failed',
      error: { code: 'write-failed', message: 'x' },
      kept: '/job/r.png',
    };
    expect(play([started, failed, { event: 'saved', output: '/s.png' }])).toMatchObject({
      ...{ status: 'failed', kept: '/job/r.png', output: '/s.png' },
    });
  });

  it('keeps what was saved when a job is stopped or fails', () => {
    expect(play([started, { event: 'stopped', step: 3, output: '/s.png' }])).toMatchObject({
      status: 'stopped',
      output: '/s.png',
    });
    const error = { code: 'write-failed', message: 'full' } as const;
    expect(play([started, { event: 'failed', error, kept: '/j/result.png' }])).toMatchObject({
      status: 'failed',
      error,
      kept: '/j/result.png',
    });
    expect(play([{ event: 'interrupted', error, resuming: false }]).status).toBe('interrupted');
  });

  it('names the device that it had to change to', () => {
    const lost = verbatim('lost');
    const event: JobEvent = { event: 'device', device: 'wasm', deviceTitle: 'WebAssembly', reason: lost };
    expect(play([started, event])).toMatchObject({ device: 'wasm', deviceReason: lost });
    const again = { ...started, device: 'wasm', deviceTitle: 'WebAssembly', deviceReason: lost };
    expect(play([started, event, again])).toMatchObject({ deviceTitle: 'WebAssembly', deviceReason: lost });
    expect(play([started, event, started])).not.toHaveProperty('deviceReason');
  });

  it('stays small over a hundred thousand steps, and its curves stay whole', () => {
    const state = play([started, scale(0), ...Array.from({ length: 100_000 }, (_, i) => step(i + 1))]);
    const { steps, total, terms, stride } = state.history;
    expect(steps.length).toBeLessThan(MAX_POINTS);
    expect(steps.length).toBeGreaterThan(MAX_POINTS / 4);
    expect(steps[0]).toBe(1);
    expect(steps.slice(1).every((number, i) => number === (i + 1) * stride)).toBe(true);
    expect(100_000 - (steps.at(-1) ?? 0)).toBeLessThan(stride);
    expect(total).toEqual(steps.map(number => 10 / number));
    expect(terms['style:conv1_1']).toEqual(steps.map(number => 2 / number));
  });

  it('thins frames out and keeps the first and the latest', () => {
    const state = play([started, ...Array.from({ length: 1000 }, (_, i) => frame(i + 1))]);
    expect(state.frames.length).toBeLessThanOrEqual(MAX_FRAMES);
    expect(state.frames.length).toBeGreaterThan(MAX_FRAMES / 2);
    expect(state.frames[0]?.step).toBe(1);
    expect(state.frames.at(-1)?.step).toBe(1000);
  });
});
