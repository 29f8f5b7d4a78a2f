import { msg, type Message } from '../common/messages'; /** The image formats that are read. */
export const imageFormats = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff', 'bmp'] as const;
export type ImageFormat = (typeof imageFormats)[number];

const signatures: readonly (readonly [ImageFormat, RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['webp', /^RIFF[^]{4}WEBP/],
  ['gif', /^GIF8[79]a/],
  ['tiff', /^(?:II[*+]\0|MM\0[*+])/],
  // Two letters are a weak signature: the four reserved bytes and the length of the next header make it one.
  ['bmp', /^BM[^]{4}\0{4}[^]{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0{3}/],
];

/**
 * The format of an image by its first bytes; the name of the file is never asked. Only what is recognised
 * here reaches libvips, whose build knows more formats than it should be handed from strangers.
 */
export function formatOf(bytes: Buffer): ImageFormat | undefined {
  const head = bytes.toString('latin1', 0, 32);
  const found = signatures.find(([, signature]) => signature.test(head));
  if (found) return found[0];
  return brands(bytes).some(brand => /^avi[fs]$/.test(brand)) ? 'avif' : undefined;
}

const unsupportedSignatures: readonly (readonly [Message, RegExp])[] = [
  [msg`a PDF document`, /^%PDF/],
  [msg`a Photoshop document`, /^8BPS/],
  [msg`a JPEG XL image`, /^(?:\xff\x0a|\0\0\0\x0cJXL )/],
  [msg`a JPEG 2000 image`, /^(?:\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/],
  [msg`a camera raw file`, /^(?:IIU\0|IIR[OS]|FUJIFILMCCD-RAW)/],
  [msg`an OpenEXR image`, /^v\/1\x01/],
  [msg`an icon`, /^\0\0[\x01\x02]\0/],
  [msg`a zip archive`, /^PK\x03\x04/],
  [msg`an SVG drawing`, /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^]*|<!--[^]*|<!DOCTYPE\s[^]*)?<svg[\s>]/],
];

/** In words, what a file holds that is no image for us: "it holds …". */
export function contentOf(bytes: Buffer): Message {
  const brand = brands(bytes);
  if (brand.some(name => /^(?:hei[cxms]|hev[cx]|mif1|msf1)$/.test(name))) return msg`an HEIC photograph`;
  if (brand.length > 0) return msg`a film`;
  const head = bytes.subarray(0, 4096);
  const found = unsupportedSignatures.find(([, signature]) => signature.test(head.toString('latin1')));
  if (found) return found[0];
  return isText(head) ? msg`text` : msg`something that is not a known image format`;
}

/** The brands an ISO base media file (AVIF, HEIC, MP4) says it complies with, the major one first. */
function brands(bytes: Buffer): string[] {
  if (bytes.length < 16 || bytes.toString('latin1', 4, 8) !== 'ftyp') return [];
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 256);
  const names = [bytes.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) names.push(bytes.toString('latin1', at, at + 4));
  return names;
}

function isText(head: Buffer): boolean {
  // A character cut in two by the end of the sample must not count against it.
  const decoded = new TextDecoder('utf-8').decode(head, { stream: true });
  return !/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/.test(decoded);
}
