import { describe, expect, it } from 'vitest';
import { formatRatio, parseRatio, ratioOf, strengthOf } from '../../../src/webview/common/strength';
import { reach, weightScale } from '../../../src/webview/studio/scales';

describe('strength', () => {
  it.each([
    [0, 1],
    [20, 0.1],
    [50, 0.00316],
    [100, 0.00001],
  ])('%d is α/β = %d', (strength, ratio) => {
    expect(ratioOf(strength)).toBe(ratio);
    expect(strengthOf(ratio)).toBeCloseTo(strength, 1);
  });

  it('has ends for ratios beyond the slider', () => {
    expect(strengthOf(0)).toBe(100);
    expect(strengthOf(1e-9)).toBe(100);
    expect(strengthOf(50)).toBe(0);
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
