import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { expect, it, onTestFinished, vi } from 'vitest';
import { withOneEnding, writeRecipe } from '../../../src/extension/recipes/writeRecipe';

vi.mock('vscode', () => ({ Uri: { file: (fsPath: string) => ({ fsPath }) } }));

it.each([
  ['/a/sunset', '/a/sunset.atelier.json'],
  ['/a/sunset.json.atelier.json', '/a/sunset.atelier.json'],
  ['/a/sunset.atelier.json.atelier.json', '/a/sunset.atelier.json'],
  ['/a/sunset.atelier.json', '/a/sunset.atelier.json'],
  ['/a/v1.2.atelier.json', '/a/v1.2.atelier.json'],
  ['/a/.json', '/a/.json.atelier.json'],
])('a recipe that is to be %s is %s', (typed, file) => {
  expect(withOneEnding(typed)).toBe(file);
});

it('no file is replaced that was not named', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-recipe-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'sunset.atelier.json');
  const named = (name: string) => ({ fsPath: path.join(folder, name) }) as vscode.Uri;
  expect(await writeRecipe(named('sunset.json.atelier.json'), 'one')).toEqual({ fsPath: file });
  await expect(writeRecipe(named('sunset.json.atelier.json'), 'two')).rejects.toMatchObject({
    code: 'write-failed',
  });
  expect(fs.readFileSync(file, 'utf8')).toBe('one');
  await writeRecipe(named('sunset.atelier.json'), 'two');
  expect(fs.readFileSync(file, 'utf8')).toBe('two');
});
