import { describe, expect, it } from 'vitest';
import { JsonReporter } from '../../../../src/cli/reporting/jsonReporter';
import { PlainReporter } from '../../../../src/cli/reporting/plainReporter';
import { amount, bar, bytes, duration } from '../../../../src/cli/reporting/wording';
import type { JobEvent } from '../../../../src/protocol/jobEvent';
import { initialState, reduceJob, type JobState } from '../../../../src/jobs/state';
import { verbatim } from '../../../../src/common/messages';

const events: JobEvent[] = [
  {
    event: 'started',
    at: '2025-01-01T00:00:00.000Z',
    device: 'cpu',
    deviceTitle: 'CPU',
    resumedAtStep: 0,
    plan: [{ scale: [96, 72], steps: 2 }],
  },
  { event: 'scale', scale: [96, 72], index: 0, count: 1, steps: 2, totalSteps: 2 },
  ...[1, 2].map((step): JobEvent => ({
    event: 'step',
    scale: [96, 72],
    step,
    evaluations: step + 1,
    seconds: step / 4,
    losses: {
      total: 9,
      terms: { 'content:conv4_2': 1, 'style:conv1_1': 2, 'style:conv2_1': 3, tv: 0.5 },
    },
  })),
  { event: 'frame', file: 'frames/000001.jpg', step: 1, scale: [96, 72] },
  { event: 'checkpoint', step: 2 },
];

function play(reporter: { event(event: JobEvent, state: JobState): void }, last: JobEvent): void {
  let state = initialState;
  for (const event of [...events, last]) reporter.event(event, (state = reduceJob(state, event)));
}

describe('JSON lines', () => {
  it('have the form that scripts rely on, to the letter', () => {
    const lines: string[] = [];
    const reporter = new JsonReporter(line => lines.push(line));
    play(reporter, { event: 'done', output: '/r.png', device: 'cpu', seconds: 0.5, peakRssMiB: 150 });
    expect(lines).toEqual([
      '{"event":"step","scale":[96,72],"step":1,"evaluations":2,"seconds":0.25,"losses":{"content":{"conv4_2":1},"style":{"conv1_1":2,"conv2_1":3},"tv":0.5,"total":9}}\n',
      '{"event":"step","scale":[96,72],"step":2,"evaluations":3,"seconds":0.5,"losses":{"content":{"conv4_2":1},"style":{"conv1_1":2,"conv2_1":3},"tv":0.5,"total":9}}\n',
      '{"event":"done","output":"/r.png","device":"cpu","seconds":0.5,"peakRssMiB":150}\n',
    ]);
  });

  it('say how a run ended otherwise', () => {
    const lines: string[] = [];
    const reporter = new JsonReporter(line => lines.push(line));
    reporter.event({ event: 'stopped', step: 3 });
    reporter.event({ event: 'failed', error: { code: 'internal', message: 'x' } });
    expect(lines.map(line => JSON.parse(line) as unknown)).toEqual([
      { event: 'stopped', step: 3 },
      { event: 'failed', error: { code: 'internal', message: 'x' } },
    ]);
  });
});

describe('plain lines', () => {
  it('say that another device computes than was to be expected', () => {
    const lines: string[] = [];
    const reporter = new PlainReporter(line => lines.push(line));
    const [started] = events;
    if (started?.event !== 'started') throw new Error('events begin with the start');
    reporter.event(started, initialState);
    expect(lines).toEqual([]);
    reporter.event({ ...started, deviceReason: verbatim('CUDA failed: no card.') }, initialState);
    expect(lines).toEqual(['CUDA failed: no card. Going on with CPU.\n']);
  });

  it('show the first and the last step with their losses', () => {
    const lines: string[] = [];
    play(new PlainReporter(line => lines.push(line)), { event: 'stopped', step: 2 });
    expect(lines).toEqual([
      'step 1 of 2   96 × 72   total 9   content 1   style 5   tv 0.5\n',
      'step 2 of 2   96 × 72   0.25 s/step   0 s left   total 9   content 1   style 5   tv 0.5\n',
    ]);
  });
});

describe('wording', () => {
  it.each([
    [0, '0 s'],
    [0.1234, '0.12 s'],
    [9.96, '10 s'],
    [59.6, '1 min 00 s'],
    [185, '3 min 05 s'],
    [3725, '1 h 02 min'],
  ])('%d seconds are %s', (seconds, words) => expect(duration(seconds)).toBe(words));

  it.each([
    [999, '999 bytes'],
    [1_620_000, '1.6 MB'],
    [52_000_000, '52 MB'],
    [2_500_000_000, '2.5 GB'],
  ])('%d bytes are %s', (count, words) => expect(bytes(count)).toBe(words));

  it('losses have four digits', () => {
    expect(amount(0.000123456)).toBe('0.0001235');
    expect(amount(NaN)).toBe('–');
  });

  it('a bar keeps its width', () => {
    expect(bar(0.5, 4)).toBe('██░░');
    expect(bar(7, 4)).toBe('████');
    expect(bar(-1, 4)).toBe('░░░░');
  });
});
