/** A point of the CIE 1931 diagram. */
type Chromaticity = readonly [x: number, y: number];

/** Where the primaries and the white of a colour space are. */
export interface Primaries {
  readonly red: Chromaticity;
  readonly green: Chromaticity;
  readonly blue: Chromaticity;
  readonly white: Chromaticity;
}

/** sRGB's (IEC 61966-2-1) and BT.709's. */
export const srgbPrimaries: Primaries = {
  red: [0.64, 0.33],
  green: [0.3, 0.6],
  blue: [0.15, 0.06],
  white: [0.3127, 0.329],
};

/** From encoded to linear values: sRGB's curve, or a power. */
export type Transfer = 'srgb' | number;

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];
const d50: Vector = [0.9642, 1, 0.8249];

/** A profile (ICC.1:2010, version 4) of RGB colours with these primaries and one curve. */
export function rgbProfile(primaries: Primaries, transfer: Transfer): Buffer {
  const [red, green, blue] = transpose(toD50(primaries));
  const curve = parametricCurve(transfer);
  return profile('RGB ', [
    ...(
      [
        ['rXYZ', red],
        ['gXYZ', green],
        ['bXYZ', blue],
      ] as const
    ).map(([name, xyz]) => [name, xyzTag(xyz)] as const),
    ...['rTRC', 'gTRC', 'bTRC'].map(name => [name, curve] as const),
  ]);
}

/** A profile of greys with this curve. */
export function greyProfile(transfer: Transfer): Buffer {
  return profile('GRAY', [['kTRC', parametricCurve(transfer)]]);
}

/** Linear RGB to XYZ, adapted from the white of the space to D50. */
function toD50({ red, green, blue, white }: Primaries): Matrix {
  const columns = transpose([xyz(red), xyz(green), xyz(blue)]);
  const scale = apply(inverse(columns), xyz(white));
  const matrix = columns.map(row => row.map((v, i) => v * scale[i as 0])) as unknown as Matrix;
  const source = apply(bradford, xyz(white));
  const target = apply(bradford, d50);
  const cones = bradford.map((row, i) =>
    row.map(v => (v * target[i as 0]) / source[i as 0]),
  ) as unknown as Matrix;
  return multiply(multiply(inverse(bradford), cones), matrix);
}

function xyz([x, y]: Chromaticity): Vector {
  return [x / y, 1, (1 - x - y) / y];
}

function apply(matrix: Matrix, [a, b, c]: Vector): Vector {
  return matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Vector;
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return transpose(transpose(b).map(column => apply(a, column)) as unknown as Matrix);
}

function transpose([a, b, c]: Matrix): Matrix {
  return [0, 1, 2].map(i => [a[i as 0], b[i as 0], c[i as 0]]) as unknown as Matrix;
}

function inverse([a, b, c]: Matrix): Matrix {
  const rows = [cross(b, c), cross(c, a), cross(a, b)] as const;
  const determinant = a[0] * rows[0][0] + a[1] * rows[0][1] + a[2] * rows[0][2];
  return transpose(rows.map(row => row.map(v => v / determinant)) as unknown as Matrix);
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function fixed(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((v, i) => bytes.writeInt32BE(Math.round(v * 65536), 4 * i));
  return bytes;
}

function tagOf(type: string, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(type, 'latin1'), Buffer.alloc(4), ...parts]);
}

function xyzTag(value: Vector): Buffer {
  return tagOf('XYZ ', fixed(...value));
}

function parametricCurve(transfer: Transfer): Buffer {
  const [kind, values] =
    transfer === 'srgb' ? [3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]] : [0, [transfer]];
  return tagOf('para', Buffer.from([0, kind, 0, 0]), fixed(...values));
}

function textTag(text: string): Buffer {
  const words = Buffer.from(text, 'utf16le').swap16();
  const record = Buffer.alloc(20);
  [1, 12].forEach((v, i) => record.writeUInt32BE(v, 4 * i));
  record.write('enUS', 8, 'latin1');
  record.writeUInt32BE(words.length, 12);
  record.writeUInt32BE(28, 16);
  return tagOf('mluc', record, words);
}

function profile(space: 'RGB ' | 'GRAY', tags: readonly (readonly [string, Buffer])[]): Buffer {
  const all = [
    ['desc', textTag('As the image says')] as const,
    ['cprt', textTag('No copyright')] as const,
    ['wtpt', xyzTag(d50)] as const,
    ...tags,
  ];
  const table = Buffer.alloc(4 + 12 * all.length);
  table.writeUInt32BE(all.length);
  const data: Buffer[] = [];
  let at = 128 + table.length;
  all.forEach(([name, bytes], i) => {
    table.write(name, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(at, 8 + 12 * i);
    table.writeUInt32BE(bytes.length, 12 + 12 * i);
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    data.push(padded);
    at += padded.length;
  });
  const head = Buffer.alloc(128);
  head.writeUInt32BE(at, 0);
  head.writeUInt32BE(0x04300000, 8);
  head.write(`mntr${space}XYZ `, 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  fixed(...d50).copy(head, 68);
  return Buffer.concat([head, table, ...data]);
}
