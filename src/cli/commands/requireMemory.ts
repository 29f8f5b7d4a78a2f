import { memoryNeed } from '../../engine/run/estimate';
import type { Prepared } from '../../engine/run/prepare';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { pickHaving } from '../../recipe/fields';
import { printError } from '../reporting/output';
import { bytes } from '../reporting/wording';

/**
 * Warns of a painting that needs more memory than is free, and refuses one that needs more than there is.
 * @param force only warns
 * @throws `image-too-large`
 */
export async function requireMemory(
  { recipe, pictures, device }: Prepared,
  storage: string,
  force: boolean,
): Promise<void> {
  const plan = { image: pictures.contentImage, ...pickHaving(recipe, 'costs') };
  const { width, height } = pictures.size;
  const { needed, total, largest } = await memoryNeed(plan, storage, device.name);
  if (largest >= Math.max(width, height)) return;
  const need = `${width} × ${height} pixels need about ${bytes(needed)} of memory`;
  if (needed > total && !force)
    throw new AtelierError('image-too-large', msg`${recipe.content}: ${need}; there are ${bytes(total)}.`, {
      next: msg`Choose a size of ${largest} or less, or try it with --force.`,
    });
  printError(`atelier: ${need}, more than is free: about ${largest} pixels on the longest side fit.\n`);
}
