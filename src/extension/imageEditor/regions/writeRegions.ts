import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'jsonc-parser';
import { writeAtomically } from '../../../common/atomicFile';
import { writeFailed } from '../../../common/fileError';
import { systemCode } from '../../../common/systemErrors';
import { SWATCH_PREFIX } from '../../../recipe/swatches';
import { RECIPE_ENDING } from '../../recipes/recipeEnding';
import { isPainted, type DocumentRegion, type MaskFile, type RegionFiles } from './documentRegion';
import { recipeNames } from './readRegions';
import { withRegions } from './recipeEdits';

/** What is to be saved of an image's regions. */
export interface Saving {
  /** Absolute path of the image. */
  readonly image: string;
  readonly regions: readonly DocumentRegion[];
  readonly files: RegionFiles;
  /** What the rest is painted in, where there is no recipe yet: a path or `swatch:ID`. */
  readonly style: string;
  /** Absolute path of another recipe to write, which may be replaced. */
  readonly saveAs?: string;
}

/**
 * Writes masks as PNGs beside the recipe, then the recipe, where there is one only its `regions`. A mask is replaced only
 * where it has a name of ours and is what was last read or written; else it gets a free name.
 * @throws `write-failed`
 */
export function writeRegions({ image, regions, files, style, saveAs }: Saving): RegionFiles {
  const target = saveAs ?? files.recipe ?? firstFree(recipeNames(image));
  try {
    const masks = new Map<string, MaskFile>();
    const stem = path.join(path.dirname(target), path.basename(target).slice(0, -RECIPE_ENDING.length));
    const painted = regions.filter(isPainted);
    for (const { id, mask } of painted)
      masks.set(id, writeMask(stem, mask, saveAs === undefined ? files.masks.get(id) : undefined));
    const text = textOf(files.recipe, { image, style, folder: path.dirname(target) });
    const before = (parse(text) as { regions?: readonly object[] }).regions ?? [];
    const written = painted.map((region, index) =>
      fieldsOf(region, masks.get(region.id)!.file, path.dirname(target), before[index]),
    );
    const edited = withRegions(text, written);
    if (saveAs === undefined && files.recipe === undefined) fs.writeFileSync(target, edited, { flag: 'wx' });
    else writeAtomically(target, edited);
    return { recipe: target, masks };
  } catch (error) {
    throw writeFailed(target, error);
  }
}

function firstFree(names: Iterable<string>): string {
  for (const name of names) if (!fs.existsSync(name)) return name;
  throw new Error('names do not end');
}

function writeMask(stem: string, bytes: Uint8Array, known: MaskFile | undefined): MaskFile {
  if (known !== undefined && isOnDisk(known)) {
    if (Buffer.compare(known.bytes, bytes) === 0) return known;
    if (known.file.startsWith(`${stem}.mask-`) && known.file.endsWith('.png')) {
      writeAtomically(known.file, [bytes]);
      return { file: known.file, bytes };
    }
  }
  for (let n = 1; ; n++) {
    const file = `${stem}.mask-${n}.png`;
    try {
      fs.writeFileSync(file, bytes, { flag: 'wx' });
      return { file, bytes };
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

function isOnDisk({ file, bytes }: MaskFile): boolean {
  try {
    return Buffer.compare(fs.readFileSync(file), bytes) === 0;
  } catch {
    return false;
  }
}

function textOf(
  recipe: string | undefined,
  { image, style, folder }: { readonly image: string; readonly style: string; readonly folder: string },
): string {
  if (recipe !== undefined) return fs.readFileSync(recipe, 'utf8');
  const value = { content: pathIn(folder, image), styles: [{ image: pathIn(folder, style) }] };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** A region as a recipe in the folder writes it. What means the same as before is written as before. */
function fieldsOf(
  { keep, styles, weight, styleMask }: DocumentRegion,
  mask: string,
  folder: string,
  before: object = {},
): Readonly<Record<string, unknown>> {
  const old = before as { mask?: unknown; style?: unknown; styles?: unknown; weight?: unknown };
  const named = (file: string, was: unknown): string =>
    typeof was === 'string' && path.resolve(folder, was) === file ? was : pathIn(folder, file);
  if (keep) return { mask: named(mask, old.mask), keep };
  const [first] = styles;
  const isOne = styles.length === 1 && first!.weight === 1 && old.styles === undefined;
  return {
    mask: named(mask, old.mask),
    ...(isOne
      ? { style: named(first!.image, old.style) }
      : {
          styles: styles.map(one => ({
            image: pathIn(folder, one.image),
            ...(one.weight === 1 ? {} : { weight: one.weight }),
          })),
        }),
    ...(weight === undefined || (weight === 1 && old.weight === undefined) ? {} : { weight }),
    ...(styleMask === undefined ? {} : { styleMask: pathIn(folder, styleMask) }),
  };
}

/** Relative to the folder for what lies in it, so that both can move together. */
function pathIn(folder: string, file: string): string {
  if (file.startsWith(SWATCH_PREFIX)) return file;
  const relative = path.relative(folder, file);
  const isInside = !relative.startsWith('..') && !path.isAbsolute(relative);
  return (isInside ? relative : file).replaceAll(path.sep, '/');
}
