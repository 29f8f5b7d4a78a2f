/** Sizes to offer, longest side in pixels. */
const STANDARD_SIDES = [256, 384, 512, 768, 1024, 1536, 2048];

/**
 * The sizes to choose from: those below the image's own, the current one even if it is none of them, and 0, which
 * keeps the image's size.
 * @param longest longest side of the image in pixels, undefined while unknown
 */
export function sizeChoices(longest: number | undefined, current: number): readonly number[] {
  const fitting = STANDARD_SIDES.filter(size => longest === undefined || size < longest);
  const sizes = new Set([...fitting, ...(current > 0 ? [current] : [])]);
  return [...[...sizes].sort((a, b) => a - b), 0];
}
