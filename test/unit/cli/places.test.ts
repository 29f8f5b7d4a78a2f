import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandLine } from './stage/commandLine';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-places-'));
const at = (name: string) => path.join(folder, name);
const everything = () => fs.readdirSync(folder, { recursive: true }).sort();

beforeAll(async () => {
  vi.stubEnv('ATELIER_STORAGE', at('storage'));
  const paint = (name: string, width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: 'teal' } }).toFile(at(name));
  await Promise.all([paint('photo.png', 48, 32), paint('long.png', 70_000, 16)]);
  fs.symlinkSync('loop.png', at('loop.png'));
  fs.mkdirSync(at('folder.png'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true });
});

/** Runs a command that has to be refused: exit code 3, one sentence, nothing written. */
async function refused(...argv: string[]): Promise<string> {
  const before = everything();
  const { code, stdout, stderr } = await commandLine(...argv);
  expect(stderr).toMatch(/^atelier: .*\.\n( {2}.*\.\n)?$/);
  expect(stderr).not.toMatch(/\bE[A-Z]{4,}\b/);
  expect([code, stdout]).toEqual([3, '']);
  expect(everything()).toEqual(before);
  return stderr;
}

describe('a result that could not be saved is refused before anything is painted', () => {
  it.each([
    ['photo.png/x.png', /photo\.png is a file, not a folder for the result/],
    ['photo.png/deeper/x.png', /deeper: the output folder does not exist/],
    ['none/x.png', /none: the output folder does not exist/],
    [`${'n'.repeat(252)}.png`, /the name is too long/],
    [`${'n'.repeat(5000)}/x.png`, /the output folder does not exist/],
    ['loop.png', /is a broken link/],
    ['long.jpg', /long\.jpg would be 70000 × 16 pixels; a JPEG has at most 65535 on a side/],
    ['long.webp', /long\.webp would be 70000 × 16 pixels; a WebP has at most 16383 on a side/],
  ])('-o %s', async (output, reason) => {
    const args = ['stylize', at('long.png'), 'swatch:impasto', '--size', '0', '-o', at(output)];
    expect(await refused(...args)).toMatch(reason);
  });
});

describe('a storage that can be none is refused by name', () => {
  afterEach(() => vi.stubEnv('ATELIER_STORAGE', at('storage')));

  it.each([
    ['a file', 'photo.png', 'a file has the folder’s name'],
    ['below a file', 'photo.png/storage', 'a file has the folder’s name'],
    ['a link in a circle', 'loop.png', 'its symbolic links form a loop'],
    ['too long a name', 'n'.repeat(300), 'the name is too long'],
  ])('%s', async (_what, name, reason) => {
    vi.stubEnv('ATELIER_STORAGE', at(name));
    const commands = [
      ['jobs', 'list'],
      ['models', 'list'],
      ['resume'],
      ['doctor'],
      ['stylize', at('photo.png'), 'swatch:impasto', '-o', at('x.png')],
      ['reconstruct', '--content', at('photo.png'), '-o', at('figure')],
    ];
    for (const argv of commands)
      expect(await refused(...argv)).toContain(`${at(name)} cannot be written: ${reason}.`);
  });

  it.runIf(fs.existsSync('/proc/self'))('/proc ends with a sentence', async () => {
    vi.stubEnv('ATELIER_STORAGE', '/proc/atelier');
    const painting = ['stylize', at('photo.png'), 'swatch:impasto', '-o', at('x.png')];
    expect(await refused(...painting)).toContain('/proc/atelier cannot be written');
  });
});
