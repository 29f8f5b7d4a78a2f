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
 */
export async function allStyles(content: string): Promise<readonly string[]> {
  const images = await inStyleOrder(await workspaceImages(SEARCHED));
  const own = images.filter(image => image !== content).slice(0, LIMIT);
  return [...swatches().map(({ style }) => style), ...own];
}
