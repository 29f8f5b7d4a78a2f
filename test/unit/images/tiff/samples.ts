import type { Entry } from './file';

/** The samples of a picture as they are to stand in a file: integers of so many bits, or floats. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  at(x: number, y: number, channel: number): number;
}

/** Samples, the tags that say what they mean, and what a person sees. */
export interface Coded {
  readonly samples: Samples;
  readonly entries: readonly Entry[];
  /** Interleaved sRGB in [0, 1]. */
  readonly colours: Float32Array;
  /** Opacity in [0, 1]; undefined where the file says nothing of it. */
  readonly opacity: Float32Array | undefined;
}

const photometrics = {
  'white is zero': 0,
  'black is zero': 1,
  rgb: 2,
  palette: 3,
  cmyk: 5,
  ycbcr: 6,
  cielab: 8,
  icclab: 9,
} as const;
export type Photometric = keyof typeof photometrics;

/** What an extra sample is, with its number in the file. */
const extras = { unspecified: 0, associated: 1, unassociated: 2 } as const;
export type Extra = keyof typeof extras;

export interface Meaning {
  readonly photometric: Photometric;
  readonly bits: number;
  readonly float?: boolean;
  readonly extra?: readonly Extra[];
  readonly subsampling?: readonly [number, number];
}

type Colour = readonly [number, number, number];

export const pictureSize = { width: 23, height: 19 };
const { width, height } = pictureSize;

/** Ramps and a soft disc, sRGB in [0, 1]: no mirroring, turning or exchange of channels maps it to itself. */
function colourAt(x: number, y: number): Colour {
  const disc = Math.exp(-(((x / width - 0.3) / 0.2) ** 2) - ((y / height - 0.25) / 0.2) ** 2);
  return [0.15 + (0.6 * x) / width, 0.2 + (0.55 * y) / height, 0.2 + 0.6 * disc];
}

function opacityAt(x: number, y: number): number {
  return 0.4 + 0.55 * ((width - 1 - x) / width) * (y / height);
}

function greyAt(x: number, y: number): number {
  const [r, g, b] = colourAt(x, y);
  return 0.3 * r + 0.4 * g + 0.3 * b;
}

/** The picture in a coding. What is expected is computed back from the samples as they are rounded. */
export function pictureIn(meaning: Meaning): Coded {
  const { photometric, bits, float = false, extra = [], subsampling = [1, 1] } = meaning;
  const top = float ? 1 : 2 ** bits - 1;
  const round = (v: number) => (float ? v : Math.round(v * top));
  const coding = codings(bits, top)[photometric];
  const rows: number[][] = [];
  const colours = new Float32Array(3 * width * height);
  const alpha = extra.findIndex(name => name !== 'unspecified');
  const opacity = alpha < 0 ? undefined : new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shared = [x - (x % subsampling[0]), y - (y % subsampling[1])] as const;
      const a = round(opacityAt(x, y));
      const factor = extra[alpha] === 'associated' ? a / top : 1;
      const plain = coding.encode(x, y, shared);
      const stored = plain.map(v => (factor === 1 ? v : float ? v * factor : Math.round(v * factor)));
      rows.push([...stored, ...extra.map((_, i) => (i === alpha ? a : round(((x * 5 + y * 3) % 11) / 10)))]);
      const seen = coding.decode(stored.map(v => Math.min(top, v / factor)));
      const i = y * width + x;
      colours.set(
        seen.map(v => Math.min(1, Math.max(0, v))),
        3 * i,
      );
      if (opacity) opacity[i] = a / top;
    }
  }
  return {
    samples: { width, height, channels: rows[0]!.length, at: (x, y, c) => rows[y * width + x]![c]! },
    entries: [
      [262, 'short', [photometrics[photometric]]],
      ...(extra.length > 0 ? ([[338, 'short', extra.map(name => extras[name])]] as const) : []),
      ...coding.entries,
    ],
    colours,
    opacity,
  };

  function codings(depth: number, white: number): Record<Photometric, Coding> {
    const grey = (v: number): Colour => [v / white, v / white, v / white];
    const indices = 2 ** Math.min(depth, 16);
    const palette = (index: number): Colour => [
      index / (indices - 1),
      1 - index / (indices - 1),
      ((index * 5) % indices) / (indices - 1),
    ];
    const level = (v: number) => Math.round(v * 65535);
    return {
      'white is zero': {
        encode: (x, y) => [white - round(greyAt(x, y))],
        decode: ([v]) => grey(white - v!),
        entries: [],
      },
      'black is zero': { encode: (x, y) => [round(greyAt(x, y))], decode: ([v]) => grey(v!), entries: [] },
      rgb: {
        encode: (x, y) => colourAt(x, y).map(round),
        decode: ([r, g, b]) => [r! / white, g! / white, b! / white],
        entries: [],
      },
      palette: {
        encode: (x, y) => [Math.round(greyAt(x, y) * (indices - 1))],
        decode: ([index]) => palette(index!),
        entries:
          photometric === 'palette'
            ? [
                [
                  320,
                  'short',
                  [0, 1, 2].flatMap(c => Array.from({ length: indices }, (_, i) => level(palette(i)[c]!))),
                ],
              ]
            : [],
      },
      cmyk: {
        encode: (x, y) => [...colourAt(x, y).map(v => round(0.9 * (1 - v))), round((0.2 * x) / width)],
        // Without a profile: for a rough comparison only.
        decode: ([c, m, y, k]) =>
          [c!, m!, y!].map(v => (1 - v / white) * (1 - k! / white)) as unknown as Colour,
        entries: [],
      },
      ycbcr: {
        encode: (x, y, shared) => {
          const [r, g, b] = colourAt(x, y);
          const [sr, sg, sb] = colourAt(...shared);
          const shade = 0.299 * sr + 0.587 * sg + 0.114 * sb;
          return [
            Math.round(255 * (0.299 * r + 0.587 * g + 0.114 * b)),
            Math.round(128 + (255 * (sb - shade)) / 1.772),
            Math.round(128 + (255 * (sr - shade)) / 1.402),
          ];
        },
        decode: ([Y, cb, cr]) => {
          const r = Y! + 1.402 * (cr! - 128);
          const b = Y! + 1.772 * (cb! - 128);
          return [r / 255, (Y! - 0.299 * r - 0.114 * b) / 0.587 / 255, b / 255];
        },
        entries: [],
      },
      cielab: {
        encode: (x, y) => {
          const [L, a, b] = lab(colourAt(x, y));
          const unit = 2 ** (depth - 8);
          return [round(L / 100), ...[a, b].map(v => (Math.round(v * unit) + 2 ** depth) % 2 ** depth)];
        },
        decode: ([L, a, b]) => {
          const unit = 2 ** (depth - 8);
          const signed = (v: number) => (v >= 2 ** (depth - 1) ? v - 2 ** depth : v) / unit;
          return fromLab([(100 * L!) / white, signed(a!), signed(b!)]);
        },
        entries: [],
      },
      icclab: {
        encode: (x, y) => {
          const [L, a, b] = lab(colourAt(x, y));
          const unit = 2 ** (depth - 8);
          return [
            Math.round((L / 100) * 255 * unit),
            Math.round((a + 128) * unit),
            Math.round((b + 128) * unit),
          ];
        },
        decode: ([L, a, b]) => {
          const unit = 2 ** (depth - 8);
          return fromLab([(100 * L!) / 255 / unit, a! / unit - 128, b! / unit - 128]);
        },
        entries: [],
      },
    };
  }
}

interface Coding {
  /** The samples of a pixel; `shared` is the pixel whose Cb and Cr it has. */
  encode(x: number, y: number, shared: readonly [number, number]): number[];
  decode(samples: readonly number[]): Colour;
  readonly entries: readonly Entry[];
}

// sRGB to XYZ under D50 (Bradford), and the white of D50: Lindbloom, "RGB/XYZ Matrices".
const toXyz = [
  [0.4360747, 0.3850649, 0.1430804],
  [0.2225045, 0.7168786, 0.0606169],
  [0.0139322, 0.0971045, 0.7141733],
] as const;
const fromXyz = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;
const d50 = [0.96422, 1, 0.82521] as const;

function apply(matrix: readonly (readonly number[])[], v: readonly number[]): number[] {
  return matrix.map(row => row.reduce((sum, m, i) => sum + m * v[i]!, 0));
}

function lab(colour: Colour): Colour {
  const linear = colour.map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  const [fx, fy, fz] = apply(toXyz, linear).map((v, i) => {
    const t = v / d50[i]!;
    return t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29;
  }) as [number, number, number];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

function fromLab([L, a, b]: Colour): Colour {
  const fy = (L + 16) / 116;
  const xyz = [fy + a / 500, fy, fy - b / 200].map((f, i) => {
    const t = f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29);
    return t * d50[i]!;
  });
  return apply(fromXyz, xyz)
    .map(v => Math.min(1, Math.max(0, v)))
    .map(v => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055)) as unknown as Colour;
}
