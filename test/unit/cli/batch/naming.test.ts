import * as path from 'node:path';
import { expect, it } from 'vitest';
import { parseTemplate, resultName } from '../../../../src/cli/batch/naming';
import { nameOfSet, styleSets } from '../../../../src/cli/batch/styleSets';
import { presets } from '../../../../src/recipe/presets';

const style = (image: string) => ({ image, weight: 1 });
const recipe = {
  ...presets.studio,
  content: '/photos/sea.shore.jpg',
  styles: [style('swatch:mosaic'), style('/art/the wave.jpg')],
};

it('a template names a result by what it is made of', () => {
  expect(resultName('{content}-{style}-{size}', recipe, '', 'png')).toBe('sea.shore-mosaic+the wave-512.png');
  expect(resultName('{style}/{content}', recipe, 'deep', 'jpg')).toBe(
    path.join('mosaic+the wave', 'deep', 'sea.shore.jpg'),
  );
  const hostile = { ...recipe, content: '/p/..', styles: [style('/a/b:c?d.png')], model: '../../x/net.h5' };
  expect(resultName('{model}/{content}-{style}', hostile, '', 'png')).toBe(path.join('net', '_-b_c_d.png'));
  const long = resultName('{content}', { ...recipe, content: `/${'é'.repeat(300)}.jpg` }, '', 'webp');
  expect([Buffer.byteLength(long) <= 255, path.extname(long)]).toEqual([true, '.webp']);
});

it.each(['{content}-{artist}', '../{content}', '/tmp/{content}', 'picture', '{content}/'])(
  '%s is refused',
  template => {
    expect(() => parseTemplate(template)).toThrow();
  },
);

it('styles are used each, blended, or in every blend', () => {
  const styles = ['a.png', 'b.png', 'swatch:wave'].map(style);
  const names = (how: 'each' | 'blend' | 'all') => styleSets(styles, how).map(nameOfSet);
  expect(names('each')).toEqual(['a', 'b', 'wave']);
  expect(names('blend')).toEqual(['a+b+wave']);
  expect(names('all')).toEqual(['a', 'b', 'wave', 'a+b', 'a+wave', 'b+wave', 'a+b+wave']);
});
