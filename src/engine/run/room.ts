import type { DeviceName } from '../../backends/device';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { fitLongestSide } from '../../images/size';
import { memoryNeed, type PictureCost } from './estimate';

/**
 * Refuses a picture that needs more memory than there is.
 * @throws `image-too-large`
 */
export async function requireRoom(
  { file, plan }: PictureCost,
  storage: string,
  device: DeviceName,
): Promise<void> {
  const { needed, total, largest } = await memoryNeed(plan, storage, device);
  if (needed <= total) return;
  const { width, height } = fitLongestSide(plan.image, plan.size);
  throw new AtelierError(
    'image-too-large',
    msg`${file}: ${width} × ${height} pixels need about ${gigabytes(needed)} GB of memory; ${gigabytes(total)} GB are available.`,
    { next: msg`Choose a size of ${largest} or less.` },
  );
}

function gigabytes(bytes: number): number {
  return Math.round(bytes / 1e8) / 10;
}
