import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { joinLists } from '../../../src/cli/lists';
import { addRecipeOptions, recipeFrom, type RecipeOptions } from '../../../src/cli/recipeOptions';
import { fieldsHaving, rowOf } from '../../../src/recipe/fields';
import { presets } from '../../../src/recipe/presets';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-options-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function recipeOf(line: string) {
  const command = addRecipeOptions(new Command())
    .argument('<content>')
    .argument('[styles...]')
    .exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  command.parse(joinLists(line.split(' ')), { from: 'user' });
  const [content, ...styles] = command.args;
  return recipeFrom(command.opts<RecipeOptions>(), {
    content,
    styles: styles.length > 0 ? styles : undefined,
  });
}

const absolute = (name: string) => path.resolve(name);

describe('the recipe of a command line', () => {
  it('has the values of the preset and the pictures', () => {
    expect(recipeOf('a.png b.png')).toEqual({
      ...presets.studio,
      content: absolute('a.png'),
      styles: [{ image: absolute('b.png'), weight: 1 }],
    });
  });

  it('has regions, those that are painted before those that are kept', () => {
    const line = 'a.png b.png --keep face.png --region sky.png=night.jpg --region sea.png=swatch:wave';
    const styled = (mask: string, image: string) => ({
      ...{ mask: absolute(mask), styles: [{ image, weight: 1 }], weight: 1 },
    });
    expect(recipeOf(line).regions).toEqual([
      styled('sky.png', absolute('night.jpg')),
      styled('sea.png', 'swatch:wave'),
      { mask: absolute('face.png'), keep: true },
    ]);
    expect(() => recipeOf('a.png b.png --region sky.png')).toThrow('Name a mask and a style image');
    const seven = Array.from({ length: 7 }, (_, i) => `--keep ${i}.png`).join(' ');
    expect(() => recipeOf(`a.png b.png ${seven}`)).toThrow('--region and --keep');
  });

  it('has every option', () => {
    const line =
      'a.png b.png swatch:mosaic --size 96 --model vgg19 --steps 7 --ratio 1/8 --tv 0 --init noise --optimizer adam ' +
      '--pooling max --padding zero --tap pre --content-layers conv3_2=2 --style-layers conv1_1,conv2_1 --style-weights 3,1 ' +
      '--style-scale 0.5 --objective paper --statistics gram --no-pyramid --colors luminance --range 7 --seed 5';
    expect(recipeOf(line)).toMatchObject({
      content: absolute('a.png'),
      styles: [
        { image: absolute('b.png'), weight: 3 },
        { image: 'swatch:mosaic', weight: 1 },
      ],
      size: 96,
      model: 'vgg19',
      steps: 7,
      ratio: 0.125,
      tv: 0,
      init: 'noise',
      optimizer: 'adam',
      pooling: 'max',
      padding: 'zero',
      tap: 'pre',
      contentLayers: { conv3_2: 2 },
      styleLayers: { conv1_1: 0.5, conv2_1: 0.5 },
      styleScale: 0.5,
      objective: 'paper',
      statistics: 'gram',
      pyramid: false,
      colors: 'luminance',
      range: 7,
      seed: 5,
    });
  });

  it('has the strengths of the preset that suit the statistics', () => {
    const { ratio, tv, styleLayers } = recipeOf('a b --statistics gram');
    expect({ ratio, tv }).toEqual({ ratio: 1 / 40, tv: 200 });
    expect(styleLayers).toMatchObject({ conv1_1: 0.2, conv5_1: 0.2 });
    expect(recipeOf('a b --objective paper').statistics).toBe('gram');
    expect(() => recipeOf('a b --objective paper --statistics bures')).toThrow('need Gram matrices');
  });

  it('has weights for the layers, in their order', () => {
    expect(recipeOf('a b --style-layers conv1_1 conv4_1 --layer-weights 2 3').styleLayers).toEqual({
      conv1_1: 2,
      conv4_1: 3,
    });
    expect(Object.values(recipeOf('a b --layer-weights 5,4,3,2,1').styleLayers)).toEqual([5, 4, 3, 2, 1]);
    expect(() => recipeOf('a b --layer-weights 1,2')).toThrow('2 weights for 5 layers');
    expect(() => recipeOf('a b --style-weights 1,2')).toThrow('2 weights for 1 styles');
  });

  it('puts options before the recipe file, and that before the preset', () => {
    const file = path.join(folder, 'oil.json');
    const written = { preset: 'paper', content: 'c.png', styles: [{ image: 's.png' }], tv: 3, steps: 9 };
    fs.writeFileSync(file, JSON.stringify(written));
    const recipe = recipeOf(`x.png --recipe ${file} --steps 4`);
    expect(recipe).toEqual({
      ...presets.paper,
      content: absolute('x.png'),
      styles: [{ image: path.join(folder, 's.png'), weight: 1 }],
      tv: 3,
      steps: 4,
    });
    expect(recipeOf(`x.png --recipe ${file} --preset preview`)).toMatchObject({ init: 'content', tv: 3 });
  });

  it('has a negative form for what a recipe switches on or off', () => {
    const file = path.join(folder, 'switched.json');
    const written = { content: 'c.png', styles: [{ image: 's.png' }], pyramid: false };
    fs.writeFileSync(file, JSON.stringify(written));
    expect(recipeOf(`x.png --recipe ${file}`)).toMatchObject({ pyramid: false });
    expect(recipeOf(`x.png --recipe ${file} --pyramid`)).toMatchObject({ pyramid: true });
    expect(recipeOf('a b --no-pyramid')).toMatchObject({ pyramid: false });
  });

  it('reads what colours were called before', () => {
    const file = path.join(folder, 'before.json');
    const written = { content: 'c.png', styles: [{ image: 's.png' }], colors: 'content' };
    fs.writeFileSync(file, JSON.stringify(written));
    expect(recipeOf(`x.png --recipe ${file}`)).toMatchObject({ colors: 'chroma' });
  });

  it.each(fieldsHaving('option'))('explains the option of %s in its help', name => {
    const help = addRecipeOptions(new Command()).helpInformation().replace(/\s+/g, ' ');
    const { option } = rowOf(name);
    expect(help).toContain(option?.help);
    if (option !== undefined && 'name' in option) {
      expect(help).toContain(`--no-${option.name}`);
      expect(help).toContain(option.negativeHelp);
    }
  });

  it('leaves the result of a recipe file to its own content', () => {
    const file = path.join(folder, 'kept.json');
    const written = { content: 'c.png', styles: [{ image: 's.png' }], output: 'kept.png' };
    fs.writeFileSync(file, JSON.stringify(written));
    const options = { recipe: file };
    expect(recipeFrom(options, {}).output).toBe(path.join(folder, 'kept.png'));
    expect(recipeFrom(options, { content: 'x.png' }).output).toBeUndefined();
    expect(recipeFrom({ ...options, output: 'mine.png' }, { content: 'x.png' }).output).toBe(
      absolute('mine.png'),
    );
  });

  it.each([
    ['a b --style-layers conv9_9', 'layer-unknown'],
    ['a b --style-layers conv1_1=-1', 'commander.invalidArgument'],
    ['a b --layer-weights 1,1,1,1,-1', 'commander.invalidArgument'],
    ['a b --tv -1', 'commander.invalidArgument'],
    ['a b --size 1.5', 'commander.invalidArgument'],
    ['a b --steps x', 'commander.invalidArgument'],
    ['a b --optimizer sgd', 'commander.invalidArgument'],
  ])('%s is refused', (line, code) => {
    expect(() => recipeOf(line)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
