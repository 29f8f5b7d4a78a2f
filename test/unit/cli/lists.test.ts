import { describe, expect, it } from 'vitest';
import { parseLayers } from '../../../src/cli/layers';
import { joinLists, parseNumber } from '../../../src/cli/lists';

describe('lists on the command line', () => {
  it('may be written with spaces, without swallowing what follows', () => {
    const argv = 'stylize --style-layers conv1_1 conv2_1=2 a.png b.png --layer-weights 1 -2 .5 c.png'.split(
      ' ',
    );
    expect(joinLists(argv)).toEqual(
      'stylize --style-layers conv1_1,conv2_1=2 a.png b.png --layer-weights 1,-2,.5 c.png'.split(' '),
    );
  });

  it('may be written with commas, or both', () => {
    expect(joinLists(['--style-layers', 'conv1_1,', 'conv2_1', '--json'])).toEqual([
      '--style-layers',
      'conv1_1,conv2_1',
      '--json',
    ]);
    expect(joinLists(['--size', '0', '1.png'])).toEqual(['--size', '0', '1.png']);
    expect(joinLists(['--content-layers'])).toEqual(['--content-layers']);
  });

  it('name layers, with or without weights', () => {
    expect(parseLayers('conv1_1, conv4_2=0.5')).toEqual([
      { layer: 'conv1_1', weight: undefined },
      { layer: 'conv4_2', weight: 0.5 },
    ]);
    expect(() => parseLayers('conv1_1,conv9_9')).toThrow("unknown layer 'conv9_9'");
  });
});

describe('numbers on the command line', () => {
  it('may be fractions', () => {
    expect(parseNumber('1/300')).toBe(1 / 300);
    expect(parseNumber('1e-3')).toBe(0.001);
    expect(parseNumber('-2')).toBe(-2);
  });

  it.each(['', 'x', '1/', '1/0', '1/2/3', '1x'])('%j is none', text => {
    expect(() => parseNumber(text)).toThrow('not a number');
  });
});
