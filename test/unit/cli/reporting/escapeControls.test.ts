import { describe, expect, it } from 'vitest';
import { escapeControls, escapeJson, escapeName } from '../../../../src/cli/reporting/escapeControls';
import { toJson } from '../../../../src/cli/reporting/json';
import { terminalText } from '../../../../src/cli/reporting/wording';
import { msg } from '../../../../src/common/messages';
import { commandLine } from '../stage/commandLine';

describe('control characters', () => {
  it.each([
    ['\x1b[31mred', '\\x1b[31mred'],
    ['a\rb\tc\x00d\x7f', 'a\\rb\\tc\\x00d\\x7f'],
    // The same commands in one character, and text that is turned around.
    ['\x9b31m\x85', '\\x9b31m\\x85'],
    ['photo\u202egnp.exe', 'photo\\u202egnp.exe'],
    ['line 1\nline 2', 'line 1\nline 2'],
    ['Füße 写真 🎨', 'Füße 写真 🎨'],
  ])('of %j are written out', (text, shown) => {
    expect(escapeControls(text)).toBe(shown);
  });

  it('in a name include the end of a line', () => {
    expect(escapeName('a\nb')).toBe('a\\nb');
    expect(terminalText(msg`${'a\nb\x1b'} is ${msg`missing: ${'\x07'}`} (${3}).`)).toBe(
      'a\\nb\\x1b is missing: \\x07 (3).',
    );
  });

  it('in JSON stay what they are for whoever reads it', () => {
    const value = { name: '\x1b[0m\x7f\x9b\u202e\n' };
    expect(toJson(value)).toBe('{"name":"\\u001b[0m\\u007f\\u009b\\u202e\\n"}');
    expect(JSON.parse(escapeJson(JSON.stringify(value)))).toEqual(value);
  });

  it.each([
    [['stylize', 'bad\x1b[31m\n.png', 'swatch:impasto'], 3, 'bad\\x1b[31m\\n.png does not exist'],
    [['stylize', '--bad\x1b[31m'], 2, "unknown option '--bad\\x1b[31m'"],
    [['run', 'bad\x1b]0;title\x07.json'], 3, 'bad\\x1b]0;title\\x07.json'],
    [['models', 'import', 'bad\x9b31m.h5'], 3, 'bad\\x9b31m.h5'],
    [['jobs', 'delete', 'bad\x1b[31m'], 3, 'bad\\x1b[31m'],
  ])('of %j never reach the terminal', async (argv, code, shown) => {
    const { stderr, ...rest } = await commandLine(...argv);
    expect(stderr).toContain(shown);
    expect(stderr).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
    expect(rest).toEqual({ code, stdout: '' });
  });
});
