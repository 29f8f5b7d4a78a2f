import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseRecipe, readRecipeFile } from '../../../src/recipe/recipeFile';
import { recipeJsonSchema } from '../../../src/recipe/recipeJsonSchema';
import { imagesOf, portableRecipe, resolvePaths } from '../../../src/recipe/recipePaths';
import type { Recipe } from '../../../src/recipe/recipe';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-recipe-regions-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('regions of a recipe', () => {
  it('are written short or in full, and read again as they are kept', () => {
    const read = parseRecipe(
      {
        regions: [
          { mask: 'a.png', style: 'b.jpg' },
          { mask: 'c.png', keep: true },
        ],
      },
      'recipe',
    );
    expect(read.regions).toEqual([
      { mask: 'a.png', styles: [{ image: 'b.jpg', weight: 1 }], weight: 1 },
      { mask: 'c.png', keep: true },
    ]);
    expect(parseRecipe(read, 'recipe')).toEqual(read);
  });

  // The mark stands before what is wrong.
  it.each([
    ['§{ "mask": "a.png" }', '\'regions[0]\': a region has a style, or "keep": true'],
    [
      '{ "mask": "a.png", "style": §"b", "styles": [{ "image": "c" }] }',
      "'regions[0].style': give the style",
    ],
    [
      '{ "mask": "a.png", "keep": true, "weight": §2 }',
      "'regions[0].weight': does not apply to a kept region",
    ],
    [
      '{ "mask": "a.png", "styleMask": §"m.png", "styles": [{ "image": "b" }, { "image": "c" }] }',
      "'regions[0].styleMask': it belongs to a single style image",
    ],
    ['§{ "style": "b.jpg" }', "the field 'regions[0].mask' is missing"],
    ['{ "mask": "a.png", "style": "b", §"feather": 3 }', "unknown field 'regions[0].feather'"],
    ['{ "mask": "a.png", "style": "b", "weight": §0 }', "'regions[0].weight' must be greater than 0, not 0"],
  ])('that are wrong are named with their place: %s', (marked, sentence) => {
    const file = path.join(folder, 'wrong.atelier.json');
    const line = `  "regions": [${marked}]`;
    fs.writeFileSync(file, `{\n${line.replace('§', '')}\n}`);
    const place = `${file}:2:${line.indexOf('§') + 1}`;
    expect(() => readRecipeFile(file)).toThrow(`${place}: ${sentence}`);
  });

  it('are six at most', () => {
    const regions = Array.from({ length: 7 }, (_, i) => ({ mask: `${i}.png`, keep: true }));
    expect(() => parseRecipe({ regions }, 'recipe')).toThrow("'regions' must name at most 6");
  });

  it('travel with their files', () => {
    const regions = [
      { mask: 'm.png', styles: [{ image: 's.jpg', weight: 1 }], weight: 2, styleMask: 'n.png' },
      { mask: 'k.png', keep: true } as const,
    ];
    const resolved = resolvePaths({ regions }, '/pictures');
    expect(imagesOf(resolved)).toEqual([
      '/pictures/m.png',
      '/pictures/s.jpg',
      '/pictures/n.png',
      '/pictures/k.png',
    ]);
    const portable = portableRecipe(
      { content: '/pictures/c.png', styles: [], ...resolved } as unknown as Recipe,
      '/pictures/out',
    );
    expect(portable.regions?.map(({ mask }) => mask)).toEqual(['../m.png', '../k.png']);
  });

  it('are explained while they are written', () => {
    const schema = recipeJsonSchema([]) as {
      properties: Record<string, { items: { properties: object }; maxItems: number }>;
    };
    const { items, maxItems } = schema.properties.regions!;
    expect(maxItems).toBe(6);
    for (const field of ['mask', 'style', 'styles', 'weight', 'styleMask', 'keep'])
      expect(items.properties).toHaveProperty(`${field}.description`);
  });
});
