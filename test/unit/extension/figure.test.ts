import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FigureEvent } from '../../../src/protocol/figureEvent';
import type { StoredFigure } from '../../../src/engine/figures/storedFigure';
import { figureFromDisk, isActive, reduceFigure, secondsLeft } from '../../../src/extension/figures/figure';

const folder = path.resolve('/storage/figures/f');
const stored: StoredFigure = {
  folder,
  request: {
    ...{ kind: 'reconstructions', content: '/c.png', layers: ['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1'] },
    ...{ steps: 20, seed: 0, size: 64, model: 'lite' },
  },
  state: { createdAt: '2026-01-01T00:00:00.000Z', status: 'interrupted' },
  pictures: [{ id: 'content-conv1_1', file: 'content-conv1_1.png', relativeLoss: 0.1, psnr: 30 }],
  drafts: ['content-conv2_1'],
};
const error = { code: 'engine-died', message: 'm' } as const;
const after = (...events: readonly FigureEvent[]) =>
  events.reduce((figure, event) => reduceFigure(figure, event, 1000), figureFromDisk(stored, 5));

describe('a figure in the window', () => {
  it('is as its folder tells', () => {
    const figure = figureFromDisk(stored, 5);
    expect(figure).toMatchObject({ status: 'interrupted', done: 0.25, here: false, elsewhere: false });
    expect(figure.cells.get('content-conv1_1')).toMatchObject({ state: 'done', psnr: 30, version: 5 });
    expect(figure.cells.get('content-conv2_1')).toMatchObject({
      state: 'draft',
      file: path.join(folder, 'content-conv2_1.png'),
    });
    expect(figureFromDisk({ ...stored, owner: 7 }).elsewhere).toBe(true);
    expect(isActive(figure)).toBe(false);
  });

  it('waits, draws and is done', () => {
    expect(after({ event: 'queued', behind: 'job' })).toMatchObject({
      status: 'waiting',
      behind: 'job',
      here: true,
    });
    const drawing = after(
      { event: 'queued' },
      { event: 'started', device: 'cpu', deviceTitle: 'CPU' },
      { event: 'progress', done: 0.25, cell: 'content-conv2_1' },
      { event: 'cell', id: 'content-conv2_1', state: 'done', file: 'content-conv2_1.png', relativeLoss: 0.2 },
    );
    expect(drawing).toMatchObject({ status: 'running', device: 'CPU', current: 'content-conv2_1' });
    expect(isActive(drawing)).toBe(true);
    expect(drawing.cells.get('content-conv2_1')).toMatchObject({ state: 'done', relativeLoss: 0.2 });
    const done = reduceFigure(drawing, { event: 'done', sheet: '/s', page: '/p' });
    expect(done).toMatchObject({ status: 'done', done: 1, here: false });
    expect(isActive(done)).toBe(false);
  });

  it('gives a picture another version whenever its file is written, however fast', () => {
    const cell = { event: 'cell', id: 'a', state: 'draft', file: 'a.png' } as const;
    const versions = [after(cell), after(cell, cell), after(cell, cell, cell)].map(
      ({ cells }) => cells.get('a')?.version,
    );
    expect(versions).toEqual([1000, 1001, 1002]);
  });

  it('waits for the next engine when its engine dies, and forgets that when it goes on', () => {
    const waiting = after({ event: 'interrupted', error, resuming: true });
    expect(waiting).toMatchObject({ status: 'waiting', error, here: true });
    const again = reduceFigure(waiting, { event: 'started', device: 'cpu', deviceTitle: 'CPU' });
    expect(again).toMatchObject({ status: 'running', error: undefined });
    expect(after({ event: 'interrupted', error, resuming: false })).toMatchObject({
      status: 'interrupted',
      here: false,
    });
    expect(after({ event: 'failed', error })).toMatchObject({ status: 'failed', error, here: false });
    expect(after({ event: 'stopped' })).toMatchObject({ status: 'stopped', here: false });
  });

  it('tells the time that is left by its pace since it went on', () => {
    const figure = after({ event: 'progress', done: 0.25 });
    expect(secondsLeft(figure, 3000)).toBeUndefined();
    const later = reduceFigure(figure, { event: 'progress', done: 0.5 }, 3000);
    expect(secondsLeft(later, 3000)).toBeCloseTo(4);
  });
});
