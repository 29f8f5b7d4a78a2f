import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { pickHaving } from '../../recipe/fields';
import { expectedDevice, memoryNeed } from './estimate';
import type { RunInputs, RunSettings } from './prepare';

/**
 * Refuses a painting that needs more memory than there is, before its device is opened.
 * @throws `image-too-large`
 */
export async function requireRoom({ recipe, pictures }: RunInputs, settings: RunSettings): Promise<void> {
  const plan = { image: pictures.contentImage, ...pickHaving(recipe, 'costs') };
  const device = await expectedDevice(settings);
  const { needed, total, largest } = await memoryNeed(plan, settings.storage, device);
  if (needed <= total) return;
  const { width, height } = pictures.size;
  throw new AtelierError(
    'image-too-large',
    msg`${recipe.content}: ${width} × ${height} pixels need about ${gigabytes(needed)} GB of memory; there are ${gigabytes(total)} GB.`,
    { next: msg`Choose a size of ${largest} or less.` },
  );
}

function gigabytes(bytes: number): number {
  return Math.round(bytes / 1e8) / 10;
}
