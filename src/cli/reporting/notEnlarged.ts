import type { Size } from '../../nst/image';
import { printError } from './output';
import { shownPath } from './shownPath';

/** Says that a size is more than the picture has: nothing is painted larger than it was taken. */
export function warnNotEnlarged(file: string, { width, height }: Size, size: number | undefined): void {
  if (size === undefined || size <= Math.max(width, height)) return;
  printError(`${shownPath(file)} is ${width} × ${height} pixels and is not enlarged to ${size}.\n`);
}
