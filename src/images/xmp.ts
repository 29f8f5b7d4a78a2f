import type { ReadAt } from './pngText';

/** Texts that travel inside a picture: the recipe that it was painted by, and what it was made from. */
export type CarriedTexts = Readonly<Partial<Record<CarriedText, string>>>;
export type CarriedText = 'recipe' | 'origin';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** An XMP packet that carries these texts and nothing else. */
export function xmpPacket(texts: CarriedTexts): string {
  const elements = Object.entries(texts).map(([name, text]) => {
    const escaped = text?.replace(/[&<>]/g, character => entities[character]!);
    return escaped === undefined ? '' : `<atelier:${name}>${escaped}</atelier:${name}>`;
  });
  return (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    `<rdf:Description rdf:about="" xmlns:atelier="urn:atelier:1">${elements.join('')}</rdf:Description>` +
    '</rdf:RDF></x:xmpmeta>'
  );
}

/** A text in an XMP packet, if it is there. */
function textIn(packet: Buffer, name: CarriedText): string | undefined {
  const [open, close] = [`<atelier:${name}>`, `</atelier:${name}>`];
  const start = packet.indexOf(open);
  const end = packet.indexOf(close, start);
  if (start < 0 || end < 0) return undefined;
  return packet
    .toString('utf8', start + open.length, end)
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/** A text in a JPEG: walks the segments up to the first scan. */
export async function jpegText(readAt: ReadAt, name: CarriedText): Promise<string | undefined> {
  const namespace = 'http://ns.adobe.com/xap/1.0/\0';
  for (let at = 2; ;) {
    const head = await readAt(at, 4 + namespace.length);
    if (head.length < 4 || head[0] !== 0xff || head[1] === 0xda || head[1] === 0xd9) return undefined;
    const length = head.readUInt16BE(2);
    if (head[1] === 0xe1 && head.toString('latin1', 4) === namespace) {
      const text = textIn(await readAt(at + 4, length - 2), name);
      if (text !== undefined) return text;
    }
    at += 2 + length;
  }
}

/** A text in a WebP: walks the chunks of its RIFF container. */
export async function webpText(readAt: ReadAt, name: CarriedText): Promise<string | undefined> {
  for (let at = 12; ;) {
    const head = await readAt(at, 8);
    if (head.length < 8) return undefined;
    const length = head.readUInt32LE(4);
    if (head.toString('latin1', 0, 4) === 'XMP ' && length < 16 * 2 ** 20) {
      return textIn(await readAt(at + 8, length), name);
    }
    at += 8 + length + (length % 2);
  }
}
