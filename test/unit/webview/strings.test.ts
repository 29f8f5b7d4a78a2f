import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill } from '../../../src/protocol/wording';
import { figureStrings, imageEditorStrings, studioStrings } from '../../../src/protocol/strings';

const root = path.resolve(__dirname, '../../../src');

function sources(): string {
  const names = fs.readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names
    .filter(name => /^webview.*\.ts$|^extension.figures.figureLayout\.ts$/.test(name))
    .map(name => fs.readFileSync(path.join(root, name), 'utf8'))
    .join('\n');
}

describe('texts', () => {
  it('are all used', () => {
    const text = sources();
    const keys = new Set(
      [studioStrings, imageEditorStrings, figureStrings].flatMap(strings => Object.keys(strings)),
    );
    // Texts reach a component as `strings.key`, as a unit of bytes or as the name of an intention's text.
    const uses = (key: string) =>
      new RegExp(`strings\\b[?]?\\.${key}\\b|text: '${key}'|readonly ${key}: string`).test(text);
    expect([...keys].filter(key => !uses(key))).toEqual([]);
  });

  it('are filled in by name, and keep what nobody gave', () => {
    expect(fill('Step {step} of {total}', { step: 3, total: '1,000' })).toBe('Step 3 of 1,000');
    expect(fill('{a}{b}', { a: '{b}' })).toBe('{b}{b}');
  });
});
