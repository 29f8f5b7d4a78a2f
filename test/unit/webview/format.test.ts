import { describe, expect, it } from 'vitest';
import { formatPower } from '../../../src/protocol/wording';
import {
  formatBytes,
  formatDuration,
  formatLoss,
  formatPercent,
  formatSeconds,
  formatTick,
} from '../../../src/webview/common/format';
import { imageEditorStrings } from '../../../src/protocol/strings';

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

  it('have powers of ten as papers print them', () => {
    expect([1e-5, 0.002, 1, 3, 0.025, 10].map(formatPower)).toEqual([
      '10⁻⁵',
      '2·10⁻³',
      '1',
      '3',
      '2.5·10⁻²',
      '10¹',
    ]);
  });

  it('are short beside an axis', () => {
    expect(
      [0, 0.001, 0.5, 1000, 1e5, 1e7, 2e-4, 300000.00000000006].map(tick => formatTick(tick, 'en')),
    ).toEqual(['0', '0.001', '0.5', '1000', '10⁵', '10⁷', '2·10⁻⁴', '3·10⁵']);
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
    expect(formatSeconds(0.1874, 'de')).toBe('0,19');
    expect(formatPercent(0.0123, 'en')).toBe('1.2%');
    expect(formatPercent(1, 'en')).toBe('100%');
    expect([1e-5, 9e-6, 0].map(fraction => formatPercent(fraction, 'en'))).toEqual([
      '0.001%',
      '<0.001%',
      '0%',
    ]);
  });
});
