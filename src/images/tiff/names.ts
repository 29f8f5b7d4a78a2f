import { phrase, type Phrase } from '../../common/messages';

/** Compressions that only shrink bytes: whatever the samples mean, they can be had back. */
export const byteCompressions: ReadonlySet<number> = new Set([1, 5, 8, 32773, 32946]);

/** Those among them that may follow a predictor: LZW and Deflate. */
export const predictedCompressions: ReadonlySet<number> = new Set([5, 8, 32946]);

/** Compressions of pages in black and white. */
export const faxCompressions: ReadonlySet<number> = new Set([2, 3, 4, 32771]);

export const jpeg = 7;

const compressions: Record<number, Phrase> = {
  6: phrase`TIFF with old-style JPEG compression`,
  7: phrase`TIFF with JPEG compression of this kind of channels`,
  9: phrase`TIFF with JBIG compression`,
  10: phrase`TIFF with JBIG compression`,
  32766: phrase`TIFF with NeXT compression`,
  32809: phrase`TIFF with ThunderScan compression`,
  32908: phrase`TIFF with PixarFilm compression`,
  32909: phrase`TIFF with PixarLog compression`,
  33003: phrase`TIFF with JPEG 2000 compression`,
  33005: phrase`TIFF with JPEG 2000 compression`,
  34661: phrase`TIFF with JBIG compression`,
  34676: phrase`TIFF with LogLuv compression`,
  34677: phrase`TIFF with LogLuv compression`,
  34712: phrase`TIFF with JPEG 2000 compression`,
  34887: phrase`TIFF with LERC compression`,
  34892: phrase`TIFF with the compression of camera raw files`,
  34925: phrase`TIFF with LZMA compression`,
  50000: phrase`TIFF with Zstandard compression`,
  50001: phrase`TIFF with WebP compression`,
  50002: phrase`TIFF with JPEG XL compression`,
  52546: phrase`TIFF with JPEG XL compression`,
};

/** What a TIFF with this compression is called. */
export function compressionName(compression: number): Phrase {
  return compressions[compression] ?? phrase`TIFF with compression ${compression}`;
}

const photometrics: Record<number, Phrase> = {
  4: phrase`TIFF that is a transparency mask`,
  5: phrase`TIFF with other inks than CMYK`,
  10: phrase`TIFF in ITU Lab colours`,
  32803: phrase`camera raw files`,
  32844: phrase`TIFF in LogL brightness`,
  32845: phrase`TIFF in LogLuv colours`,
  34892: phrase`camera raw files`,
  51177: phrase`TIFF that is a depth map`,
};

/** What a TIFF with this photometric interpretation is called. */
export function photometricName(photometric: number): Phrase {
  return photometrics[photometric] ?? phrase`TIFF with photometric interpretation ${photometric}`;
}
