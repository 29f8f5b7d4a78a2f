import { msg, type Message } from '../common/messages';
import { unsupported } from './unsupported';

/** The kinds of JPEG by the marker of their frame (ITU-T T.81, table B.1) that libjpeg does not read. */
const kinds: Record<number, Message> = {
  0xc3: msg`lossless JPEG`,
  0xc5: msg`hierarchical JPEG`,
  0xc6: msg`hierarchical JPEG`,
  0xc7: msg`lossless JPEG`,
  0xcb: msg`lossless JPEG`,
  0xcd: msg`hierarchical JPEG`,
  0xce: msg`hierarchical JPEG`,
  0xcf: msg`lossless JPEG`,
  0xf7: msg`JPEG-LS`,
};

/**
 * Refuses the kinds of JPEG that are no photographs for the web: 12 bits, lossless, hierarchical.
 *
 * @throws AtelierError `image-unsupported`
 */
export function refuseRareJpeg(bytes: Buffer, name: string): void {
  for (let at = 2; at + 10 < bytes.length;) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes, and markers without a length.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const kind = kinds[marker];
    if (kind) throw unsupported(name, kind);
    // Frames are C0 to CF, without the tables C4, C8 and CC.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const bits = bytes[at + 4] ?? 8;
      if (bits !== 8) throw unsupported(name, msg`JPEG with ${bits} bits a sample`);
      const channels = bytes[at + 9] ?? 3;
      if (![1, 3, 4].includes(channels)) throw unsupported(name, msg`JPEG with ${channels} channels`);
      return;
    }
    if (marker === 0xda || marker === 0xd9) return;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
}
