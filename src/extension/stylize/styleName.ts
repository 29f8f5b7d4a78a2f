import * as path from 'node:path';
import { swatchOf } from './swatches';

/** What people call a style: the title of a built-in one, or its file's name. */
export function styleName(style: string): string {
  return swatchOf(style)?.title ?? path.basename(style, path.extname(style));
}

/** The image file of a style. */
export function styleFile(style: string): string {
  return swatchOf(style)?.file ?? style;
}
