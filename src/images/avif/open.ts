import sharp from 'sharp';
import { msg } from '../../common/messages';
import { codedColours, type CodedColours } from '../codePoints';
import { rgbProfile } from '../icc';
import { rgb } from '../tiff/coding';
import { plainTiff } from '../tiff/write';
import { unsupported } from '../unsupported';
import { primaryItem } from './item';

/** What of an AVIF libvips leaves as it is stored. */
export interface AvifColours {
  /** The file; for a film as a still picture, which libvips then reads: its primary image, the first frame. */
  readonly bytes: Buffer;
  /** Grey between 16 and 235, as video has it. */
  readonly limitedGrey: boolean;
  /** Of the code points; they count where the file has no profile. */
  readonly coded: CodedColours;
}

/** @throws AtelierError `image-unsupported` for a film without a still picture */
export function avifColours(file: Buffer, name: string): AvifColours {
  const isFilm = file.toString('latin1', 8, 12) === 'avis';
  const item = primaryItem(file);
  if (isFilm && item === undefined) throw unsupported(name, msg`AVIF films without a still picture`);
  const bytes = isFilm ? Buffer.from(file) : file;
  if (isFilm) bytes.write('avif', 8, 'latin1');
  return {
    bytes,
    limitedGrey: item !== undefined && item.isGrey && !item.fullRange,
    coded: item === undefined ? { kind: 'srgb' } : codedColours(item.primaries, item.transfer),
  };
}

/**
 * The upright picture as a TIFF: grey over the whole range, its colours said in a profile.
 *
 * @param bits a sample in the file
 * @param profile that of the file
 */
export async function openAvif(
  { bytes, limitedGrey, coded }: AvifColours,
  bits: number,
  profile: Buffer | undefined,
): Promise<Buffer> {
  const wide = bits > 8;
  const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: false, ignoreIcc: true })
    .toColourspace(wide ? 'rgb16' : 'srgb')
    .raw({ depth: wide ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const samples = wide ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) : data;
  const scale = wide ? 256 : 1;
  const top = wide ? 65535 : 255;
  if (limitedGrey) {
    for (let i = 0; i < samples.length; i++) {
      if (channels === 4 && i % 4 === 3) continue;
      const level = ((samples[i] ?? 0) - 16 * scale) / (219 * scale);
      samples[i] = Math.round(Math.min(1, Math.max(0, level)) * top);
    }
  } else if (wide && bits < 16) {
    for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) | ((samples[i] ?? 0) >> bits);
  }
  return plainTiff({
    ...{ width, height, channels, colours: 3, photometric: rgb, samples, orientation: 1 },
    profile: coded.kind === 'other' ? rgbProfile(coded.primaries, coded.transfer) : profile,
  });
}
