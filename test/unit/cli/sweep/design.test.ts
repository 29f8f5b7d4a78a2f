import { expect, it } from 'vitest';
import { designOf } from '../../../../src/cli/sweep/design';
import { gridValues, parseSpan, type Span } from '../../../../src/cli/sweep/span';

const span = (text: string): Span => parseSpan(text)[0]!;

it.each([
  ['tv=0,20, 200', ['0', '20', '200']],
  ['tv=0..200:5', ['0', '50', '100', '150', '200']],
  ['ratio=1e-4..1e-1:4:log', ['0.0001', '0.001', '0.01', '0.1']],
  ['ratio=1/1000..0.1:2', ['0.001', '0.1']],
  ['steps=10..15:4', ['10', '12', '13', '15']],
  ['layers=conv1_1,conv1_1+conv2_1', ['conv1_1', 'conv1_1+conv2_1']],
])('%s', (text, values) => expect(gridValues(span(text))).toEqual(values));

it.each(['tv=9..1', 'tv=1..x', 'tv=0..9:log'])('%s is refused', text => expect(() => span(text)).toThrow());

it('a grid is all with all, row by row', () => {
  expect(designOf([span('tv=0,1'), span('size=64,128,256')], 'grid', { samples: 9, seed: 0 })).toEqual([
    ...[
      ['0', '64'],
      ['0', '128'],
      ['0', '256'],
    ],
    ...[
      ['1', '64'],
      ['1', '128'],
      ['1', '256'],
    ],
  ]);
});

it('a Latin hypercube has one value in every slice of every setting, and the same for the same seed', () => {
  const spans = [span('ratio=1e-4..1:log'), span('style-scale=0.5..2.5'), span('pooling=avg,max')];
  const latin = (seed: number) => designOf(spans, 'latin', { samples: 8, seed });
  expect(latin(3)).toEqual(latin(3));
  expect(latin(3)).not.toEqual(latin(4));
  const slices = (values: readonly number[]) => values.map(value => Math.floor(value * 8)).sort();
  const all = [0, 1, 2, 3, 4, 5, 6, 7];
  expect(slices(latin(3).map(([ratio]) => (Math.log10(Number(ratio)) + 4) / 4))).toEqual(all);
  expect(slices(latin(3).map(([, scale]) => (Number(scale) - 0.5) / 2))).toEqual(all);
  expect(latin(3).filter(([, , pooling]) => pooling === 'avg')).toHaveLength(4);
  const random = designOf(spans, 'random', { samples: 50, seed: 1 });
  for (const [ratio] of random) expect(Number(ratio)).toBeGreaterThanOrEqual(1e-4);
  expect(new Set(random.map(([ratio]) => ratio)).size).toBeGreaterThan(45);
});
