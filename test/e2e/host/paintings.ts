import * as fs from 'node:fs';
import * as path from 'node:path';

import { repository } from './installation';
import { until } from './waiting';

/** A photograph that ships with the product, to be painted. */
export const photograph = path.join(repository, 'media', 'samples', 'still-life.jpg');

/** Waits until a file is there, complete: results get their name when they are written. */
export async function saved(file: string, timeout = 120_000): Promise<Buffer> {
  const { dir, base } = path.parse(file);
  await until(
    `${base} to be saved`,
    () => fs.readdirSync(dir),
    names => names.includes(base),
    { timeout },
  );
  return fs.readFileSync(file);
}

/** Writes a recipe for the photograph beside it into a workspace: quick, unless it says otherwise. */
export function writeRecipe(folder: string, name: string, recipe: Readonly<Record<string, unknown>>): void {
  const quick = { content: 'photo.jpg', styles: [{ image: 'swatch:mosaic' }], size: 192, steps: 40 };
  fs.writeFileSync(path.join(folder, `${name}.atelier.json`), JSON.stringify({ ...quick, ...recipe }));
}
