import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { presets } from '../../../src/recipe/presets';
import { PRESETS } from '../../../src/recipe/presetNames';
import { recipeSchema } from '../../../src/recipe/recipe';
import { completeRecipe, parseRecipe, readRecipeFile } from '../../../src/recipe/recipeFile';
import { resolvePaths } from '../../../src/recipe/recipePaths';
import { storedRecipeSchema } from '../../../src/recipe/storedRecipe';
import { problem } from './problem';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-recipe-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('sentences about a bad recipe name the source and the field', () => {
  const cases: [string, unknown, string][] = [
    ['unknown field', { stepz: 1 }, "recipe.json: unknown field 'stepz'."],
    [
      'unknown field within',
      { styles: [{ image: 'a', wight: 1 }] },
      "recipe.json: unknown field 'styles[0].wight'.",
    ],
    ['text for a number', { steps: 'many' }, 'recipe.json: \'steps\' must be a number, not "many".'],
    ['fraction', { steps: 1.5 }, "recipe.json: 'steps' must be a whole number, not 1.5."],
    ['too small', { steps: 0 }, "recipe.json: 'steps' must be at least 1, not 0."],
    ['too large', { size: 20000 }, "recipe.json: 'size' must be at most 16384, not 20000."],
    [
      'negative weight',
      { styleLayers: { conv1_1: -1 } },
      "recipe.json: 'styleLayers.conv1_1' must be at least 0, not -1.",
    ],
    ['no layer', { styleLayers: {} }, "recipe.json: 'styleLayers': name at least one layer."],
    ['no style', { styles: [] }, "recipe.json: 'styles' must name at least 1."],
    [
      'share of 0',
      { styles: [{ image: 'a', weight: 0 }] },
      "recipe.json: 'styles[0].weight' must be greater than 0, not 0.",
    ],
    ['not a list', { styles: 'a.png' }, 'recipe.json: \'styles\' must be a list, not "a.png".'],
    ['no image', { styles: [{}] }, "recipe.json: the field 'styles[0].image' is missing."],
    ['not finite', { ratio: Infinity }, "recipe.json: 'ratio' must be a number, not Infinity."],
    ['null', { tv: null }, "recipe.json: 'tv' must be a number, not null."],
    [
      'unknown choice',
      { optimizer: 'sgd' },
      'recipe.json: \'optimizer\' must be one of lbfgs or adam, not "sgd".',
    ],
    ['not a boolean', { pyramid: 1 }, "recipe.json: 'pyramid' must be true or false, not 1."],
    ['empty', { content: '' }, "recipe.json: 'content' must not be empty."],
    ['a list', [], 'recipe.json: a recipe is an object of fields, not [].'],
    ['nothing', null, 'recipe.json: a recipe is an object of fields, not null.'],
  ];
  it.each(cases)('%s', (_name, value, sentence) => {
    const error = problem(() => parseRecipe(value, 'recipe.json'));
    expect(error.message).toBe(sentence);
    expect(error.code).toBe('recipe-invalid');
  });

  it('unknown layer', () => {
    const error = problem(() => parseRecipe({ contentLayers: { conv4_2: 1, conv9_9: 1 } }, 'recipe.json'));
    expect(error.message).toBe("recipe.json: unknown layer 'conv9_9'.");
    expect(error.code).toBe('layer-unknown');
    expect(error.next).toContain('conv5_1');
  });
});

describe('reading recipe files', () => {
  const file = (content: string) => {
    const name = path.join(folder, 'my.atelier.json');
    fs.writeFileSync(name, content);
    return name;
  };

  it('resolves paths against the folder of the file, and leaves names alone', () => {
    const recipe = readRecipeFile(
      file(
        JSON.stringify({
          content: 'in/photo.jpg',
          styles: [{ image: 'swatch:mosaic' }, { image: '../b.png', weight: 2 }],
          init: 'noise',
          model: 'vgg19',
          output: 'out.png',
        }),
      ),
    );
    expect(recipe).toEqual({
      content: path.join(folder, 'in/photo.jpg'),
      styles: [
        { image: 'swatch:mosaic', weight: 1 },
        { image: path.resolve(folder, '../b.png'), weight: 2 },
      ],
      init: 'noise',
      model: 'vgg19',
      output: path.join(folder, 'out.png'),
    });
    expect(resolvePaths({ model: 'net.h5', init: 'a.png' }, folder)).toEqual({
      model: path.join(folder, 'net.h5'),
      init: path.join(folder, 'a.png'),
    });
  });

  it('accepts a byte order mark', () => {
    expect(readRecipeFile(file('\uFEFF{"steps": 3}'))).toEqual({ steps: 3 });
  });

  it.each([
    ['', ': the file is empty.'],
    ['  // nothing\n', ': the file is empty.'],
    ['{"steps": 3', ':1:12: it is not JSON: a closing brace is missing.'],
    ['{"steps": }', ':1:11: it is not JSON: a value is missing.'],
    ['{\n  steps: 3\n}', ':2:3: it is not JSON: unexpected text.'],
    ['{"tv": 1 "steps": 3}', ':1:10: it is not JSON: a comma is missing.'],
    ['['.repeat(100_000), ': it is nested too deeply.'],
    ['{} {}', ':1:4: it is not JSON: unexpected text after the end.'],
    ['{\r\n  "steps": "many"\r\n}', `:2:12: 'steps' must be a number, not "many".`],
    ['\uFEFF{"steps": 0}', ":1:11: 'steps' must be at least 1, not 0."],
    ['{\n // why\n "tv": 1,\n "stepz": 3\n}', ":4:2: unknown field 'stepz'."],
    [
      '{"styles": [\n{"image": "a.png", "weight": -1}]}',
      ":2:30: 'styles[0].weight' must be greater than 0, not -1.",
    ],
    ['{"styleLayers": {\n"conv1_1": 1, "relu4_2": 1}}', ":2:15: unknown layer 'relu4_2'."],
    ['[]', ':1:1: a recipe is an object of fields, not [].'],
  ])('refuses %j by line and column', (content, reason) => {
    const name = file(content);
    expect(problem(() => readRecipeFile(name)).message).toBe(`${name}${reason}`);
  });

  it('reads comments and trailing commas, as VS Code does in its settings', () => {
    const text = '// a recipe\n{ "steps": 3, /* short */\n  "styles": [{ "image": "a.png", },],\n}\n';
    const styles = [{ image: path.join(folder, 'a.png'), weight: 1 }];
    expect(readRecipeFile(file(text))).toEqual({ steps: 3, styles });
  });

  it.runIf(process.platform !== 'win32')('waits for no pipe', () => {
    const pipe = path.join(folder, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    expect(problem(() => readRecipeFile(pipe)).message).toBe(`${pipe} is not a recipe file.`);
  });

  it('refuses a missing file and a folder', () => {
    expect(problem(() => readRecipeFile(path.join(folder, 'none.json'))).code).toBe('file-missing');
    expect(problem(() => readRecipeFile(folder)).message).toBe(
      `${folder}: this is a folder, not a recipe file.`,
    );
  });
});

describe('completing recipes', () => {
  const pictures = { content: '/a.jpg', styles: [{ image: '/b.jpg', weight: 1 }] };

  it('keeps a recipe what it was that an older version wrote whole', () => {
    const { statistics: _statistics, ...older } = { ...presets.studio, ...pictures };
    expect(completeRecipe(older)).toEqual({ ...older, statistics: 'gram' });
    expect(storedRecipeSchema.parse(older)).toEqual({ ...older, statistics: 'gram' });
    const { seed: _seed, ...withGap } = older;
    expect(completeRecipe(withGap).statistics).toBe(presets.studio.statistics);
  });

  it('takes the strengths that suit the statistics', () => {
    const asked = { ...pictures, statistics: 'gram' } as const;
    expect(completeRecipe(asked)).toMatchObject({ ratio: 1 / 40, tv: 200, statistics: 'gram' });
    expect(completeRecipe({ ...asked, preset: 'lineart' })).toMatchObject({ ratio: 1 / 10, tv: 50 });
    expect(completeRecipe({ ...asked, tv: 3 }).tv).toBe(3);
    const exact = completeRecipe({ ...pictures, statistics: 'wasserstein' });
    expect(exact).toEqual({ ...presets.studio, ...pictures, statistics: 'wasserstein' });
  });

  it('has the sums of the papers of Gram matrices alone', () => {
    expect(completeRecipe({ ...pictures, objective: 'paper' }).statistics).toBe('gram');
    const other = { ...pictures, objective: 'paper', statistics: 'bures' } as const;
    const error = problem(() => completeRecipe(other));
    expect(error.message).toContain("the papers’ sums need Gram matrices, not 'bures'");
  });

  it('takes what is left open from the preset, studio by default', () => {
    expect(completeRecipe(pictures)).toEqual({ ...presets.studio, ...pictures });
    expect(completeRecipe({ ...pictures, preset: 'paper', tv: 7 })).toEqual({
      ...presets.paper,
      ...pictures,
      tv: 7,
    });
    expect(completeRecipe(pictures, { preset: 'preview' }).size).toBe(presets.preview.size);
  });

  it('cannot do without pictures', () => {
    expect(problem(() => completeRecipe({ content: '/a.jpg' })).message).toBe(
      "the recipe: the field 'styles' is missing.",
    );
  });

  it.each(PRESETS)('the preset %s is complete and valid', preset => {
    expect(recipeSchema.parse({ ...presets[preset], ...pictures })).toEqual({
      ...presets[preset],
      ...pictures,
    });
    const total = Object.values(presets[preset].styleLayers).reduce((sum, weight) => sum + weight, 0);
    expect(total).toBeCloseTo(1, 12);
  });
});
