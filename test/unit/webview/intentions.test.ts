import { describe, expect, it } from 'vitest';
import { controlsAct, steering, takesRetune } from '../../../src/webview/studio/intentions';
import { type Phase, PHASES } from '../../../src/protocol/run';

const texts = (phase: Phase, resumable: boolean) => steering({ phase, resumable }).map(({ text }) => text);

describe('what can be done with a run', () => {
  it.each([
    ['queued', ['cancel']],
    ['running', ['pause', 'stopAndKeep']],
    ['pausing', []],
    ['paused', ['continue', 'stopAndKeep']],
    ['done', ['openResult', 'runAgain']],
  ] as const)('%s: %j', (phase, expected) => {
    expect(texts(phase, false)).toEqual(expected);
  });

  it.each(['stopped', 'interrupted', 'failed'] as const)('%s: resume only from a checkpoint', phase => {
    expect(texts(phase, true)).toEqual(['resume', 'runAgain']);
    expect(texts(phase, false)).toEqual(['runAgain']);
  });

  it('offers to open the picture that was kept', () => {
    const kept = steering({ phase: 'stopped', resumable: true, savedAs: 'photo-atelier.png' });
    expect(kept.map(({ text }) => text)).toEqual(['openResult', 'resume', 'runAgain']);
    expect(kept.filter(({ primary }) => primary).map(({ text }) => text)).toEqual(['openResult']);
  });

  it('offers to save what nobody has saved yet', () => {
    const result = { name: 'still-life-atelier.png', uri: 'result.png' };
    const done = steering({ phase: 'done', resumable: false, result });
    expect(done.map(({ text }) => text)).toEqual(['saveAs', 'openResult', 'runAgain']);
    expect(done.filter(({ primary }) => primary).map(({ text }) => text)).toEqual(['saveAs']);
    const stopped = steering({ phase: 'stopped', resumable: true, result });
    expect(stopped.map(({ text }) => text)).toEqual(['saveAs', 'openResult', 'resume', 'runAgain']);
    const saved = steering({ phase: 'done', resumable: false, result, savedAs: 'photo-atelier.png' });
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
