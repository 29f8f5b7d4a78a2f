import { describe, expect, it } from 'vitest';
import { AtelierError, reportError } from '../../../src/common/errors';
import { asEngineMessage } from '../../../src/engine/process/messages';
import { inWords, joined, phrase, verbatim, type Wording } from '../../../src/common/messages';

const shouted: Wording = {
  template: text => text.replace('is empty', 'IS EMPTY'),
  value: value => `<${value}>`,
};

describe('a phrase', () => {
  it('keeps its template and its values apart', () => {
    expect(phrase`${'a.png'} has ${3} channels.`).toEqual({
      template: '{0} has {1} channels.',
      values: ['a.png', 3],
    });
    expect(phrase`plain`).toEqual({ template: 'plain', values: [] });
  });

  it('is said in English, or in another wording, with its parts', () => {
    const whole = phrase`${phrase`${'a.png'} is empty`} and ${1200}`;
    expect(inWords(whole)).toBe('a.png is empty and 1200');
    expect(inWords(whole, shouted)).toBe('<a.png> IS EMPTY and <1200>');
  });

  it('takes values for what they are', () => {
    expect(inWords(phrase`${'{1}'} and ${'b'}`)).toBe('{1} and b');
    expect(inWords(verbatim('libvips: {0}'))).toBe('libvips: {0}');
    expect(inWords(joined([phrase`a`, phrase`b ${1}`], '; '))).toBe('a; b 1');
  });
});

describe('an error', () => {
  const error = new AtelierError('image-empty', phrase`${'/x/a.png'} is empty (0 bytes).`, {
    next: phrase`Save or copy the image again.`,
  });

  it('can be said in another language after it has crossed a process boundary', () => {
    const message = { type: 'reply', id: 1, ok: false, error: reportError(error) };
    const received = asEngineMessage(JSON.parse(JSON.stringify(message)));
    if (received?.type !== 'reply' || received.ok) throw new Error('no refusal');
    expect(received.error).toEqual(reportError(error));
    const again = AtelierError.of(received.error);
    expect(again).toMatchObject({
      code: 'image-empty',
      message: '/x/a.png is empty (0 bytes).',
      next: 'Save or copy the image again.',
    });
    expect(inWords(again.explanation.message, shouted)).toBe('</x/a.png> IS EMPTY (0 bytes).');
  });

  it('of a library keeps its words', () => {
    const report = reportError(new TypeError('x is not a function'));
    expect(report).toEqual({ code: 'internal', message: 'x is not a function' });
    expect(inWords(AtelierError.of(report).explanation.message)).toBe('x is not a function');
  });
});
