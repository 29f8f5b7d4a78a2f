import { describe, expect, it } from 'vitest';
import { controlsAct, steering, takesRetune } from '../../../src/webview/studio/intentions';
import { type Phase, PHASES } from '../../../src/protocol/run';

const texts = (phase: Phase, resumable: boolean) => steering({ phase, resumable }).map(({ text }) => text);

describe('what can be done with a run', () => {
  it.each([
    ['queued', ['cancel']],
    ['running', ['pause', 'stopAndKeep', 'discard']],
    ['pausing', []],
    ['paused', ['continue', 'stopAndKeep', 'discard']],
    ['done', ['openResult', 'runAgain']],
  ] as const)('%s: %j', (phase, expected) => {
    expect(texts(phase, false)).toEqual(expected);
  });

  it.each(['stopped', 'interrupted', 'failed'] as const)('%s: resume only from a checkpoint', phase => {
    expect(texts(phase, true)).toEqual(['resume', 'runAgain', 'discard']);
    expect(texts(phase, false)).toEqual(['runAgain', 'discard']);
  });

  it('saves nothing by itself before the last scale, and asks what is to become of the picture', () => {
    const scale = [64, 48] as const;
    const at = (scaleIndex: number) => ({
      ...{ scale, scaleIndex, step: 3, totalSteps: 8, evaluations: 3, seconds: 1 },
      plan: [0, 1].map(() => ({ scale, steps: 4 })),
    });
    const halt = (scaleIndex: number) =>
      steering({ phase: 'running', resumable: false, progress: at(scaleIndex) })[1]!;
    expect(halt(1)).toMatchObject({ text: 'stopAndKeep', request: { type: 'stop', keep: true } });
    const { text, request, choices = [] } = halt(0);
    expect([text, request]).toEqual(['stop', undefined]);
    expect(choices.map(one => [one.text, one.request?.type])).toEqual([
      ['keepAsItIs', 'stop'],
      ['finishAtThisSize', 'finish'],
      ['discard', 'discard'],
      ['goOn', undefined],
    ]);
  });

  it('does not offer to discard a finished painting that is saved nowhere else', () => {
    const result = { name: 'photo.png', uri: 'result.png' };
    const failed = steering({ phase: 'failed', resumable: true, result });
    expect(failed.map(({ text }) => text)).toEqual(['resume', 'runAgain']);
  });

  it('offers to open the picture that was kept', () => {
    const kept = steering({ phase: 'stopped', resumable: true, savedAs: 'photo-mosaic.png' });
    expect(kept.map(({ text }) => text)).toEqual(['openResult', 'resume', 'runAgain']);
    expect(kept.filter(({ primary }) => primary).map(({ text }) => text)).toEqual(['openResult']);
  });

  it('offers to save what nobody has saved yet', () => {
    const result = { name: 'still-life-mosaic.png', uri: 'result.png' };
    const done = steering({ phase: 'done', resumable: false, result });
    expect(done.map(({ text }) => text)).toEqual(['saveAs', 'openResult', 'runAgain']);
    expect(done.filter(({ primary }) => primary).map(({ text }) => text)).toEqual(['saveAs']);
    const stopped = steering({ phase: 'stopped', resumable: true, result });
    expect(stopped.map(({ text }) => text)).toEqual(['saveAs', 'openResult', 'resume', 'runAgain']);
    const saved = steering({ phase: 'done', resumable: false, result, savedAs: 'photo-mosaic.png' });
    expect(saved.map(({ text }) => text)).toEqual(['openResult', 'runAgain']);
  });

  it('has one likely thing to do at most', () => {
    for (const phase of PHASES)
      expect(
        steering({ phase, resumable: true }).filter(({ primary }) => primary).length,
      ).toBeLessThanOrEqual(1);
  });

  it('retunes what the engine holds', () => {
    expect(PHASES.filter(takesRetune)).toEqual(['starting', 'running', 'pausing', 'paused']);
    expect(controlsAct('done')).toBe('next');
  });
});
