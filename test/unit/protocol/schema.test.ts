import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { amount, loss, messages, text } from '../../../src/protocol/schema';

describe('a reader of messages', () => {
  const read = messages({ a: {}, b: { text, count: z.optional(amount) } });

  it('reads every message, and leaves out what it does not know', () => {
    expect(read({ type: 'a' })).toEqual({ type: 'a' });
    expect(read({ type: 'b', text: '' })).toEqual({ type: 'b', text: '' });
    expect(read({ type: 'b', text: '', count: 0, more: 1 })).toEqual({ type: 'b', text: '', count: 0 });
  });

  it.each([
    null,
    undefined,
    'a',
    [],
    {},
    { type: 'c' },
    { type: 'toString' },
    { type: '__proto__' },
    { type: 'b' },
    { type: 'b', text: 1 },
    { type: 'b', text: '', count: -1 },
    { type: 'b', text: '', count: NaN },
    { type: 'b', text: '', count: Infinity },
  ])('refuses %j', value => {
    expect(read(value)).toBeUndefined();
  });

  it('takes losses that are no numbers, as JSON carries them', () => {
    expect(loss.parse(null)).toBeNaN();
    expect(loss.safeParse('1').success).toBe(false);
  });
});
