import { describe, expect, it } from 'vitest';
import {
  emptyMask,
  feather,
  fillByColor,
  invert,
  isEmpty,
  stroke,
  union,
  type Mask,
} from '../../../src/webview/imageEditor/regions/mask';
import { REGION_COLORS, tint } from '../../../src/webview/imageEditor/regions/tint';

const rows = ({ width, height, data }: Mask): string[] =>
  Array.from({ length: height }, (_, y) =>
    [...data.subarray(y * width, (y + 1) * width)].map(value => (value > 127 ? '#' : '.')).join(''),
  );
const blank = (width: number, height: number) => emptyMask({ width, height });

/** Pixels of a drawing: each letter is a grey. */
const drawn = (lines: readonly string[]): Uint8ClampedArray =>
  Uint8ClampedArray.from(
    lines.flatMap(line => [...line].flatMap(letter => [...Array<number>(3).fill(letter.charCodeAt(0)), 255])),
  );

describe('a mask', () => {
  it('has the proportions of the image, and at most 2,048 pixels at its longest side', () => {
    expect(emptyMask({ width: 6000, height: 4000 })).toMatchObject({ width: 2048, height: 1365 });
    expect(emptyMask({ width: 640, height: 480 })).toMatchObject({ width: 640, height: 480 });
    expect(emptyMask({ width: 9000, height: 1 })).toMatchObject({ width: 2048, height: 1 });
  });

  it('takes a round dab, cut at its borders, and says what has changed', () => {
    const mask = blank(7, 5);
    expect(stroke(mask, { x: 3.5, y: 0.5 }, { x: 3.5, y: 0.5 }, 2, false)).toEqual({
      left: 0,
      top: 0,
      right: 7,
      bottom: 4,
    });
    expect(rows(mask)).toEqual(['.#####.', '..###..', '...#...', '.......', '.......']);
  });

  it('is painted along a line without gaps, and erased in the same shape', () => {
    const mask = blank(9, 3);
    const line = [
      { x: 1.5, y: 1.5 },
      { x: 7.5, y: 1.5 },
    ] as const;
    stroke(mask, ...line, 1, false);
    expect(rows(mask)[1]).toBe('#########');
    stroke(mask, ...line, 1, true);
    expect(rows(mask)).toEqual(['.........', '.........', '.........']);
  });

  it('keeps what a second stroke covers less', () => {
    const mask = blank(5, 5);
    mask.data.fill(200);
    stroke(mask, { x: 2.5, y: 2.5 }, { x: 2.5, y: 2.5 }, 1, false);
    expect(Math.min(...mask.data)).toBe(200);
    expect(mask.data[12]).toBe(255);
  });

  it('is filled with what has a colour and hangs together, or everywhere', () => {
    const picture = drawn(['aab', 'bbb', 'caa']);
    const mask = blank(3, 3);
    fillByColor(mask, picture, { x: 0.5, y: 0.5 }, 0, false);
    expect(rows(mask)).toEqual(['##.', '...', '...']);
    fillByColor(mask, picture, { x: 0.5, y: 0.5 }, 0, true);
    expect(rows(mask)).toEqual(['##.', '...', '.##']);
    fillByColor(mask, picture, { x: 0.5, y: 0.5 }, 1, false);
    expect(rows(mask)).toEqual(['###', '###', '.##']);
  });

  it('is inverted, and known to be empty', () => {
    const mask = blank(2, 2);
    expect(isEmpty(mask)).toBe(true);
    invert(mask);
    expect([...mask.data]).toEqual([255, 255, 255, 255]);
    expect(isEmpty(mask)).toBe(false);
  });

  it('is softened to both sides of an edge, and stays where it is even', () => {
    const mask = blank(12, 2);
    for (const row of [0, 1]) mask.data.fill(255, row * 12 + 6, row * 12 + 12);
    feather(mask, 1);
    expect([...mask.data.subarray(0, 12)]).toEqual([0, 0, 0, 0, 28, 85, 170, 227, 255, 255, 255, 255]);
    expect(mask.data.subarray(0, 12)).toEqual(mask.data.subarray(12));
  });
});

describe('the tint of regions', () => {
  it('is their colours over each other, as far as they are inside', () => {
    const [first, second] = [blank(2, 1), blank(2, 1)];
    first.data.set([255, 255]);
    second.data.set([0, 255]);
    const all = { left: 0, top: 0, right: 2, bottom: 1 };
    expect([...tint([first, second], all)]).toEqual([...REGION_COLORS[0], 255, ...REGION_COLORS[1], 255]);
    second.data.set([51, 0]);
    expect([...tint([undefined, second], { ...all, right: 1 })]).toEqual([...REGION_COLORS[1], 51]);
  });

  it('is drawn again in the rectangle around two', () => {
    const rect = { left: 1, top: 5, right: 3, bottom: 6 };
    expect(union(undefined, rect)).toBe(rect);
    expect(union(rect, { left: 2, top: 0, right: 9, bottom: 2 })).toEqual({
      left: 1,
      top: 0,
      right: 9,
      bottom: 6,
    });
  });
});
