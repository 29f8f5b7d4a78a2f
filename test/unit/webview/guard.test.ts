import { describe, expect, it } from 'vitest';
import { isNumbers, message, isString, isAmount, optional } from '../../../src/webview/common/guard';

describe('message guards', () => {
  const isMessage = message<{ type: 'a' } | { type: 'b'; text: string; count?: number | undefined }>({
    a: {},
    b: { text: isString, count: optional(isAmount) },
  });

  it('accept every member of the union', () => {
    expect(isMessage({ type: 'a' })).toBe(true);
    expect(isMessage({ type: 'b', text: '' })).toBe(true);
    expect(isMessage({ type: 'b', text: '', count: 0 })).toBe(true);
  });

  it.each([
    null,
    undefined,
    'a',
    [],
    {},
    { type: 'c' },
    { type: 'toString' },
    { type: 'b' },
    { type: 'b', text: 1 },
    { type: 'b', text: '', count: -1 },
    { type: 'b', text: '', count: NaN },
    { type: 'b', text: '', count: Infinity },
  ])('refuse %j', value => {
    expect(isMessage(value)).toBe(false);
  });

  it('take columns with gaps, as JSON carries NaN', () => {
    expect(isNumbers([1, null, 2])).toBe(true);
    expect(isNumbers([1, '2'])).toBe(false);
  });
});
