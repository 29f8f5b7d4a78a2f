import { msg, type Message } from '../../common/messages';

/** Compressions that only shrink bytes: whatever the samples mean, they can be had back. */
export const byteCompressions: ReadonlySet<number> = new Set([1, 5, 8, 32773, 32946]);

/** Those among them that may follow a predictor: LZW and Deflate. */
export const predictedCompressions: ReadonlySet<number> = new Set([5, 8, 32946]);

/** Compressions of pages in black and white. */
export const faxCompressions: ReadonlySet<number> = new Set([2, 3, 4, 32771]);

export const jpeg = 7;

const compressions: Record<number, Message> = {
  6: msg`TIFF with old-style JPEG compression`,
  7: msg`TIFF with JPEG compression of this kind of channels`,
  9: msg`TIFF with JBIG compression`,
  10: msg`TIFF with JBIG compression`,
  32766: msg`TIFF with NeXT compression`,
  32809: msg`TIFF with ThunderScan compression`,
  32908: msg`TIFF with PixarFilm compression`,
  32909: msg`TIFF with PixarLog compression`,
  33003: msg`TIFF with JPEG 2000 compression`,
  33005: msg`TIFF with JPEG 2000 compression`,
  34661: msg`TIFF with JBIG compression`,
  34676: msg`TIFF with LogLuv compression`,
  34677: msg`TIFF with LogLuv compression`,
  34712: msg`TIFF with JPEG 2000 compression`,
  34887: msg`TIFF with LERC compression`,
  34892: msg`TIFF with the compression of camera raw files`,
  34925: msg`TIFF with LZMA compression`,
  50000: msg`TIFF with Zstandard compression`,
  50001: msg`TIFF with WebP compression`,
  50002: msg`TIFF with JPEG XL compression`,
  52546: msg`TIFF with JPEG XL compression`,
};

/** What a TIFF with this compression is called. */
export function compressionName(compression: number): Message {
  return compressions[compression] ?? msg`TIFF with compression ${compression}`;
}

const photometrics: Record<number, Message> = {
  4: msg`TIFF that is a transparency mask`,
  5: msg`TIFF with inks other than CMYK`,
  10: msg`TIFF in ITU Lab colours`,
  32803: msg`camera raw files`,
  32844: msg`TIFF in LogL brightness`,
  32845: msg`TIFF in LogLuv colours`,
  34892: msg`camera raw files`,
  51177: msg`TIFF that is a depth map`,
};

/** What a TIFF with this photometric interpretation is called. */
export function photometricName(photometric: number): Message {
  return photometrics[photometric] ?? msg`TIFF with photometric interpretation ${photometric}`;
}
