import * as fs from 'node:fs';
import * as path from 'node:path';
import { readImage } from '../../../src/images/decode';
import { recipeIn } from '../../../src/images/recipe';
import { fitLongestSide } from '../../../src/images/size';
import type { Chance } from '../chance';
import { mutate } from './mutate';
import { picturesOfEveryFormat } from './pictures';
import type { Input, Scratch, Subject } from './subject';

/** Pictures of every format. */
export class Images implements Subject {
  private files: ReadonlyMap<string, Buffer> = new Map();

  async open(): Promise<void> {
    this.files = await picturesOfEveryFormat();
  }

  damage(chance: Chance, { folder }: Scratch): Input {
    const name = chance.pick([...this.files.keys()]);
    const bytes = mutate(this.files.get(name)!, chance, [...this.files.values()]);
    // The name of a file says nothing about it.
    const ending = chance.happens(0.1) ? chance.pick(['.png', '.jpg', '.txt', '']) : path.extname(name);
    const file = path.join(folder, `picture${ending}`);
    fs.writeFileSync(file, bytes);
    const command = ['stylize', file, 'swatch:woodcut', '--size', '32', '--steps', '1'];
    return { kind: `images: ${path.extname(name).slice(1)}`, path: file, command, isQuick: true };
  }

  async feed({ path: file }: Input): Promise<void> {
    await recipeIn(file);
    const image = await readImage(file);
    const size = fitLongestSide(image, 32, { name: file });
    await image.at(size);
    await image.alphaAt(size);
  }
}
