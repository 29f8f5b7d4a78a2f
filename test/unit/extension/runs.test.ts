import { EventEmitter } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineOwner } from '../../../src/extension/engine/engineOwner';
import { Discarding } from '../../../src/extension/runs/discarding';
import { askForName } from '../../../src/extension/runs/renaming';
import { Runs } from '../../../src/extension/runs/runs';
import { runTitle } from '../../../src/extension/runs/runTitle';
import type { Settings } from '../../../src/extension/settings';
import { readJob } from '../../../src/jobs/folder';
import type { JobEvent } from '../../../src/protocol/jobEvent';
import { presets } from '../../../src/recipe/presets';

interface Question {
  readonly value: string;
  readonly validateInput: (text: string) => string | undefined;
}

const { said, questions, answers } = vi.hoisted(() => ({
  said: [] as { text: string; press: (button?: string) => void }[],
  questions: [] as Question[],
  answers: [] as (string | undefined)[],
}));

vi.mock('vscode', () => ({
  EventEmitter: class {
    private readonly emitter = new EventEmitter();
    readonly event = (listener: (value: unknown) => void) => {
      this.emitter.on('fired', listener);
      return { dispose: () => this.emitter.off('fired', listener) };
    };
    fire(value: unknown): void {
      this.emitter.emit('fired', value);
    }
  },
  l10n: {
    t: (text: string, ...values: unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, n: string) => String(values[Number(n)])),
  },
  env: { language: 'en' },
  window: {
    showInputBox: (question: Question) => {
      questions.push(question);
      return Promise.resolve(answers.shift());
    },
    showInformationMessage: (text: string) =>
      new Promise<string | undefined>(press => said.push({ text, press })),
    showErrorMessage: (text: string) => {
      said.push({ text, press: () => undefined });
      return Promise.resolve(undefined);
    },
  },
}));

let storage: string;
let moveStorage = () => undefined as void;
let tell: (job: string, event: JobEvent) => void;
let asked: unknown[];
let settings: { storage: string };
let runs: Runs;
/** What the engine does when it is asked. */
let engineDoes: (request: { readonly type: string; readonly job: string }) => void;

const recipe = { ...presets.studio, content: '/photo.png', styles: [{ image: '/style.png', weight: 1 }] };
const stopped: JobEvent = { event: 'stopped', step: 0 };

// What it loads with the first job takes a while.
beforeAll(() => import('../../../src/extension/deferred'), 60_000);
beforeEach(() => {
  storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-runs-'));
  said.length = 0;
  asked = [];
  settings = Object.assign(
    { storage },
    {
      onDidChangeStorage: (listener: () => void) => {
        moveStorage = listener;
        return { dispose: () => undefined };
      },
    },
  );
  engineDoes = ({ type, job }) => type === 'stop' && tell(job, stopped);
  const engine = {
    onDidReceiveEvent: (listener: (heard: { job: string; event: JobEvent }) => void) => {
      tell = (job, event) => listener({ job, event });
      return { dispose: () => undefined };
    },
    run: (job: string) => {
      asked.push({ type: 'run', job });
      return Promise.resolve({ position: 1 });
    },
    ask: (request: { readonly type: string; readonly job: string }) => {
      asked.push(request);
      engineDoes(request);
      return Promise.resolve(undefined);
    },
  };
  runs = new Runs(engine as unknown as EngineOwner, settings as unknown as Settings);
});
afterEach(() => {
  vi.useRealTimers();
  fs.rmSync(storage, { recursive: true });
});

it('a run that is discarded keeps nobody waiting when the storage is another one meanwhile', async () => {
  const { folder } = await runs.start(recipe);
  // The engine agrees, and is ended with the storage before it does anything.
  engineDoes = () => undefined;
  const discarded = runs.discard(folder);
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  settings.storage = path.join(storage, 'another');
  moveStorage();
  await discarded;
  expect(runs.all).toEqual([]);
  expect(fs.existsSync(folder)).toBe(true);
});

it('a painting that a person has saved is known to have a file, here and in its folder', async () => {
  const { folder } = await runs.start(recipe);
  tell(folder, { event: 'done', output: '/ours.png', device: 'cpu', seconds: 1, peakRssMiB: 1 });
  await runs.noteSaved(folder, '/album/lake.png');
  expect(runs.get(folder)?.state).toMatchObject({ status: 'done', output: '/album/lake.png' });
  expect(readJob(folder).state.output).toBe('/album/lake.png');
  expect(fs.readdirSync(folder)).not.toContain('lock.json');
});

describe('renaming', () => {
  const titles = () => runs.all.map(runTitle);

  it('is kept with the run, while it is painted and after a reload, and is taken back by an empty name', async () => {
    const { folder } = await runs.start(recipe);
    answers.push('  The lake at dawn ');
    await askForName(runs.get(folder)!, runs);
    expect(questions.at(-1)?.value).toBe('photo.png · style');
    tell(folder, stopped);
    expect(titles()).toEqual(['The lake at dawn']);
    // What was asked, and so the name of the file, is as it was.
    expect(readJob(folder)).toMatchObject({ name: 'The lake at dawn', recipe });
    moveStorage();
    await runs.ensureLoaded();
    expect(titles()).toEqual(['The lake at dawn']);
    answers.push('');
    await askForName(runs.get(folder)!, runs);
    expect(titles()).toEqual(['photo.png · style']);
    expect(readJob(folder).name).toBeUndefined();
  });

  it('tells the views, and does nothing for a question that is dismissed, or the same name', async () => {
    const { folder } = await runs.start(recipe);
    const told = vi.fn();
    runs.onDidChangeList(told);
    answers.push(undefined, 'photo.png · style');
    await askForName(runs.get(folder)!, runs);
    await askForName(runs.get(folder)!, runs);
    expect(told).not.toHaveBeenCalled();
    expect(fs.readdirSync(folder)).not.toContain('notes.json');
    answers.push('Dawn');
    await askForName(runs.get(folder)!, runs);
    expect(told).toHaveBeenCalledOnce();
    expect(questions.at(-1)?.validateInput('x'.repeat(121))).toBe('A name has at most 120 characters.');
    expect(questions.at(-1)?.validateInput('x'.repeat(120))).toBeUndefined();
  });

  it('is not misled by notes that are not understood', async () => {
    const { folder } = await runs.start(recipe);
    for (const text of ['{', '{"name": 7}', '[]']) {
      fs.writeFileSync(path.join(folder, 'notes.json'), text);
      expect(readJob(folder).name).toBeUndefined();
    }
  });
});

describe('discarding', () => {
  const log = { warn: vi.fn(), error: vi.fn() };
  const discarding = () => new Discarding(runs, log as never);
  const stored = () => fs.readdirSync(path.join(storage, 'jobs'));

  it('stops what is at work, and takes it away at once; taken back, it goes on and is shown', async () => {
    const shown = vi.fn();
    runs.onDidAskToShow(shown);
    const run = await runs.start(recipe);
    await discarding().discard([run]);
    expect(asked.at(-1)).toEqual({ type: 'stop', job: run.folder, keep: false });
    expect(runs.all).toEqual([]);
    expect(said.map(({ text }) => text)).toEqual(['Discarded "photo.png · style".']);
    said[0]!.press('Undo');
    await vi.waitFor(() => expect(shown).toHaveBeenCalledOnce());
    expect(asked.at(-1)).toEqual({ type: 'run', job: run.folder });
    expect(stored()).toEqual([path.basename(run.folder)]);
  });

  it('deletes after ten seconds, and not before', async () => {
    const run = await runs.start(recipe);
    vi.useFakeTimers();
    await discarding().discard([run]);
    await vi.advanceTimersByTimeAsync(9900);
    expect(stored()).toEqual([`.discarded-${path.basename(run.folder)}`]);
    vi.advanceTimersByTime(200);
    vi.useRealTimers();
    await vi.waitFor(() => expect(stored()).toEqual([]));
    // Whoever finds the button later is told.
    said[0]!.press('Undo');
    await vi.waitFor(() => expect(said.at(-1)?.text).toBe('It is too late to restore this run.'));
  });

  it('offers to take back several at once, in their order', async () => {
    const all = [await runs.start(recipe), await runs.start({ ...recipe, content: '/other.png' })];
    await discarding().discard(all);
    expect(said.map(({ text }) => text)).toEqual(['Discarded 2 runs.']);
    said[0]!.press('Undo');
    await vi.waitFor(() => expect(runs.active).toHaveLength(2));
    expect(asked.slice(-2)).toEqual(all.map(({ folder }) => ({ type: 'run', job: folder })));
  });

  it('takes out of the queue what has painted something, and discards only what has not', async () => {
    const [begun, waiting] = [await runs.start(recipe), await runs.start(recipe)];
    tell(begun.folder, { event: 'checkpoint', step: 3 });
    await discarding().cancel([runs.get(begun.folder)!, waiting]);
    expect(runs.all.map(({ folder, state }) => [folder, state.status])).toEqual([[begun.folder, 'stopped']]);
  });

  it('takes along what ends while it is discarded', async () => {
    const run = await runs.start(recipe);
    const done: JobEvent = { event: 'done', output: '/o.png', device: 'cpu', seconds: 1, peakRssMiB: 1 };
    engineDoes = ({ job }) => {
      tell(job, done);
      throw new Error('The job is not running.');
    };
    await discarding().discard([run]);
    expect(runs.all).toEqual([]);
    // It was not stopped by that, and is not begun again.
    said[0]!.press('Undo');
    await vi.waitFor(() => expect(runs.all).toHaveLength(1));
  });
});
