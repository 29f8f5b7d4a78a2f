import { expect, it } from 'vitest';
import { filtered, sharesOf, step, toggled, weightsOf } from '../../../src/webview/stylePicker/pickerState';

const item = (name: string, detail = '') => ({ id: name, kind: 'style' as const, name, detail, uri: '' });

it('every word of the filter is looked for, in names and details, and empty sections go', () => {
  const sections = [
    { label: 'Built-in', items: [item('Mosaic', 'small tiles'), item('Waves', 'blue')] },
    { label: 'Workspace', items: [item('photo.jpg')] },
  ];
  expect(filtered(sections, '')).toEqual(sections);
  expect(filtered(sections, ' TILES  mos ')).toEqual([
    { label: 'Built-in', items: [item('Mosaic', 'small tiles')] },
  ]);
  expect(filtered(sections, 'tiles blue')).toEqual([]);
});

it('a blend of equal shares is written as ones, another in shares of the whole', () => {
  const two = toggled(toggled([], 'a'), 'b');
  expect(weightsOf(two)).toEqual([
    { id: 'a', weight: 1 },
    { id: 'b', weight: 1 },
  ]);
  expect(toggled(two, 'a').map(({ id }) => id)).toEqual(['b']);
  const uneven = [...two.slice(0, 1), { id: 'b', weight: 1 }];
  expect(sharesOf(uneven)).toEqual([1 / 3, 2 / 3]);
  expect(weightsOf(uneven)).toEqual([
    { id: 'a', weight: 0.333 },
    { id: 'b', weight: 0.667 },
  ]);
});

it('arrows lead to the nearest picture of the next row, over the ends of sections, and stay at the border', () => {
  // Three columns; a section of four pictures, and one of two.
  const places = [
    [0, 0],
    [100, 0],
    [200, 0],
    [0, 100],
    [0, 230],
    [100, 230],
  ].map(([left = 0, top = 0]) => ({ left, top }));
  const walk = (from: number, ...keys: readonly string[]): number =>
    keys.reduce((at, key) => step(places, at, key), from);
  expect(walk(2, 'ArrowDown')).toBe(3);
  expect(walk(3, 'ArrowDown', 'ArrowRight', 'ArrowRight')).toBe(5);
  expect(walk(5, 'ArrowUp', 'ArrowUp', 'ArrowUp')).toBe(0);
  expect(walk(3, 'ArrowLeft')).toBe(2);
  expect(walk(4, 'ArrowDown')).toBe(4);
  expect(walk(1, 'End', 'Home', 'ArrowLeft')).toBe(0);
});
