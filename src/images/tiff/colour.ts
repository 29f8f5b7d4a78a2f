import { encodeSrgb } from '../resample';
import { cielab, cmyk, icclab, palette, rgb, type TiffCoding, whiteIsZero, ycbcr } from './coding';
import { tags } from './directory';
import type { Samples } from './unpack';

/** Writes the colours of the pixel whose first sample is at `from`, each in [0, 1], to `colour`. */
type ReadColour = (samples: Samples, from: number, colour: Float64Array) => void;

/** How the colours of a coding are read, and how many they are afterwards: grey, RGB or CMYK. */
export function colourReader(coding: TiffCoding): {
  readonly channels: 1 | 3 | 4;
  readonly read: ReadColour;
} {
  const white = coding.float || coding.bits > 16 ? 1 : 2 ** coding.bits - 1;
  switch (coding.photometric) {
    case whiteIsZero:
      return {
        channels: 1,
        read: (samples, from, colour) => {
          colour[0] = 1 - samples[from]! / white;
        },
      };
    case palette:
      return { channels: 3, read: paletteReader(coding) };
    case ycbcr:
      return { channels: 3, read: ycbcrReader(coding) };
    case cielab:
    case icclab:
      return { channels: 3, read: labReader(coding) };
    default: {
      const channels = coding.photometric === rgb ? 3 : coding.photometric === cmyk ? 4 : 1;
      return {
        channels,
        read: (samples, from, colour) => {
          for (let c = 0; c < channels; c++) colour[c] = samples[from + c]! / white;
        },
      };
    }
  }
}

function paletteReader({ directory, bits }: TiffCoding): ReadColour {
  const map = directory.numbers(tags.colourMap) ?? [];
  const count = 2 ** bits;
  if (map.length < 3 * count) throw new Error('a palette that is cut short');
  // Some writers fill only the lower byte.
  const top = map.some(v => v > 255) ? 65535 : 255;
  return (samples, from, colour) => {
    for (let c = 0; c < 3; c++) colour[c] = map[c * count + samples[from]!]! / top;
  };
}

/** TIFF 6.0, section 21; without tags the coefficients of CCIR 601 and the full range. */
function ycbcrReader({ directory }: TiffCoding): ReadColour {
  const [kr = 0.299, kg = 0.587, kb = 0.114] = directory.numbers(tags.coefficients) ?? [];
  const [black = 0, white = 255, blueZero = 128, blueTop = 255, redZero = 128, redTop = 255] =
    directory.numbers(tags.referenceBlackWhite) ?? [];
  if (!(kg > 0 && white > black && blueTop > blueZero && redTop > redZero))
    throw new Error('impossible YCbCr');
  return (samples, from, colour) => {
    const y = (samples[from]! - black) / (white - black);
    const cb = ((samples[from + 1]! - blueZero) / (blueTop - blueZero)) * (127 / 255);
    const cr = ((samples[from + 2]! - redZero) / (redTop - redZero)) * (127 / 255);
    const red = y + (2 - 2 * kr) * cr;
    const blue = y + (2 - 2 * kb) * cb;
    colour[0] = red;
    colour[1] = (y - kr * red - kb * blue) / kg;
    colour[2] = blue;
  };
}

/** CIE XYZ under D50, the white of both kinds of Lab, to linear sRGB (Bradford): Lindbloom, "RGB/XYZ Matrices". */
const fromXyz = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

/** TIFF 6.0, section 23: a and b are signed. The ICC's kind (Adobe's technical note 4): they are offset by 128. */
function labReader({ photometric, bits }: TiffCoding): ReadColour {
  const unit = 2 ** (bits - 8);
  const half = 2 ** (bits - 1);
  const isIcc = photometric === icclab;
  const lightest = isIcc ? 255 * unit : 2 ** bits - 1;
  const chroma = (v: number) => (isIcc ? v / unit - 128 : (v >= half ? v - 2 * half : v) / unit);
  return (samples, from, colour) => {
    const fy = ((100 * samples[from]!) / lightest + 16) / 116;
    const x = 0.96422 * uncurve(fy + chroma(samples[from + 1]!) / 500);
    const y = uncurve(fy);
    const z = 0.82521 * uncurve(fy - chroma(samples[from + 2]!) / 200);
    for (let c = 0; c < 3; c++) {
      const [mx, my, mz] = fromXyz[c] ?? [0, 0, 0];
      colour[c] = encodeSrgb(mx * x + my * y + mz * z);
    }
  };
}

function uncurve(f: number): number {
  return f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29);
}
