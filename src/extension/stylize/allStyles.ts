import { workspaceImages } from '../imageFiles';
import { inStyleOrder } from './styleOrder';
import { swatches } from './swatches';

/** Images of the workspace among all styles: a sheet of more is not looked at, and takes minutes. */
const LIMIT = 16;

/** Images that are looked through for them. */
const SEARCHED = 200;

/**
 * The built-in styles, then images of the workspace in the order in which they are offered as styles.
 * @param content is none of them
 * @param inspect reads an image, and rejects where it cannot be read: one such would end the whole sheet
 */
export async function allStyles(
  content: string,
  inspect: (file: string) => Promise<unknown>,
): Promise<readonly string[]> {
  const images = await inStyleOrder(await workspaceImages(SEARCHED));
  const own = images.filter(image => image !== content).slice(0, LIMIT);
  const read = await Promise.allSettled(own.map(inspect));
  const readable = own.filter((_, i) => read[i]?.status === 'fulfilled');
  return [...swatches().map(({ style }) => style), ...readable];
}
