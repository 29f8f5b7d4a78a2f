import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatLoss,
  formatPercent,
  formatSeconds,
} from '../../../src/webview/format';
import { imageEditorStrings } from '../../../src/webview/strings';

describe('numbers for people', () => {
  it.each([
    [0, '0:00'],
    [29.4, '0:29'],
    [59.6, '1:00'],
    [725, '12:05'],
    [3729, '1:02:09'],
    [-3, '0:00'],
    [Infinity, '0:00'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [0.01234, '0.0123'],
    [12.345, '12.3'],
    [0, '0'],
    [0.0000456, '4.56e-5'],
    [1234567, '1.23e6'],
    [NaN, '–'],
  ])('a loss of %d is %s', (loss, text) => {
    expect(formatLoss(loss, 'en')).toBe(text);
  });

  it.each([
    [812, '812 B'],
    [412_345, '412 kB'],
    [999_600, '1 MB'],
    [4_250_000, '4.3 MB'],
    [123_456_789, '123 MB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes, imageEditorStrings, 'en')).toBe(text);
  });

  it('follow the language', () => {
    expect(formatLoss(0.5, 'de')).toBe('0,5');
    expect(formatSeconds(0.1874, 'de')).toBe('0,187');
    expect(formatPercent(0.0123, 'en')).toBe('1.2%');
    expect(formatPercent(1, 'en')).toBe('100%');
  });
});
