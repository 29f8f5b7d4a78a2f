import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { AtelierError } from '../../common/errors';
import { encodeImage, isEncodable, type EncodeOptions } from '../../images/encode';
import { saveAs, saveBeside } from '../../images/save';
import { writeAtomically } from '../../common/atomicFile';
import { jobFiles, type Overwrite } from '../../jobs/folder';
import { followLinks, isFolder, isPainting, outputFormat } from '../../jobs/output';
import { outputName, usualNaming, type Naming } from '../../jobs/outputName';
import { portableRecipe } from '../../recipe/recipePaths';
import { toStored } from '../../recipe/storedRecipe';
import type { Recipe } from '../../recipe/recipe';
import type { FloatImage } from '../../nst/image';
import { msg } from '../../common/messages';
import { writeFailed } from '../../common/fileError';

/** The finished picture could not be saved where it was wanted; it is kept in the job folder. */
export class KeptError extends AtelierError {
  constructor(
    cause: AtelierError,
    readonly kept: string,
  ) {
    super(cause.code, msg`${cause.explanation.message} The picture is kept as ${kept}.`, {
      next: msg`Copy it from there, or run the job again to save it elsewhere.`,
      cause,
    });
  }
}

/** A picture and what travels with it. */
export interface Finished {
  readonly image: FloatImage;
  /** height · width values in [0, 1]. */
  readonly alpha: Float32Array | undefined;
  /** With the strengths that it was finished with. */
  readonly recipe: Recipe;
  readonly overwrite: Overwrite;
  /** For a result without a name of its own; as usual where absent. */
  readonly naming?: Naming | undefined;
}

/** Where a result is. */
export interface Saved {
  /** Absolute path. */
  readonly file: string;
  /** The file that would have been replaced, had Atelier painted it. */
  readonly spared?: string;
}

/**
 * Writes the result into the job folder, and where the recipe wants it: to its `output`, or beside the content image
 * under a free name. The recipe travels inside. A file at `output` is replaced only where `overwrite` has it; else the next
 * free name is taken.
 * @throws KeptError when only the job folder could be written; `write-failed` when nothing could
 */
export async function saveResult(folder: string, finished: Finished): Promise<Saved> {
  const png = await encode(finished, 'png');
  const kept = path.join(folder, jobFiles.result);
  let keepFailure: unknown;
  try {
    writeAtomically(kept, [png]);
  } catch (error) {
    keepFailure = error;
  }
  try {
    return await saveOutput(finished, png, markOf(folder));
  } catch (error) {
    const { content, output } = finished.recipe;
    const failure = writeFailed(output ?? path.dirname(content), error);
    throw keepFailure === undefined ? new KeptError(failure, kept) : failure;
  }
}

/** The name that the result is to have, and what is in the file. */
async function named(finished: Finished, png: Buffer): Promise<[string, Buffer]> {
  const { recipe, image, naming = usualNaming } = finished;
  // What the format has no room for is worth more than the format.
  const format = isEncodable(image, naming.format) ? naming.format : 'png';
  const file = path.join(outputFolder(recipe), outputName(recipe, { ...naming, format }));
  return [file, format === 'png' ? png : await encode(finished, format, naming.quality)];
}

async function encode(
  { image, alpha, recipe }: Finished,
  format: EncodeOptions['format'],
  quality?: number,
): Promise<Buffer> {
  return encodeImage(image, {
    format,
    ...(quality === undefined ? {} : { quality }),
    recipe: JSON.stringify(toStored(portableRecipe(recipe, outputFolder(recipe)))),
    ...(alpha === undefined ? {} : { alpha }),
  });
}

function outputFolder({ content, output }: Recipe): string {
  if (output === undefined) return path.dirname(content);
  return isFolder(output) ? output : path.dirname(followLinks(output));
}

/** Only one process at a time has the job; the next one removes what a kill has left beside the result. */
function markOf(folder: string): string {
  return createHash('sha1').update(path.basename(folder)).digest('hex').slice(0, 12);
}

async function saveOutput(finished: Finished, png: Buffer, mark: string): Promise<Saved> {
  const { output } = finished.recipe;
  if (output === undefined || isFolder(output)) {
    return { file: path.resolve(await saveBeside(...(await named(finished, png)), { mark })) };
  }
  const format = outputFormat(output);
  const bytes = format === 'png' ? png : await encode(finished, format);
  const { overwrite } = finished;
  // Nothing was there when it was begun: a link that is there now leads elsewhere.
  const wanted = overwrite === 'never' ? path.resolve(output) : followLinks(output);
  const mayReplace = async (file: string) =>
    overwrite === true || (overwrite === false && (await isPainting(file)));
  const file = await saveAs(wanted, bytes, mayReplace, { mark });
  return file === wanted ? { file: path.resolve(output) } : { file, spared: path.resolve(output) };
}
