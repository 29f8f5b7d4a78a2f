import * as fs from 'node:fs';
import * as path from 'node:path';
import { RECIPE_ENDING } from '../../recipes/recipeEnding';
import type { DocumentRegion, MaskFile, RegionFiles } from './documentRegion';

/** The names that the recipe of an image may have: photo.atelier.json, photo-2.atelier.json, … */
export function* recipeNames(image: string) {
  const { dir, name } = path.parse(image);
  yield path.join(dir, name + RECIPE_ENDING);
  for (let n = 2; ; n++) yield path.join(dir, `${name}-${n}${RECIPE_ENDING}`);
}

/** No more than these are looked at. */
const MOST_RECIPES = 9;

/**
 * The regions in the recipe beside an image: in the first that is for this image and can be read, with its masks.
 * @param image absolute path
 */
export async function readRegions(
  image: string,
): Promise<{ readonly regions: readonly DocumentRegion[]; readonly files: RegionFiles }> {
  const { readRecipeFile } = await import('../../deferred');
  let looked = 0;
  for (const recipe of recipeNames(image)) {
    if (++looked > MOST_RECIPES || !fs.existsSync(recipe)) break;
    try {
      const { content, regions: named = [] } = readRecipeFile(recipe);
      if (content !== image) continue;
      const masks = new Map<string, MaskFile>();
      const regions = named.map(({ mask, styles = [], keep, weight, styleMask }, index): DocumentRegion => {
        const id = `${index + 1}`;
        // Messages to pages know no Buffer.
        const bytes = Uint8Array.from(fs.readFileSync(mask));
        masks.set(id, { file: mask, bytes });
        return { id, keep: keep === true, styles, mask: bytes, weight, styleMask };
      });
      return { regions, files: { recipe, masks } };
    } catch {
      // What cannot be read is not ours to change: regions are saved under another name.
    }
  }
  return { regions: [], files: { recipe: undefined, masks: new Map() } };
}
