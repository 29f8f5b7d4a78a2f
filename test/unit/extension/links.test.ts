import { describe, expect, it, vi } from 'vitest';
import { readLink } from '../../../src/extension/agents/links';

vi.mock('vscode', () => ({}));

describe('a link', () => {
  const read = (path: string, query = '') => readLink({ path, query });

  it('leads to a run, or to a recipe', () => {
    const run = '20250131-120000-000-1a2b';
    expect(read(`/run/${run}`)).toEqual({ kind: 'run', run });
    const file = '/home/me/oil.atelier.json';
    expect(read('/recipe', file)).toEqual({ kind: 'recipe', file });
    expect(read('/recipe', '/home/me/../you/oil.atelier.json')).toMatchObject({
      file: '/home/you/oil.atelier.json',
    });
  });

  it.each([
    ['/run/..', ''],
    ['/run/20250131-120000-000-1a2b/..', ''],
    ['/run/', ''],
    ['/recipe', ''],
    ['/recipe', 'oil.atelier.json'],
    ['/recipe', '/etc/passwd'],
    ['/recipe', '//server/share/oil.atelier.json'],
    ['/recipe', '\\\\server\\share\\oil.atelier.json'],
    ['/recipe', '/tmp/a\0.atelier.json'],
    ['/stylize', '/home/me/photo.jpg'],
    ['/', ''],
  ])('leads nowhere else: %j %j', (path, query) => {
    expect(read(path, query)).toBeUndefined();
  });
});
