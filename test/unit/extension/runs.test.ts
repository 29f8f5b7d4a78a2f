import { EventEmitter } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { EngineOwner } from '../../../src/extension/engine/engineOwner';
import { Runs } from '../../../src/extension/runs/runs';
import type { Settings } from '../../../src/extension/settings';
import { presets } from '../../../src/recipe/presets';

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
}));

let storage: string;
beforeEach(() => {
  storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-runs-'));
});
afterEach(() => fs.rmSync(storage, { recursive: true }));

it('a run that is taken out of the queue keeps nobody waiting when the storage is another one meanwhile', async () => {
  let moveStorage = () => undefined as void;
  const settings = {
    storage,
    onDidChangeStorage: (listener: () => void) => {
      moveStorage = listener;
      return { dispose: () => undefined };
    },
  };
  const engine = {
    onDidReceiveEvent: () => ({ dispose: () => undefined }),
    run: () => Promise.resolve({ position: 1 }),
    // The engine agrees, and is ended with the storage before it does anything.
    ask: () => Promise.resolve(undefined),
  };
  const runs = new Runs(engine as unknown as EngineOwner, settings as unknown as Settings);
  const recipe = { ...presets.studio, content: '/photo.png', styles: [{ image: '/style.png', weight: 1 }] };
  const { folder } = await runs.start(recipe);
  const dequeued = runs.dequeue(folder);
  settings.storage = path.join(storage, 'another');
  moveStorage();
  await dequeued;
  expect(runs.all).toEqual([]);
  expect(fs.existsSync(folder)).toBe(true);
});
