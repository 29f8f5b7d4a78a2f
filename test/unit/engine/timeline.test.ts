import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { exportTimeline } from '../../../src/engine/timeline/exportTimeline';
import { shownPictures } from '../../../src/engine/timeline/pictures';
import { createJob, jobFiles, writeJobFile } from '../../../src/jobs/folder';
import { initialState } from '../../../src/jobs/state';
import { presets } from '../../../src/recipe/presets';
import { commandLine } from '../cli/stage/commandLine';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-timeline-test-'));
const { PATH } = process.env;
afterAll(() => fs.rmSync(folder, { recursive: true }));
afterEach(() => {
  process.env.PATH = PATH;
  for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
});

const at = (name: string) => path.join(folder, name);
const grey = (value: number) => ({ r: value, g: value, b: value });
const red = { r: 255, g: 0, b: 0 };

/** A finished job whose previews grow from a small black one to lighter ones; its result is red. */
async function painted(previews: number): Promise<string> {
  const job = createJob(folder, {
    ...presets.studio,
    content: '/a.jpg',
    styles: [{ image: '/b.jpg', weight: 1 }],
  });
  const steps = Array.from({ length: previews }, (_, index) => index + 1);
  const write = (file: string, side: number, background: typeof red) =>
    sharp({ create: { width: side, height: (side * 3) / 4, channels: 3, background } }).toFile(
      path.join(job, file),
    );
  const frames = await Promise.all(
    steps.map(async step => {
      const file = `${jobFiles.frames}/${step}.jpg`;
      await write(file, step === 1 ? 32 : 64, grey(40 * (step - 1)));
      return { file, step, scale: [64, 48] as const };
    }),
  );
  await write(jobFiles.result, 64, red);
  const state = { ...initialState, status: 'done' as const, step: previews, totalSteps: previews, frames };
  writeJobFile(job, { createdAt: new Date().toISOString(), state });
  return job;
}

const look = { size: 512, seconds: 1, hold: 2 };
const nobody = { signal: new AbortController().signal, onProgress: () => undefined };

/** The mean colour of each picture of an animation. */
async function colours(file: string): Promise<readonly (readonly number[])[]> {
  const { pages = 1 } = await sharp(file).metadata();
  return Promise.all(
    Array.from({ length: pages }, async (_, page) => {
      const { channels } = await sharp(file, { page }).stats();
      return channels.slice(0, 3).map(({ mean }) => Math.round(mean));
    }),
  );
}

describe('The timeline of a painting', () => {
  it.each(['webp', 'gif'])(
    'is an animated %s of its previews, all as large as the result, which stays',
    async ending => {
      const job = await painted(5);
      const progress: number[] = [];
      const made = await exportTimeline(
        { job, to: at(`out.${ending}`), ...look },
        { ...nobody, onProgress: (done, total) => progress.push(done / total) },
      );
      expect(made).toEqual({ file: at(`out.${ending}`), frames: 5 });
      expect(await sharp(made.file).metadata()).toMatchObject({
        ...{ format: ending, pages: 5, width: 64, loop: 0 },
        delay: [200, 200, 200, 200, 2200],
      });
      const [first = [], second = [], ...rest] = await colours(made.file);
      for (const value of first) expect(value).toBeLessThan(8);
      for (const value of second) expect(Math.abs(value - 40)).toBeLessThan(8);
      const [r = 0, g = 255] = rest.at(-1) ?? [];
      expect([r > 240, g < 15]).toEqual([true, true]);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
      expect(progress.at(-1)).toBe(1);
    },
  );

  it('takes the place of no file', async () => {
    const job = await painted(3);
    fs.writeFileSync(at('out.webp'), 'mine');
    const { file } = await exportTimeline({ job, to: at('out.webp'), ...look }, nobody);
    expect(file).toBe(at('out-2.webp'));
    expect(fs.readFileSync(at('out.webp'), 'utf8')).toBe('mine');
  });

  it('shows few pictures for half a second each, and is as small as was asked', async () => {
    const job = await painted(3);
    const { file } = await exportTimeline(
      { job, to: at('out.gif'), ...look, size: 33, seconds: 60, hold: 0 },
      nobody,
    );
    expect(await sharp(file).metadata()).toMatchObject({ width: 32, height: 24, delay: [500, 500, 500] });
  });

  it.each([
    ['has too few previews', 1, 'out.webp', 'file-missing'],
    ['is to be a file of another kind', 3, 'out.png', 'usage'],
    ['is to be where there is no folder', 3, 'none/out.webp', 'file-missing'],
  ])('is refused where it %s', async (_, previews, name, code) => {
    const job = await painted(previews);
    fs.rmSync(path.join(job, jobFiles.result));
    await expect(exportTimeline({ job, to: at(name), ...look }, nobody)).rejects.toMatchObject({ code });
    expect(fs.readdirSync(folder)).toEqual(['jobs']);
  });

  it('can be stopped, and leaves nothing behind', async () => {
    const job = await painted(5);
    for (const after of [1, 5]) {
      const abort = new AbortController();
      const onProgress = (done: number) => {
        if (done === after) abort.abort();
      };
      await expect(
        exportTimeline({ job, to: at('out.webp'), ...look }, { signal: abort.signal, onProgress }),
      ).rejects.toMatchObject({ code: 'interrupted' });
    }
    expect(fs.readdirSync(folder)).toEqual(['jobs']);
  });

  it('shows no more pictures than the eye tells apart, and than memory holds', () => {
    const files = Array.from({ length: 240 }, (_, index) => String(index));
    expect(shownPictures(files, 4, 1000)).toHaveLength(100);
    const large = shownPictures(files, 16, 64e6);
    expect([large.length, large[0], large.at(-1)]).toEqual([4, '0', '239']);
  });
});

describe.skipIf(process.platform === 'win32')('The timeline as a video', () => {
  /** Stands for ffmpeg: tells its arguments and how many bytes it was given. */
  const ffmpeg = `#!${process.execPath}
let bytes = 0;
process.stdin.on('data', part => (bytes += part.length)).on('end', () => {
  require('node:fs').writeFileSync(process.argv.at(-1), JSON.stringify({ bytes, argv: process.argv.slice(2, -1) }));
});`;

  it('is made by the ffmpeg on the PATH, with the result held', async () => {
    const job = await painted(5);
    fs.mkdirSync(at('bin'));
    fs.writeFileSync(at('bin/ffmpeg'), ffmpeg, { mode: 0o755 });
    process.env.PATH = at('bin');
    const { file } = await exportTimeline({ job, to: at('out.mp4'), ...look }, nobody);
    const said = JSON.parse(fs.readFileSync(file, 'utf8')) as { bytes: number; argv: string[] };
    expect(said.bytes).toBe((5 + 10) * 64 * 48 * 3);
    expect(said.argv).toEqual(expect.arrayContaining(['rgb24', '64x48', '5', 'libx264']));
  });

  it('says what ffmpeg says when it fails', async () => {
    const job = await painted(3);
    fs.mkdirSync(at('bin'));
    fs.writeFileSync(at('bin/ffmpeg'), '#!/bin/sh\necho "Unknown encoder" >&2\nexit 1\n', { mode: 0o755 });
    process.env.PATH = at('bin');
    await expect(exportTimeline({ job, to: at('out.mp4'), ...look }, nobody)).rejects.toThrow(
      'Unknown encoder',
    );
    expect(fs.existsSync(at('out.mp4'))).toBe(false);
  });

  it('needs ffmpeg', async () => {
    const job = await painted(3);
    process.env.PATH = at('jobs');
    await expect(exportTimeline({ job, to: at('out.mp4'), ...look }, nobody)).rejects.toMatchObject({
      code: 'usage',
    });
  });
});

describe('atelier export', () => {
  it('writes the timeline of a job, and says where', async () => {
    const job = await painted(4);
    const said = await commandLine('export', job, '--timeline', at('out.webp'), '--seconds', '2', '--json');
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(said.stdout)).toEqual({ file: at('out.webp'), frames: 4 });
    expect(await sharp(at('out.webp')).metadata()).toMatchObject({ pages: 4, delay: [500, 500, 500, 2500] });
  });

  it('ends with bad input for what is no job, and with usage for numbers that cannot be', async () => {
    expect(await commandLine('export', at('none'), '--timeline', at('out.webp'))).toMatchObject({ code: 3 });
    const usage = await commandLine('export', at('none'), '--timeline', at('out.webp'), '--seconds', '-1');
    expect(usage).toMatchObject({ code: 2, stderr: expect.stringContaining('at least 0.1') as string });
    expect(await commandLine('export', at('none'))).toMatchObject({ code: 2 });
  });
});
