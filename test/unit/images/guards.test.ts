import * as fs from 'node:fs';
import * as os from 'node:os';
import { buf as crc32 } from 'crc-32';
import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AtelierError, type ErrorCode, exitCode } from '../../../src/common/errors';
import { decodeImage, readImage } from '../../../src/images/decode';
import { painting, temporaryFolder } from './pictures';

const size = { width: 96, height: 64 };
const inFolder = temporaryFolder();
afterEach(() => {
  vi.restoreAllMocks();
});

async function refusal(attempt: Promise<unknown>): Promise<AtelierError> {
  const error: unknown = await attempt.then(
    () => expect.fail('was accepted'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AtelierError);
  return error as AtelierError;
}

/** Writes a file and checks how reading it is refused: by code, in a sentence with the file and the reason. */
async function expectRefused(name: string, bytes: Uint8Array | string, code: ErrorCode, reason: RegExp) {
  const file = inFolder(name);
  fs.writeFileSync(file, bytes);
  const error = await refusal(readImage(file));
  expect(error.message).toMatch(reason);
  expect(error.message).toContain(file);
  expect(error.code).toBe(code);
  expect(exitCode(error.code)).toBe(3);
}

describe('files that cannot be read', () => {
  it('names a missing file', async () => {
    const error = await refusal(readImage(inFolder('nowhere.png')));
    expect(error).toMatchObject({ code: 'file-missing' });
    expect(error.message).toBe(`${inFolder('nowhere.png')} does not exist.`);
    fs.writeFileSync(inFolder('file'), 'x');
    expect(await refusal(readImage(inFolder('file/below.png')))).toMatchObject({ code: 'file-missing' });
  });

  it('names a folder', async () => {
    fs.mkdirSync(inFolder('folder.png'));
    const error = await refusal(readImage(inFolder('folder.png')));
    expect(error).toMatchObject({ code: 'file-unreadable' });
    expect(error.message).toMatch(/folder\.png is a folder/);
  });

  it.runIf(process.platform !== 'win32')('does not wait for a device', async () => {
    const error = await refusal(readImage(os.devNull));
    expect(error).toMatchObject({ code: 'file-unreadable', message: '/dev/null is not a regular file.' });
  });

  it('names a file without permission', async () => {
    // The tests may run as root, whom no permission stops: the refusal comes from a stand-in for the system.
    fs.writeFileSync(inFolder('secret.png'), 'x');
    vi.spyOn(fs.promises, 'readFile').mockRejectedValue(
      Object.assign(new Error('EACCES'), { code: 'EACCES' }),
    );
    const error = await refusal(readImage(inFolder('secret.png')));
    expect(error).toMatchObject({ code: 'file-unreadable' });
    expect(error.message).toMatch(/secret\.png cannot be read: permission denied/);
  });

  it('names an empty file', () => expectRefused('empty.png', '', 'image-empty', /is empty \(0 bytes\)/));
});

describe('files that are no images', () => {
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
  it.each([
    ['text.png', 'Not an image, honest – ünïcödé.\n'.repeat(300), /it holds text/],
    ['drawing.svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', /an SVG drawing/],
    ['photo.heic', heic, /an HEIC photograph/],
    ['film.avif', Buffer.from('\0\0\0\x14ftypisom\0\0\0\0mp42', 'latin1'), /a film/],
    ['photo.jpg', Buffer.from('ff4fff5100290000', 'hex'), /a JPEG 2000 image/],
    ['photo.tif', Buffer.from('IIU\0\x08\0\0\0', 'latin1'), /a camera raw file/],
    ['canon.tif', Buffer.from('II*\0\x10\0\0\0CR\x02\0\0\0\0\0\0\0\0\0\0\0', 'latin1'), /camera raw files/],
    ['paper.jpg', '%PDF-1.7\n', /a PDF document/],
    ['noise.webp', Buffer.from([1, 2, 3, 4, 5, 6, 200, 0, 0]), /not a known image format/],
    ['vips.png', Buffer.concat([Buffer.from('b6a6f208', 'hex'), Buffer.alloc(200)]), /not a known/],
    ['letters.bmp', 'BMW is a car.', /it holds text/],
  ])('%s', (name, bytes, reason) => expectRefused(name, bytes, 'image-unsupported', reason));
});

describe('bombs, by their header', () => {
  const huge = 60000;
  const bombs = {
    png: async () => {
      const bytes = await painting(size).png().toBuffer();
      bytes.writeUInt32BE(huge, 16);
      bytes.writeUInt32BE(huge, 20);
      bytes.writeInt32BE(crc32(bytes.subarray(12, 29)), 29);
      return bytes;
    },
    jpeg: async () => {
      const bytes = await painting(size).jpeg().toBuffer();
      const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
      bytes.writeUInt16BE(huge, frame + 5);
      bytes.writeUInt16BE(huge, frame + 7);
      return bytes;
    },
    gif: async () => {
      const bytes = await painting(size).gif().toBuffer();
      const canvas = bytes.subarray(6, 10);
      const frame = bytes.indexOf(canvas, 13);
      for (const at of [6, 8, frame, frame + 2]) bytes.writeUInt16LE(huge, at);
      return bytes;
    },
    tiff: async () => {
      const bytes = await painting(size).tiff({ compression: 'deflate' }).toBuffer();
      const directory = bytes.readUInt32LE(4);
      for (let i = 0; i < bytes.readUInt16LE(directory); i++) {
        const entry = directory + 2 + 12 * i;
        if (![256, 257].includes(bytes.readUInt16LE(entry))) continue;
        bytes.writeUInt16LE(4, entry + 2);
        bytes.writeUInt32LE(huge, entry + 8);
      }
      return bytes;
    },
    avif: async () => {
      const bytes = await painting(size).avif().toBuffer();
      const extents = bytes.indexOf('ispe');
      bytes.writeUInt32BE(huge, extents + 8);
      bytes.writeUInt32BE(huge, extents + 12);
      return bytes;
    },
    bmp: () => {
      const bytes = Buffer.alloc(54 + 300);
      bytes.write('BM');
      [54, 40, huge, huge].forEach((value, i) => bytes.writeUInt32LE(value, 10 + 4 * i));
      bytes.writeUInt16LE(24, 28);
      return Promise.resolve(bytes);
    },
  };
  it.each(Object.entries(bombs))('%s', async (format, bomb) => {
    await expectRefused(
      `bomb.${format}`,
      await bomb(),
      'image-too-large',
      /60000 × 60000 pixels \(3600 megapixels\); the limit is 268 megapixels/,
    );
  });

  it('refuses a well-formed image above a limit of the caller and takes one at it', async () => {
    const bytes = await painting(size).webp().toBuffer();
    const pixels = size.width * size.height;
    expect(await refusal(decodeImage(bytes, 'x', { maxPixels: pixels - 1 }))).toMatchObject({
      code: 'image-too-large',
    });
    expect(await decodeImage(bytes, 'x', { maxPixels: pixels })).toMatchObject(size);
  });
});

describe('damage', () => {
  const encoders = {
    jpeg: () => painting(size).jpeg(),
    'progressive jpeg': () => painting(size).jpeg({ progressive: true }),
    png: () => painting(size).png(),
    'interlaced png': () => painting(size).png({ progressive: true }),
    webp: () => painting(size).webp(),
    'lossless webp': () => painting(size).webp({ lossless: true }),
    avif: () => painting(size).avif(),
    gif: () => painting(size).gif(),
    'lzw tiff': () => painting(size).tiff({ compression: 'lzw' }),
    'jpeg tiff': () => painting(size).tiff({ compression: 'jpeg' }),
  };
  it.each(Object.entries(encoders))('%s, cut short anywhere', async (name, encode) => {
    const whole = await encode().toBuffer();
    expect(await decodeImage(whole, 'x')).toMatchObject(size);
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 0.97]) {
      // The last bytes of a PNG and a GIF hold no pixels.
      const length = Math.min(Math.floor(whole.length * share), whole.length - 40);
      await expectRefused(`cut ${name} ${share}`, whole.subarray(0, length), 'image-corrupt', /is damaged/);
    }
  });

  it('a PNG with a bit turned over', async () => {
    const bytes = await painting(size).png().toBuffer();
    bytes[bytes.length >> 1]! ^= 0x10;
    await expectRefused('flipped.png', bytes, 'image-corrupt', /is damaged or incomplete/);
  });

  it('forgives what cameras and web servers append', async () => {
    const bytes = await painting(size).jpeg().toBuffer();
    const image = await decodeImage(Buffer.concat([bytes, Buffer.alloc(5000, 7)]), 'x');
    expect(image).toMatchObject(size);
  });
});

describe('too small', () => {
  it.each([
    [1, 1],
    [15, 400],
    [400, 15],
  ])('%i × %i', async (width, height) => {
    await expectRefused(
      'small.png',
      await painting({ width, height }).png().toBuffer(),
      'image-too-small',
      new RegExp(`is ${width} × ${height} pixels; the network needs 16`),
    );
  });

  it('takes 16 × 16', async () => {
    const bytes = await sharp(await painting({ width: 16, height: 16 }).png().toBuffer())
      .png()
      .toBuffer();
    expect(await decodeImage(bytes, 'x')).toMatchObject({ width: 16, height: 16 });
  });
});
