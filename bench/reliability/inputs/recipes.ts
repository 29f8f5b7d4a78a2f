import * as fs from 'node:fs';
import * as path from 'node:path';
import { Pictures } from '../../../src/engine/run/pictures';
import { checkOutput } from '../../../src/jobs/output';
import { presets } from '../../../src/recipe/presets';
import { completeRecipe, readRecipeFile } from '../../../src/recipe/recipeFile';
import type { Chance } from '../chance';
import { mutate } from './mutate';
import { mutateJson, strangeText } from '../mutateJson';
import { picturesOfEveryFormat } from './pictures';
import type { Input, Scratch, Subject } from './subject';

const recipe = {
  ...presets.studio,
  name: 'A recipe',
  content: 'content.png',
  styles: [
    { image: 'swatch:woodcut', weight: 2 },
    { image: 'content.png', weight: 1 },
  ],
  size: 32,
  steps: 1,
  output: 'result.png',
};

/** Recipes: their text, their values, and their bytes. */
export class Recipes implements Subject {
  private content: Buffer = Buffer.alloc(0);

  async open(): Promise<void> {
    this.content = (await picturesOfEveryFormat()).get('rgb.png')!;
  }

  damage(chance: Chance, { folder }: Scratch): Input {
    fs.writeFileSync(path.join(folder, 'content.png'), this.content);
    const changed = chance.happens(0.8) ? mutateJson(recipe, chance) : recipe;
    const text = Buffer.from(strangeText(changed, chance));
    const bytes = chance.happens(0.3) ? mutate(text, chance, [this.content]) : text;
    const file = path.join(folder, 'damaged.atelier.json');
    fs.writeFileSync(file, bytes);
    return { kind: 'recipes', path: file, command: ['run', file], isQuick: false };
  }

  async feed({ path: file }: Input): Promise<void> {
    const read = completeRecipe(readRecipeFile(file), { source: file });
    checkOutput(read);
    await Pictures.read(read);
  }
}
