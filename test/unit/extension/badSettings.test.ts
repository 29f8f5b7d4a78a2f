import * as os from 'node:os';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readRequest } from '../../../src/protocol/engine';
import { Settings } from '../../../src/extension/settings';
import { json } from './texts';

/** What the person's settings file says. */
const written = vi.hoisted(() => new Map<string, unknown>());
vi.mock('vscode', () => ({
  env: { language: 'en' },
  l10n: {},
  Uri: { file: (fsPath: string) => ({ fsPath }) },
  workspace: {
    getConfiguration: (section?: string) => ({
      get: (name: string) => written.get(name),
      inspect: (name: string) => ({ globalValue: written.get(`${section}.${name}`) }),
    }),
    getWorkspaceFolder: () => undefined,
  },
}));

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default: unknown }>>;
    }[];
  };
}
const manifest = json<Manifest>('package.json');
const defaults = manifest.contributes.configuration.flatMap(({ properties }) =>
  Object.entries(properties).map(([name, one]) => [name, one.default] as const),
);
/** What the settings are read for, all of it. */
const readAll = (settings: Settings) => ({
  ...{ engine: settings.engine, node: settings.node, storage: settings.storage, keepRuns: settings.keepRuns },
  ...{ model: settings.model, preset: settings.preset, size: settings.size, figures: settings.figures },
  ...{ naming: settings.naming, notifyWhenDone: settings.notifyWhenDone },
  ...{ stylePicker: settings.stylePicker },
  ...{ resume: settings.resume, output: settings.outputFolder('/photo.png') },
});

let refused: (readonly [string, unknown])[];
let settings: Settings;
beforeEach(() => {
  written.clear();
  for (const [name, value] of defaults)
    if (name !== 'atelier.model' && name !== 'atelier.size') written.set(name, value);
  refused = [];
  settings = new Settings('/storage', manifest, (name, value) => refused.push([name, value]));
});

const wrong = [null, true, 2.5, -1, 1e9, 'gpu', '', ['x', 1], { a: 1 }];
const names = [...defaults.map(([name]) => name), 'http.proxy', 'http.proxySupport', 'http.noProxy'];

describe('a setting that has a value which it cannot have', () => {
  it.each(names)('%s counts as if nobody had set it, and is named', name => {
    const usual = readAll(settings);
    for (const value of wrong) {
      written.set(name, value);
      refused = [];
      const read = readAll(settings);
      expect(readRequest({ type: 'hello', id: 1, settings: read.engine })).toBeDefined();
      if (refused.length === 0) continue;
      expect(refused).toEqual([[name, value]]);
      // It does not stand for the deletion of anything.
      const { keepRuns, ...others } = read;
      expect(others).toEqual({ ...usual, keepRuns: undefined });
      if (name.startsWith('atelier.keepRuns')) expect(Object.values(keepRuns)).toContain(Infinity);
    }
    // null, at least, is nothing that a setting can be.
    written.set(name, null);
    refused = [];
    readAll(settings);
    readAll(new Settings('/storage', manifest, (...one) => refused.push(one)));
    expect(refused).toEqual([[name, null]]);
  });

  it.each([
    ['atelier.device', 'gpu'],
    ['atelier.threads', 2.5],
    ['atelier.mirror', 5],
    ['atelier.preset', 'studios'],
    ['atelier.resume', 'maybe'],
    ['atelier.size', '512'],
    ['atelier.storage', 'beside/me'],
    ['atelier.keepRunsDays', 'never'],
    ['http.noProxy', 'localhost'],
  ])('is told once: %s %j', (name, value) => {
    written.set(name, value);
    readAll(settings);
    readAll(settings);
    expect(refused).toEqual([[name, value]]);
  });

  it('is also a Node.js that is none', () => {
    for (const node of ['/no/such/node', os.tmpdir()]) {
      written.set('atelier.node', node);
      expect(settings.node).toBeUndefined();
      expect(refused.at(-1)).toEqual(['atelier.node', node]);
    }
    written.set('atelier.node', process.execPath);
    expect(settings.node).toBe(process.execPath);
  });
});

describe('settings as they should be', () => {
  it('are handed on', () => {
    written.set('http.proxy', 'http://proxy:1');
    written.set('http.noProxy', ['host', '*.corp']);
    written.set('atelier.threads', 3);
    expect(settings.engine).toMatchObject({
      proxy: 'http://proxy:1',
      noProxy: ['host', '*.corp'],
      threads: 3,
    });
    written.set('http.proxySupport', 'off');
    expect(settings.engine.proxy).toBe('');
    expect(refused).toEqual([]);
  });
});
