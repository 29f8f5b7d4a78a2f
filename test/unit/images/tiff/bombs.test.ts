import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../../src/images/decode';
import { tiffFile } from './file';

/** A TIFF of a few bytes that claims to hold so much. */
function bomb(width: number, height: number, channels: number, bits: number): Buffer {
  return tiffFile([
    {
      chunks: [new Uint8Array(16)],
      entries: [
        [256, 'long', [width]],
        [257, 'long', [height]],
        [258, 'short', [bits]],
        [259, 'short', [8]],
        [262, 'short', [1]],
        [277, 'short', [channels]],
        [278, 'long', [height]],
      ],
    },
  ]);
}

describe('a TIFF that claims more than it holds', () => {
  it.each([
    ['pixels', bomb(65000, 65000, 1, 8), 'image-too-large'],
    ['channels', bomb(16000, 16000, 60000, 8), 'out-of-memory'],
    ['bits', bomb(12000, 12000, 7, 32), 'image-corrupt'],
  ])('%s', async (_name, bytes, code) => {
    const before = process.memoryUsage().rss;
    await expect(decodeImage(bytes, 'x.tif')).rejects.toMatchObject({ code });
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 29);
  });
});
