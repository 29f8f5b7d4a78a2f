import * as zlib from 'node:zlib';
import { buf as crc32 } from 'crc-32';
import { codedColours } from './codePoints';
import { greyProfile, type Primaries, rgbProfile, srgbPrimaries, type Transfer } from './icc';
import { unsupported } from './unsupported';

/** Chunks that say what the colours are; libvips reads only the profile among them. */
const colourChunks = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM', 'mDCV', 'cLLI']);

/**
 * A PNG with its colours said in a profile: PNG (third edition), section 4.3, has four ways, of which cICP goes before
 * iCCP, that before sRGB, and that before gAMA and cHRM. The bytes themselves where nothing is to be changed.
 *
 * @throws AtelierError `image-unsupported` for colours beyond those of screens (HDR)
 */
export function withPngProfile(bytes: Buffer, name: string): Buffer {
  const chunks = new Map<string, Buffer>();
  let at = 8;
  const kept: Buffer[] = [];
  for (; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT' || at + 12 + length > bytes.length) break;
    if (colourChunks.has(type)) chunks.set(type, bytes.subarray(at + 8, at + 8 + length));
    else kept.push(bytes.subarray(at, at + 12 + length));
    at += 12 + length;
  }
  const colours = coloursOf(chunks, name);
  const header = kept.shift();
  if (colours === undefined || header?.length !== 25) return bytes;
  const isGrey = ((header[17] ?? 0) & 2) === 0;
  const profile = isGrey ? greyProfile(colours.transfer) : rgbProfile(colours.primaries, colours.transfer);
  const data = Buffer.concat([Buffer.from('colours\0\0', 'latin1'), zlib.deflateSync(profile)]);
  return Buffer.concat([bytes.subarray(0, 8), header, chunk('iCCP', data), ...kept, bytes.subarray(at)]);
}

interface Colours {
  readonly primaries: Primaries;
  readonly transfer: Transfer;
}

function coloursOf(chunks: ReadonlyMap<string, Buffer>, name: string): Colours | undefined {
  const points = chunks.get('cICP');
  if (points?.length === 4) {
    const coded = codedColours(points[0] ?? 0, points[1] ?? 0);
    if (coded.kind === 'unsupported') throw unsupported(name, coded.what);
    if (coded.kind === 'other') return coded;
    // A profile beside it must not be applied.
    return chunks.has('iCCP') ? { primaries: srgbPrimaries, transfer: 'srgb' } : undefined;
  }
  if (chunks.has('iCCP') || chunks.has('sRGB')) return undefined;
  const gamma = gammaIn(chunks.get('gAMA'));
  const primaries = primariesIn(chunks.get('cHRM'));
  if (gamma === undefined && primaries === undefined) return undefined;
  return { primaries: primaries ?? srgbPrimaries, transfer: gamma ?? 'srgb' };
}

/** The power that gAMA asks for; undefined where that is as good as sRGB's curve, or nonsense. */
function gammaIn(chunk: Buffer | undefined): number | undefined {
  if (chunk?.length !== 4) return undefined;
  const power = 100000 / chunk.readUInt32BE(0);
  return power > 0.2 && power < 5 && Math.abs(power - 2.2) > 0.05 ? power : undefined;
}

/** Undefined where they are sRGB's, or no triangle around the white. */
function primariesIn(chunk: Buffer | undefined): Primaries | undefined {
  if (chunk?.length !== 32) return undefined;
  const point = (i: number) =>
    [chunk.readUInt32BE(8 * i) / 1e5, chunk.readUInt32BE(8 * i + 4) / 1e5] as const;
  const found: Primaries = { white: point(0), red: point(1), green: point(2), blue: point(3) };
  const points = (primaries: Primaries) =>
    [primaries.white, primaries.red, primaries.green, primaries.blue].flat();
  const usual = points(srgbPrimaries);
  if (points(found).every((v, i) => Math.abs(v - (usual[i] ?? 0)) < 0.003)) return undefined;
  const sides = [
    [found.red, found.green],
    [found.green, found.blue],
    [found.blue, found.red],
  ] as const;
  const inside = sides.every(
    ([[ax, ay], [bx, by]]) => (bx - ax) * (found.white[1] - ay) - (by - ay) * (found.white[0] - ax) > 0.001,
  );
  return inside && points(found).every(v => v < 1) && found.blue[1] > 0.001 ? found : undefined;
}

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}
