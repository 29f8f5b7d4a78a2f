import * as fs from 'node:fs';
import * as path from 'node:path';
import { recodeImage } from '../../images/encode';
import { carriedText } from '../../images/recipe';
import { nextNames, saveAs } from '../../images/save';
import { makeFolder } from '../../common/makeFolder';
import { version } from '../../common/version';
import { inContents, type Painting } from '../../queue/painting';
import { portableRecipe } from '../../recipe/recipePaths';
import { toStored } from '../../recipe/storedRecipe';

/** The endings of results, and the formats that they have. */
export const FORMATS = { png: 'png', jpg: 'jpeg', webp: 'webp' } as const;
export type Extension = keyof typeof FORMATS;

/** Where a result belongs. */
export interface Target {
  /** Absolute path. */
  readonly file: string;
  /** Whether the very picture is there already. */
  readonly isThere: boolean;
}

/** Finds the names of results: no file is replaced, and none is given to two. */
export class Targets {
  /** Names that are given and not written yet. */
  private readonly given = new Set<string>();

  /** @param wanted absolute path; where another picture has it, the next names are looked at */
  async find(wanted: string, { id }: Painting): Promise<Target> {
    for (const file of nextNames(wanted)) {
      if (this.given.has(file)) continue;
      if (!fs.existsSync(file)) {
        this.given.add(file);
        return { file, isThere: false };
      }
      if ((await originOf(file)) === id) return { file, isThere: true };
    }
    throw new RangeError('names do not end');
  }

  /** Forgets a name that is written, or will not be. */
  release({ file }: Target): void {
    this.given.delete(file);
  }
}

/** The identifier of the painting that a file is, if it is one. */
async function originOf(file: string): Promise<string | undefined> {
  try {
    const origin: unknown = JSON.parse((await carriedText(file, 'origin')) ?? '');
    return typeof origin === 'object' && origin !== null && 'id' in origin ? String(origin.id) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Saves a painting with its recipe, and with the hashes of what it was made from.
 * @param png as an engine made it
 * @returns the file, another one where the name was taken meanwhile
 * @throws `write-failed`
 */
export async function saveTarget({ file }: Target, png: Buffer, painting: Painting): Promise<string> {
  const { id, recipe, inputs } = painting;
  const folder = path.dirname(file);
  makeFolder(folder);
  const { content, styles } = inContents(recipe, inputs);
  const format = FORMATS[path.extname(file).slice(1) as Extension];
  const bytes = await recodeImage(
    png,
    { format },
    {
      recipe: JSON.stringify(toStored(portableRecipe(recipe, folder))),
      origin: JSON.stringify({ id, atelier: version, content, styles: styles.map(({ image }) => image) }),
    },
  );
  return saveAs(file, bytes, () => Promise.resolve(false));
}
