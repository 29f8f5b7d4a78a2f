/** The longest file name that common file systems take, in bytes. */
const longest = 255;

/** The stem with the tail behind it, cut between characters to a name that a file can have. */
export function longName(stem: string, tail: string): string {
  const characters = Array.from(stem);
  while (Buffer.byteLength(characters.join('')) > longest - Buffer.byteLength(tail)) characters.pop();
  return characters.join('') + tail;
}
