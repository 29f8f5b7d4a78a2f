import { AtelierError } from '../../common/errors';
import type { Size } from '../../nst/image';
import { msg, type Message } from '../../common/messages';
import { unsupported } from '../unsupported';
import { type Directory, directoriesOf, tags } from './directory';
import {
  byteCompressions,
  compressionName,
  faxCompressions,
  jpeg,
  photometricName,
  predictedCompressions,
} from './names';

/** Photometric interpretations by their numbers. */
export const whiteIsZero = 0;
export const blackIsZero = 1;
export const rgb = 2;
export const palette = 3;
export const cmyk = 5;
export const ycbcr = 6;
export const cielab = 8;
export const icclab = 9;

/** Colour channels of those that can be read. */
const colourChannels: Record<number, number> = {
  [whiteIsZero]: 1,
  [blackIsZero]: 1,
  [rgb]: 3,
  [palette]: 1,
  [cmyk]: 4,
  [ycbcr]: 3,
  [cielab]: 3,
  [icclab]: 3,
};

/** How the samples of a TIFF are stored and what they mean. */
export interface TiffCoding extends Size {
  readonly directory: Directory;
  /** Whether it is the first of its file. */
  readonly first: boolean;
  readonly photometric: number;
  readonly compression: number;
  /** Bits a sample. */
  readonly bits: number;
  readonly float: boolean;
  /** Channels in the file: colours, then extra ones. */
  readonly channels: number;
  readonly colours: number;
  /** Which channel is the opacity; undefined where none says that it is. */
  readonly alpha: number | undefined;
  /** Whether the colours are multiplied by the opacity. */
  readonly premultiplied: boolean;
  readonly planar: boolean;
  readonly tiled: boolean;
  readonly predictor: number;
  /** Columns and rows of pixels that share their Cb and Cr. */
  readonly subsampling: readonly [number, number];
  /** Whether libvips reads it rightly as it is; the others are unpacked here. */
  readonly direct: boolean;
}

/**
 * What the tags of a TIFF say of its picture, which is the first that is neither a reduced copy nor a mask.
 *
 * @throws AtelierError `image-unsupported` for a coding that would be read wrongly
 * @throws Error for damage
 */
export function tiffCoding(bytes: Buffer, name: string): TiffCoding {
  const { directory, first } = pictureIn(bytes, name);
  const numbers = (tag: (typeof tags)[keyof typeof tags]) => directory.numbers(tag) ?? [];
  const number = (tag: (typeof tags)[keyof typeof tags], otherwise: number) => numbers(tag)[0] ?? otherwise;
  const refuse = (what: Message) => unsupported(name, what);
  const [width, height] = [number(tags.width, 0), number(tags.height, 0)];
  if (![width, height].every(side => Number.isInteger(side) && side >= 1)) throw new Error('no size');
  const compression = number(tags.compression, 1);
  const channels = number(tags.samplesPerPixel, 1);
  if (!Number.isInteger(channels) || channels < 1) throw new Error('no channels');
  // As libtiff guesses it where it is missing.
  const guess = channels > 2 ? rgb : faxCompressions.has(compression) ? whiteIsZero : blackIsZero;
  const photometric = number(tags.photometric, guess);
  const colours = colourChannels[photometric];
  const inks = photometric === cmyk && number(tags.inkSet, 1) !== 1;
  if (colours === undefined || inks) throw refuse(photometricName(photometric));
  if (number(tags.indexed, 0) !== 0 && photometric !== palette)
    throw refuse(msg`TIFF with indexed colours of this kind`);
  if (channels < colours) throw refuse(msg`TIFF with ${channels} channels instead of ${colours}`);

  const depths = new Set(directory.numbers(tags.bits) ?? [1]);
  const formats = new Set(directory.numbers(tags.sampleFormat) ?? [1]);
  const isLab = photometric === cielab || photometric === icclab;
  if (depths.size > 1 || (formats.size > 1 && !isLab))
    throw refuse(msg`TIFF with channels of different kinds`);
  const bits = [...depths][0] ?? 1;
  const format = [...formats][0] ?? 1;
  const float = format === 3;
  if (format === 2 && !isLab) throw refuse(msg`TIFF with signed samples`);
  if (format > 4) throw refuse(msg`TIFF with complex numbers`);

  const extra = numbers(tags.extraSamples).slice(0, channels - colours);
  const found = extra.findIndex(meaning => meaning === 1 || meaning === 2);
  const coding = {
    ...{ width, height, directory, first, photometric, compression, bits, float, channels, colours },
    alpha: found < 0 ? undefined : colours + found,
    premultiplied: extra[found] === 1,
    planar: number(tags.planar, 1) === 2,
    tiled: directory.numbers(tags.tileWidth) !== undefined,
    // The tag belongs to these compressions; beside others libtiff does not look at it either.
    predictor: predictedCompressions.has(compression) ? number(tags.predictor, 1) : 1,
    subsampling: photometric === ycbcr ? subsamplingOf(directory) : ([1, 1] as const),
  };
  if (!byteCompressions.has(compression)) {
    if (!isCompressedPicture(coding)) throw refuse(compressionName(compression));
    return { ...coding, direct: true };
  }
  const direct = isPlain(coding);
  const obstacle = direct ? undefined : obstacleTo(coding);
  if (obstacle) throw refuse(obstacle);
  return { ...coding, direct };
}

type Coding = Omit<TiffCoding, 'direct'>;

function pictureIn(bytes: Buffer, name: string): { directory: Directory; first: boolean } {
  let picture: Directory | undefined;
  let first: Directory | undefined;
  try {
    for (const directory of directoriesOf(bytes)) {
      first ??= directory;
      refuseRaw(directory, name);
      const kind = directory.numbers(tags.newSubfileType)?.[0] ?? 0;
      const isWhole = (kind & 5) === 0 && directory.numbers(tags.subfileType)?.[0] !== 2;
      if (isWhole && directory.numbers(tags.width)) picture ??= directory;
    }
  } catch (error) {
    // Damage behind the picture does not matter.
    if (picture === undefined || error instanceof AtelierError) throw error;
  }
  const directory = picture ?? first;
  if (directory === undefined) throw new Error('no picture');
  return { directory, first: directory === first };
}

/** The other pictures of a raw file are what the camera's screen shows. */
function refuseRaw(directory: Directory, name: string): void {
  const photometric = directory.numbers(tags.photometric)?.[0];
  const isCanon = directory.file.bytes.toString('latin1', 8, 10) === 'CR';
  if (isCanon || photometric === 32803 || photometric === 34892 || directory.numbers(tags.dngVersion))
    throw unsupported(name, msg`camera raw files`);
}

function subsamplingOf(directory: Directory): readonly [number, number] {
  const [across = 2, down = 2] = directory.numbers(tags.subsampling) ?? [];
  return [across, down];
}

/** Whether libvips decodes it rightly: JPEG, and black and white as fax machines send it. */
function isCompressedPicture({ compression, photometric, bits, channels, planar, float }: Coding): boolean {
  if (float || (planar && channels > 1)) return false;
  if (faxCompressions.has(compression))
    return bits === 1 && channels === 1 && (photometric === whiteIsZero || photometric === blackIsZero);
  if (bits !== 8 || compression !== jpeg) return false;
  const usual: Record<number, number> = { [blackIsZero]: 1, [rgb]: 3, [ycbcr]: 3, [cmyk]: 4 };
  return usual[photometric] === channels;
}

/** Whether libvips decodes it rightly: the kinds that the tests show it to. */
function isPlain(coding: Coding): boolean {
  const { photometric, bits, float, channels, colours, alpha, planar, tiled } = coding;
  if (float) return false;
  const wide = bits === 8 || bits === 16;
  const onlyAlpha = channels === colours || (channels === colours + 1 && alpha !== undefined);
  switch (photometric) {
    case whiteIsZero:
    case blackIsZero:
      if (planar) return false;
      if (channels === 1) return [1, 2, 4, 8, 16].includes(bits);
      return onlyAlpha && wide && !(photometric === whiteIsZero && coding.premultiplied);
    case rgb:
      return onlyAlpha && wide && !(planar && tiled);
    case palette:
      return channels === 1 && !planar && [1, 2, 4, 8].includes(bits);
    case cmyk:
      return channels === colours && wide && !(planar && tiled);
    default:
      return false;
  }
}

/** What of a coding cannot be unpacked; undefined where all of it can. */
function obstacleTo(coding: Coding): Message | undefined {
  const { photometric, bits, float, planar, predictor, subsampling } = coding;
  const depths = float ? [16, 24, 32, 64] : Array.from({ length: 32 }, (_, i) => i + 1);
  if (!depths.includes(bits)) return msg`TIFF with ${bits} bits a sample`;
  if (predictor === 2 && ![8, 16, 32].includes(bits))
    return msg`TIFF with a predictor for ${bits} bits a sample`;
  if (predictor === 3 && !float) return msg`TIFF with a floating-point predictor for integers`;
  if (![1, 2, 3].includes(predictor)) return msg`TIFF with predictor ${predictor}`;
  if (coding.premultiplied && photometric !== rgb && photometric !== blackIsZero)
    return msg`TIFF with premultiplied alpha in these colours`;
  switch (photometric) {
    case palette:
      return float || bits > 16 ? msg`TIFF with a palette of ${bits} bits` : undefined;
    case ycbcr: {
      const [across, down] = subsampling;
      if (bits !== 8 || float) return msg`TIFF in YCbCr colours with ${bits} bits a sample`;
      if (![1, 2, 4].includes(across) || ![1, 2, 4].includes(down))
        return msg`TIFF with this subsampling of colours`;
      const shared = across * down > 1;
      return shared && (planar || coding.channels > 3 || predictor !== 1)
        ? msg`TIFF with subsampled colours and extra channels, planes or a predictor`
        : undefined;
    }
    case cielab:
    case icclab:
      return float || (bits !== 8 && bits !== 16)
        ? msg`TIFF in Lab colours with ${bits} bits a sample`
        : undefined;
    default:
      return undefined;
  }
}
