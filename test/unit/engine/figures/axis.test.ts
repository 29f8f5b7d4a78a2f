import { describe, expect, it } from 'vitest';
import { AXES, axesHelp, parseAxis } from '../../../../src/engine/figures/axis';
import { presets } from '../../../../src/recipe/presets';
import type { Recipe } from '../../../../src/recipe/recipe';

const base: Recipe = {
  ...presets.studio,
  content: '/a.jpg',
  styles: ['/b.jpg', '/c.jpg'].map(image => ({ image, weight: 1 })),
};
const changes = (text: string) => parseAxis(text, base).values.map(({ label, change }) => [label, change]);

describe('the axes of a grid', () => {
  it.each([
    ['ratio=1e-3,1/8', ['α/β 1e-3', { ratio: 0.001 }], ['α/β 1/8', { ratio: 0.125 }]],
    ['tv=20', ['γ 20', { tv: 20 }]],
    ['content-layers=conv4_2', ['content conv4_2', { contentLayers: { conv4_2: 1 } }]],
    [
      'layers=conv1_1,conv1_1+conv2_1',
      ['style conv1_1', { styleLayers: { conv1_1: 1 } }],
      ['style conv1_1+conv2_1', { styleLayers: { conv1_1: 0.5, conv2_1: 0.5 } }],
    ],
    ['optimizer=adam', ['adam', { optimizer: 'adam' }]],
    ['padding=zero', ['zero padding', { padding: 'zero' }]],
    ['style-scale=0.5', ['style × 0.5', { styleScale: 0.5 }]],
    ['style-weight=100', ['β 100', { ratio: 0.01 }]],
    ['depth=conv2_1', ['up to conv2_1', { styleLayers: { conv1_1: 0.5, conv2_1: 0.5 } }]],
    ['blend=0', ['blend 0', { styles: [{ image: '/b.jpg', weight: 1 }] }]],
    // A seed is seen from noise alone, and strengths belong to a statistic.
    ['seed=3', ['seed 3', { seed: 3, init: 'noise' }]],
    [
      'statistics=gram',
      [
        'gram',
        {
          ...{ statistics: 'gram', ratio: 1 / 40, tv: 200 },
          styleLayers: { conv1_1: 0.2, conv2_1: 0.2, conv3_1: 0.2, conv4_1: 0.2, conv5_1: 0.2 },
        },
      ],
    ],
  ])('%s', (text, ...expected) => {
    expect(changes(text)).toEqual(expected);
  });

  it.each([
    ['tv=x', "tv=x: 'x' is not a number."],
    ['ratio=0', 'ratio=0: it must be above 0, not 0.'],
    ['layers=conv9_9', "layers=conv9_9: there is no layer 'conv9_9'."],
    ['padding-color=red', "There is no setting 'padding-color' to vary."],
    ['tv=', "'tv=' has no values."],
  ])('%s is refused', (text, message) => {
    expect(() => parseAxis(text, base)).toThrow(message);
  });

  it('are all explained', () => {
    const lines = axesHelp().split('\n');
    expect(lines).toHaveLength(AXES.length);
    for (const line of lines) expect(line).toMatch(/^ {2}[a-z-]+ {2,}\S/);
  });
});
