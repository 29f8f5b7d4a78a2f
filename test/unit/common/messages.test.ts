import { describe, expect, it } from 'vitest';
import { AtelierError, reportError } from '../../../src/common/errors';
import { readEngineMessage } from '../../../src/protocol/engine';
import { formatMessage, joinMessages, msg, verbatim, type MessageFormat } from '../../../src/common/messages';

const shouted: MessageFormat = {
  template: text => text.replace('is empty', 'IS EMPTY'),
  value: value => `<${value}>`,
};

describe('a message', () => {
  it('keeps its template and its values apart', () => {
    expect(msg`${'a.png'} has ${3} channels.`).toEqual({
      template: '{0} has {1} channels.',
      values: ['a.png', 3],
    });
    expect(msg`plain`).toEqual({ template: 'plain', values: [] });
  });

  it('is said in English, or in another wording, with its parts', () => {
    const whole = msg`${msg`${'a.png'} is empty`} and ${1200}`;
    expect(formatMessage(whole)).toBe('a.png is empty and 1200');
    expect(formatMessage(whole, shouted)).toBe('<a.png> IS EMPTY and <1200>');
  });

  it('takes values for what they are', () => {
    expect(formatMessage(msg`${'{1}'} and ${'b'}`)).toBe('{1} and b');
    expect(formatMessage(verbatim('libvips: {0}'))).toBe('libvips: {0}');
    expect(formatMessage(joinMessages([msg`a`, msg`b ${1}`], '; '))).toBe('a; b 1');
  });
});

describe('an error', () => {
  const error = new AtelierError('image-empty', msg`${'/x/a.png'} is empty (0 bytes).`, {
    next: msg`Save or copy the image again.`,
  });

  it('can be said in another language after it has crossed a process boundary', () => {
    const message = { type: 'refusal', id: 1, error: reportError(error) };
    const received = readEngineMessage(JSON.parse(JSON.stringify(message)));
    if (received?.type !== 'refusal') throw new Error('no refusal');
    expect(received.error).toEqual(reportError(error));
    const again = AtelierError.of(received.error);
    expect(again).toMatchObject({
      code: 'image-empty',
      message: '/x/a.png is empty (0 bytes).',
      next: 'Save or copy the image again.',
    });
    expect(formatMessage(again.explanation.message, shouted)).toBe('</x/a.png> IS EMPTY (0 bytes).');
  });

  it('of a library keeps its words', () => {
    const report = reportError(new TypeError('x is not a function'));
    expect(report).toEqual({ code: 'internal', message: 'x is not a function' });
    expect(formatMessage(AtelierError.of(report).explanation.message)).toBe('x is not a function');
  });
});
