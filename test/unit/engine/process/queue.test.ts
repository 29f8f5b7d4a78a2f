import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FigureEvent } from '../../../../src/protocol/figureEvent';
import { createFigure, figureFiles, readFigure } from '../../../../src/engine/figures/storedFigure';
import { JobQueue } from '../../../../src/engine/process/queue';
import { InsightSubscription } from '../../../../src/engine/insights/subscription';

let storage: string;
let log: ReturnType<typeof vi.fn<(level: string, message: string) => void>>;
let events: { readonly figure: string; readonly event: FigureEvent }[];
let queue: JobQueue;
beforeEach(() => {
  storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-queue-'));
  log = vi.fn();
  events = [];
  queue = new JobQueue({
    settings: () => ({ device: 'cpu', threads: 0, storage, mirror: '' }),
    emit: () => undefined,
    emitFigure: (figure, event) => events.push({ figure, event }),
    log,
    subscription: new InsightSubscription(() => undefined),
  });
});
afterEach(async () => {
  await queue.close();
  fs.rmSync(storage, { recursive: true });
});

/** A figure whose image is not there, so that nothing is computed. */
const figure = () =>
  createFigure(storage, {
    ...{ kind: 'reconstructions', content: path.join(storage, 'none.png'), layers: ['conv1_1'] },
    ...{ size: 64, steps: 10, seed: 0, model: 'lite' },
  });
const ends = (folder: string) =>
  vi.waitFor(
    () => events.find(one => one.figure === folder && one.event.event === 'failed') ?? expect.fail('not yet'),
    10_000,
  );

describe('a figure in the queue', () => {
  it('whose folder is deleted fails alone', async () => {
    const [gone, next] = [figure(), figure()];
    queue.addFigure(gone);
    queue.addFigure(next);
    fs.rmSync(gone, { recursive: true });
    expect((await ends(gone)).event).toMatchObject({ error: { code: 'file-missing' } });
    await ends(next);
    expect(readFigure(next).state.status).toBe('failed');
    expect(readFigure(next).owner).toBeUndefined();
    expect(log).toHaveBeenCalledOnce();
    expect(log).toHaveBeenCalledWith('warn', expect.stringContaining(gone));
  });

  it('whose state cannot be written comes to its end all the same', async () => {
    const folder = figure();
    const state = path.join(folder, figureFiles.state);
    queue.addFigure(folder);
    fs.rmSync(state);
    fs.mkdirSync(path.join(state, 'in-the-way'), { recursive: true });
    expect((await ends(folder)).event).toMatchObject({ error: { code: expect.any(String) as string } });
    expect(fs.existsSync(path.join(folder, figureFiles.lock))).toBe(false);
  });

  it('that leaves the queue when its folder is gone lets go of everything', async () => {
    const [first, second] = [figure(), figure()];
    queue.addFigure(first);
    queue.addFigure(second);
    fs.rmSync(second, { recursive: true });
    queue.stopFigure(second);
    expect(events.at(-1)).toEqual({ figure: second, event: { event: 'stopped' } });
    await ends(first);
  });

  it('is not begun when the engine is about to end', async () => {
    const folder = figure();
    await queue.close();
    expect(() => queue.addFigure(folder)).toThrow('The engine has been closed.');
    expect(readFigure(folder)).toMatchObject({ state: { status: 'waiting' } });
  });
});

it('the queue takes those that wait in the order that is wished', async () => {
  const [first, second, third, fourth] = [figure(), figure(), figure(), figure()];
  for (const folder of [first, second, third, fourth]) queue.addFigure(folder);
  queue.reorder([fourth, first, second]);
  await Promise.all([second, third, fourth].map(ends));
  const ended = events.filter(({ event }) => event.event === 'failed').map(one => one.figure);
  expect(ended).toEqual([first, fourth, second, third]);
});
