import { memoryNeed, type PictureCost } from '../../engine/run/estimate';
import type { Device } from '../../backends/select';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { fitLongestSide } from '../../images/size';
import { printError } from '../reporting/output';
import { bytes } from '../reporting/wording';

/**
 * Warns of pictures of which the costliest needs more memory than is free, and refuses them where it needs more than there
 * is. They are computed one after another.
 * @param force only warns
 * @throws `image-too-large`
 */
export async function requireMemory(
  pictures: readonly PictureCost[],
  device: Pick<Device, 'name'>,
  storage: string,
  force: boolean,
): Promise<void> {
  const needs = await Promise.all(
    pictures.map(async ({ file, plan }) => ({
      ...{ file, size: fitLongestSide(plan.image, plan.size) },
      ...(await memoryNeed(plan, storage, device.name)),
    })),
  );
  const costliest = needs.sort((a, b) => b.needed - a.needed)[0];
  if (costliest === undefined) return;
  const { file, size, needed, total, largest } = costliest;
  const { width, height } = size;
  if (largest >= Math.max(width, height)) return;
  const need = `${width} × ${height} pixels need about ${bytes(needed)} of memory`;
  if (needed > total && !force)
    throw new AtelierError('image-too-large', msg`${file}: ${need}; ${bytes(total)} are available.`, {
      next: msg`Choose a size of ${largest} or less, or try it with --force.`,
    });
  printError(`atelier: ${need}, more than is free: about ${largest} pixels on the longest side fit.\n`);
}
