import { describe, expect, it } from 'vitest';
import { presetFor } from '../../../src/recipe/presets';
import { ratioOf, strengthOf } from '../../../src/protocol/strength';
import { formatLength, parseLength, pixelsOf } from '../../../src/webview/common/look/print';
import { formatRatio, parseRatio } from '../../../src/webview/common/ratio';
import { reach, weightScale } from '../../../src/webview/studio/scales';

const STATISTICS = ['gram', 'bures', 'wasserstein'] as const;

describe.each(STATISTICS)('strength with the statistic %s', statistic => {
  it('begins with a light touch, ends where the picture dissolves, and goes there and back', () => {
    const ratios = Array.from({ length: 101 }, (_, strength) => ratioOf(strength, statistic));
    expect(ratios[0]).toBeGreaterThanOrEqual(1);
    expect(ratios[100]).toBeLessThanOrEqual(0.002);
    for (const [strength, ratio] of ratios.entries()) {
      expect(strengthOf(ratio, statistic)).toBeCloseTo(strength, 0);
      expect(ratio).toBeLessThan(ratios[strength - 1] ?? Infinity);
    }
  });

  it('has ends for ratios beyond the slider', () => {
    expect(strengthOf(0, statistic)).toBe(100);
    expect(strengthOf(1e-9, statistic)).toBe(100);
    expect(strengthOf(50, statistic)).toBe(0);
  });

  it('has what presets begin with in the middle', () => {
    const { ratio } = presetFor('studio', { statistics: statistic });
    expect(strengthOf(ratio, statistic)).toBeGreaterThan(40);
    expect(strengthOf(ratio, statistic)).toBeLessThan(70);
  });
});

describe('a ratio', () => {
  it.each([
    ['0.003', 0.003],
    [' 3e-3 ', 0.003],
    ['1:300', 1 / 300],
    ['1 / 300', 1 / 300],
    ['0,5', 0.5],
    ['0', 0],
  ])('is read from "%s"', (text, ratio) => {
    expect(parseRatio(text)).toBe(ratio);
  });

  it.each(['', 'much', '-1', '1:0', '1:2:3', '/3', 'Infinity'])('is not read from "%s"', text => {
    expect(parseRatio(text)).toBeUndefined();
  });

  it.each([
    [0.0033333, '0.00333'],
    [1e-5, '1e-5'],
    [0, '0'],
    [2, '2'],
  ])('%d is written %s, and read back', (ratio, text) => {
    expect(formatRatio(ratio)).toBe(text);
    expect(parseRatio(text)).toBeCloseTo(ratio, 4);
  });
});

describe('a size in print', () => {
  it.each([
    ['20', 20],
    ['20 cm', 20],
    ['17,5cm', 17.5],
    ['200 mm', 20],
    ['10 in', 25.4],
  ])('is read from "%s"', (text, centimetres) => {
    expect(parseLength(text)).toBeCloseTo(centimetres, 9);
  });

  it.each(['', 'wide', '0', '-3', '3 ft', '1.2.3'])('is not read from "%s"', text => {
    expect(parseLength(text)).toBeUndefined();
  });

  it('is pixels at a density, and reads well', () => {
    expect(pixelsOf(25.4, 300)).toBe(3000);
    expect(formatLength(3000, 300)).toBe('25.4 cm');
    expect([pixelsOf(0.01, 72), pixelsOf(1e6, 300)]).toEqual([16, 16_384]);
  });
});

describe('the scale of a weight', () => {
  it('begins at 0, ends at its reach, and goes there and back', () => {
    const scale = weightScale(5);
    expect(scale.toValue(0)).toBe(0);
    expect(scale.toValue(1)).toBe(5);
    expect(scale.toPosition(scale.toValue(0.37))).toBeCloseTo(0.37, 2);
  });

  it('reaches four times the largest weight, in round numbers', () => {
    expect(reach([0.2, 0.2])).toBe(1);
    expect(reach([60])).toBe(500);
    expect(reach([1, 0.5])).toBe(5);
    expect(reach([0])).toBe(1);
  });

  it('reads weights, and nothing else', () => {
    const { parse } = weightScale(1);
    expect(parse('1,5')).toBe(1.5);
    expect(parse('7')).toBe(7);
    expect(['', ' ', '-1', 'x', '1e999'].map(parse)).toEqual(Array(5).fill(undefined));
  });
});
