import { beforeEach, expect, it, vi } from 'vitest';
import { Endings } from '../../../src/extension/runs/endings';
import type { Run } from '../../../src/extension/runs/run';
import type { JobEvent } from '../../../src/protocol/jobEvent';

const { told, answers } = vi.hoisted(() => ({ told: [] as string[][], answers: [] as string[] }));

vi.mock('vscode', () => {
  const tell = (...said: string[]) => {
    told.push(said);
    return Promise.resolve(answers.shift());
  };
  return {
    l10n: {
      t: (text: string, ...values: unknown[]) =>
        text.replace(/\{(\d)\}/g, (_, n: string) => String(values[Number(n)])),
    },
    env: { language: 'en' },
    window: { showInformationMessage: tell, showWarningMessage: tell },
    commands: { executeCommand: vi.fn() },
  };
});

let tell: (run: Run, event: JobEvent['event']) => void;
let active: Run[];
let inSight: Run | undefined;
let notifyWhenDone: boolean;
const actions = { open: vi.fn(), compare: vi.fn(), retry: vi.fn() };
const show = vi.fn();

const run = (name: string, failed = false): Run =>
  ({
    folder: `/storage/jobs/${name}`,
    recipe: { content: `/photos/${name}.jpg`, styles: [{ image: '/mosaic.png' }] },
    state: failed
      ? { status: 'failed', error: { code: 'image-corrupt', message: 'The image is damaged.' } }
      : { status: 'done', output: `/photos/${name}-mosaic.png` },
  }) as unknown as Run;

beforeEach(() => {
  told.length = 0;
  answers.length = 0;
  active = [];
  inSight = undefined;
  notifyWhenDone = true;
  vi.clearAllMocks();
  const runs = {
    get active() {
      return active;
    },
    open: (folder: string) => Promise.resolve(folder),
    show,
    onDidReceiveEvent: (listener: (heard: { run: Run; event: { event: string } }) => void) => {
      tell = (one, event) => listener({ run: one, event: { event } });
      return { dispose: () => undefined };
    },
  };
  const settings = {
    get notifyWhenDone() {
      return notifyWhenDone;
    },
  };
  new Endings(runs as never, actions as never, settings as never, one => one === inSight, {} as never);
});

it('says what was saved, and opens it or compares it with the photograph', async () => {
  answers.push('Open', 'Compare');
  const one = run('lake');
  tell(one, 'done');
  tell(one, 'done');
  expect(told[0]).toEqual(['Saved lake-mosaic.png', 'Open', 'Compare']);
  await vi.waitFor(() => expect(actions.compare).toHaveBeenCalledWith(one));
  expect(actions.open).toHaveBeenCalledWith(one);
});

it('says what failed and why, and shows it', async () => {
  answers.push('Show');
  tell(run('lake', true), 'failed');
  expect(told).toEqual([['lake.jpg failed: The image is damaged.', 'Show']]);
  await vi.waitFor(() => expect(show).toHaveBeenCalledWith('/storage/jobs/lake'));
});

it('says nothing of what the person sees end, has stopped, or does not want to hear of', () => {
  inSight = run('lake');
  tell(inSight, 'done');
  tell(run('lake'), 'stopped');
  notifyWhenDone = false;
  tell(run('lake'), 'done');
  expect(told).toEqual([]);
});

it('tells of a queue once, at its end, and has what failed painted once more', async () => {
  const [one, other, third] = [run('one'), run('other', true), run('third')];
  inSight = one;
  active = [other, third];
  tell(one, 'done');
  active = [third];
  tell(other, 'failed');
  expect(told).toEqual([]);
  answers.push('Retry Failed');
  active = [];
  tell(third, 'done');
  expect(told).toEqual([['2 paintings are saved, 1 failed.', 'Retry Failed', 'Show Runs']]);
  await vi.waitFor(() => expect(actions.retry).toHaveBeenCalledWith([other]));
  // The next queue is another.
  tell(third, 'done');
  expect(told.at(-1)?.[0]).toBe('Saved third-mosaic.png');
});

it('tells of a queue whose last painting was stopped', () => {
  const [one, other] = [run('one'), run('other')];
  active = [other];
  tell(one, 'done');
  active = [];
  tell(other, 'stopped');
  expect(told.map(([said]) => said)).toEqual(['Saved one-mosaic.png']);
});
