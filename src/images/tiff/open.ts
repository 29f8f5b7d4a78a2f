import { msg } from '../../common/messages';
import { unsupported } from '../unsupported';
import { blackIsZero, cielab, cmyk, icclab, palette, rgb, type TiffCoding } from './coding';
import { colourReader } from './colour';
import { tags } from './directory';
import { type Samples, unpackSamples } from './unpack';
import { plainTiff, pointAt } from './write';

/**
 * How far floats may be outside 0 to 1: resampling overshoots. What is farther outside is measured in something else
 * than black to white, and would be painted as plain white.
 */
const overshoot = 0.1;

/** Bits a sample of what `openTiff` gives: 8, or 16 where 8 would lose something. */
export function tiffBits({ direct, bits, float, photometric, alpha }: TiffCoding): 8 | 16 {
  if (direct) return bits === 16 ? 16 : 8;
  // libvips takes the opacity beside 16-bit CMYK for one of 8 bits.
  if (photometric === cmyk && alpha !== undefined) return 8;
  const lab = photometric === cielab || photometric === icclab;
  return (float || lab || bits > 8) && photometric !== palette ? 16 : 8;
}

/**
 * The picture as a TIFF that libvips reads rightly: the file itself where it does, else a plain one, with the profile
 * and the orientation of the file.
 *
 * @throws AtelierError `image-unsupported` for floats that are not between black and white
 * @throws Error for damage
 */
export async function openTiff(coding: TiffCoding, name: string): Promise<Buffer> {
  const { directory, first, direct } = coding;
  if (direct && first) return directory.file.bytes;
  if (direct) {
    const bytes = Buffer.from(directory.file.bytes);
    pointAt({ ...directory.file, bytes }, directory.at);
    return bytes;
  }
  const samples = await unpackSamples(coding);
  if (coding.float) refuseStrangeFloats(samples, coding, name);
  const { channels: colours, read } = colourReader(coding);
  const { width, height, alpha, channels, photometric } = coding;
  const opaque = alpha === undefined;
  const count = colours + (opaque ? 0 : 1);
  const out =
    tiffBits(coding) === 16
      ? new Uint16Array(count * width * height)
      : new Uint8ClampedArray(count * width * height);
  const top = tiffBits(coding) === 16 ? 65535 : 255;
  const white = coding.float || coding.bits > 16 ? 1 : 2 ** coding.bits - 1;
  const colour = new Float64Array(4);
  for (let from = 0, to = 0; from < samples.length; from += channels) {
    read(samples, from, colour);
    const opacity = opaque ? 1 : samples[from + alpha]! / white;
    const divisor = coding.premultiplied && opacity > 0 ? opacity : 1;
    for (let c = 0; c < colours; c++) out[to++] = level(colour[c]! / divisor, top);
    if (!opaque) out[to++] = level(opacity, top);
  }
  return plainTiff({
    ...{ width, height, colours, channels: count },
    photometric: colours === 1 ? blackIsZero : colours === 3 ? rgb : cmyk,
    samples: out instanceof Uint16Array ? out : new Uint8Array(out.buffer),
    orientation: directory.numbers(tags.orientation)?.[0] ?? 1,
    // Lab has been converted: its profile would be applied to sRGB.
    profile: photometric === cielab || photometric === icclab ? undefined : directory.bytes(tags.profile),
  });
}

function level(value: number, top: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * top);
}

function refuseStrangeFloats(samples: Samples, { channels, colours }: TiffCoding, name: string): void {
  let [least, most] = [0, 1];
  for (let i = 0; i < samples.length; i += channels) {
    for (let c = 0; c < colours; c++) {
      const value = samples[i + c]!;
      if (!Number.isFinite(value))
        throw unsupported(name, msg`floating-point TIFF with samples that are no numbers`);
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  if (least < -overshoot || most > 1 + overshoot)
    throw unsupported(
      name,
      msg`floating-point TIFF with samples from ${Number(least.toPrecision(3))} to ${Number(most.toPrecision(3))}: only those between 0 (black) and 1 (white) are colours`,
    );
}
