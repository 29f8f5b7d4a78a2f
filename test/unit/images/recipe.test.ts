import * as fs from 'node:fs';
import { deflateSync } from 'node:zlib';
import { buf as crc32 } from 'crc-32';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { decodeImage } from '../../../src/images/decode';
import { encodeImage } from '../../../src/images/encode';
import { recipeIn } from '../../../src/images/recipe';
import { floatImage, paintBytes, painting, temporaryFolder } from './pictures';

const size = { width: 64, height: 48 };
const image = floatImage(size, paintBytes(size));
const inFolder = temporaryFolder();
const recipe = JSON.stringify(
  { name: '睡蓮 «Nymphéas» 🎨 </atelier:recipe> & &amp; "x"', ratio: 0.001 },
  null,
  2,
);
const long = JSON.stringify({ text: 'Überlänge '.repeat(10_000) });

function chunk(type: string, payload: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), payload]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(payload.length, 0);
  body.copy(bytes, 4);
  bytes.writeInt32BE(crc32(body), body.length + 4);
  return bytes;
}

/** A PNG with chunks put in behind the header, or before the end. */
async function pngWith(...chunks: Buffer[]): Promise<{ front: Buffer; back: Buffer }> {
  const plain = await painting(size).png().toBuffer();
  return {
    front: Buffer.concat([plain.subarray(0, 33), ...chunks, plain.subarray(33)]),
    back: Buffer.concat([plain.subarray(0, -12), ...chunks, plain.subarray(-12)]),
  };
}

describe('the recipe in an image', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('comes back from a %s as it went in', async format => {
    const bytes = await encodeImage(image, { format, recipe });
    expect(await recipeIn(bytes)).toBe(recipe);
    fs.writeFileSync(inFolder(`result.${format}`), bytes);
    expect(await recipeIn(inFolder(`result.${format}`))).toBe(recipe);
    expect(await decodeImage(bytes, 'x')).toMatchObject({ ...size, format });
  });

  it.each(['png', 'webp'] as const)('may be 100 kB long in a %s', async format => {
    expect(Buffer.byteLength(long)).toBeGreaterThan(100_000);
    expect(await recipeIn(await encodeImage(image, { format, recipe: long }))).toBe(long);
  });

  it('fits a JPEG up to 60 kB and is left out beyond, never cut', async () => {
    const fits = JSON.stringify('é'.repeat(29_000));
    expect(await recipeIn(await encodeImage(image, { format: 'jpeg', recipe: fits }))).toBe(fits);
    const without = await encodeImage(image, { format: 'jpeg', recipe: long });
    expect(await recipeIn(without)).toBeUndefined();
    expect(await decodeImage(without, 'x')).toMatchObject(size);
  });

  it('is an iTXt chunk in front of the pixels, which other programs read', async () => {
    const bytes = await encodeImage(image, { format: 'png', recipe });
    expect(bytes.toString('latin1', 37, 41)).toBe('iTXt');
    expect(bytes.indexOf('iTXt')).toBeLessThan(bytes.indexOf('IDAT'));
    expect((await sharp(bytes).metadata()).comments).toContainEqual(
      expect.objectContaining({ keyword: 'atelier:recipe' }),
    );
    const { data, info } = await sharp(bytes, { failOn: 'warning' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject(size);
    expect(new Uint8Array(data)).toEqual(paintBytes(size));
  });

  it('is found where other programs have moved it, among other texts, and compressed', async () => {
    const other = chunk('iTXt', Buffer.from('Comment\0\0\0\0\0atelier:recipe\0no'));
    const longer = chunk('iTXt', Buffer.from('atelier:recipes\0\0\0\0\0no'));
    const plain = chunk('iTXt', Buffer.from('atelier:recipe\0\0\0en\0Rezept\0{"a":"ü"}'));
    const packed = chunk(
      'iTXt',
      Buffer.concat([Buffer.from('atelier:recipe\0\x01\0\0\0'), deflateSync('{"a":"ü"}')]),
    );
    for (const text of [plain, packed]) {
      const { front, back } = await pngWith(other, longer, text);
      expect(await recipeIn(front)).toBe('{"a":"ü"}');
      expect(await recipeIn(back)).toBe('{"a":"ü"}');
    }
  });

  it('is not looked for behind the end of the image', async () => {
    const behind = chunk('iTXt', Buffer.from('atelier:recipe\0\0\0\0\0{}'));
    expect(await recipeIn(Buffer.concat([await painting(size).png().toBuffer(), behind]))).toBeUndefined();
  });

  it('is absent from other images', async () => {
    for (const format of ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const) {
      expect(await recipeIn(await painting(size).toFormat(format).toBuffer())).toBeUndefined();
    }
    expect(await recipeIn(await painting(size).withXmp('<x:xmpmeta/>').jpeg().toBuffer())).toBeUndefined();
  });
});

describe('broken files', () => {
  it.each(['png', 'jpeg', 'webp'] as const)(
    'a %s cut anywhere gives the whole recipe or none',
    async format => {
      const bytes = await encodeImage(image, { format, recipe });
      const seen = new Set<string | undefined>();
      for (let length = 0; length < bytes.length; length += 3)
        seen.add(await recipeIn(bytes.subarray(0, length)));
      expect(seen).toEqual(new Set([undefined, recipe]));
    },
  );

  it('a damaged chunk, a lying length, a bomb, a chunk without its text', async () => {
    const good = await encodeImage(image, { format: 'png', recipe });
    const flipped = Buffer.from(good);
    flipped[80]! ^= 1;
    const lying = Buffer.from(good);
    lying.writeUInt32BE(0xfffffff0, 33);
    const bomb = chunk(
      'iTXt',
      Buffer.concat([Buffer.from('atelier:recipe\0\x01\0\0\0'), deflateSync(Buffer.alloc(64 * 2 ** 20))]),
    );
    const empty = chunk('iTXt', Buffer.from('atelier:recipe\0'));
    const garbled = chunk('iTXt', Buffer.from('atelier:recipe\0\x01\0\0\0not deflated'));
    const others = await Promise.all([bomb, empty, garbled].map(async c => (await pngWith(c)).front));
    for (const bytes of [flipped, lying, ...others]) expect(await recipeIn(bytes)).toBeUndefined();
  });

  it('no image, no file, a folder', async () => {
    expect(await recipeIn(Buffer.alloc(0))).toBeUndefined();
    expect(await recipeIn(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toBeUndefined();
    expect(await recipeIn(inFolder('nothing.png'))).toBeUndefined();
    expect(await recipeIn(inFolder(''))).toBeUndefined();
  });

  it('reads no more of a large file than its headers', async () => {
    const pixels = chunk('IDAT', Buffer.alloc(30 * 2 ** 20));
    const file = inFolder('large.png');
    fs.writeFileSync(file, (await pngWith(pixels)).front);
    const open = fs.promises.open.bind(fs.promises);
    let bytesRead = 0;
    vi.spyOn(fs.promises, 'open').mockImplementation(async (...args) => {
      const handle = await open(...args);
      const read = handle.read.bind(handle) as (...args: unknown[]) => Promise<{ bytesRead: number }>;
      handle.read = (async (...args: unknown[]) => {
        const result = await read(...args);
        bytesRead += result.bytesRead;
        return result;
      }) as typeof handle.read;
      return handle;
    });
    expect(await recipeIn(file)).toBeUndefined();
    vi.restoreAllMocks();
    expect(bytesRead).toBeGreaterThan(0);
    expect(bytesRead).toBeLessThan(1000);
  });
});
