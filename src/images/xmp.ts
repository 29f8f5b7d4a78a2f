import type { ReadAt } from './pngText';

const open = '<atelier:recipe>';
const close = '</atelier:recipe>';
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** An XMP packet that carries a recipe and nothing else. */
export function recipePacket(recipe: string): string {
  const escaped = recipe.replace(/[&<>]/g, character => entities[character]!);
  return (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" xmlns:atelier="urn:atelier:1">${open}${escaped}${close}</rdf:Description>` +
    '</rdf:RDF></x:xmpmeta>'
  );
}

/** The recipe in an XMP packet, if there is one. */
function recipeOf(packet: Buffer): string | undefined {
  const start = packet.indexOf(open);
  const end = packet.indexOf(close, start);
  if (start < 0 || end < 0) return undefined;
  return packet
    .toString('utf8', start + open.length, end)
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** The recipe in a JPEG: walks the segments up to the first scan. */
export async function jpegRecipe(readAt: ReadAt): Promise<string | undefined> {
  const namespace = 'http://ns.adobe.com/xap/1.0/\0';
  for (let at = 2; ;) {
    const head = await readAt(at, 4 + namespace.length);
    if (head.length < 4 || head[0] !== 0xff || head[1] === 0xda || head[1] === 0xd9) return undefined;
    const length = head.readUInt16BE(2);
    if (head[1] === 0xe1 && head.toString('latin1', 4) === namespace) {
      const recipe = recipeOf(await readAt(at + 4, length - 2));
      if (recipe !== undefined) return recipe;
    }
    at += 2 + length;
  }
}

/** The recipe in a WebP: walks the chunks of its RIFF container. */
export async function webpRecipe(readAt: ReadAt): Promise<string | undefined> {
  for (let at = 12; ;) {
    const head = await readAt(at, 8);
    if (head.length < 8) return undefined;
    const length = head.readUInt32LE(4);
    if (head.toString('latin1', 0, 4) === 'XMP ' && length < 16 * 2 ** 20) {
      return recipeOf(await readAt(at + 8, length));
    }
    at += 8 + length + (length % 2);
  }
}
