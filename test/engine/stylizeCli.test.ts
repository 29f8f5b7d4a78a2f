import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipeIn } from '../../src/images/recipe';
import { readCheckpoint, writeCheckpoint } from '../../src/jobs/checkpoint';
import { readJob, readJobHistory } from '../../src/jobs/folder';
import { resourcePath } from '../../src/common/resources';
import { openNetwork } from '../../src/models/openNetwork';
import { parseRecipe } from '../../src/recipe/recipeFile';
import { firstEdition } from '../networks/firstEdition';
import { writePicture } from './stage/pictures';
import { ended, Workshop } from './stage/workshop';

const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

interface Line {
  readonly event: string;
  readonly step?: number;
  readonly output?: string;
  readonly [key: string]: unknown;
}
const lines = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line);
const painting = ['stylize', 'content.png', 'style.png', '--size', '96', '--steps', '12'];

describe('atelier stylize', () => {
  it('paints, says how in JSON lines, and gives the same bytes again', async () => {
    const first = await workshop.cli(...painting, '-o', 'first.png', '--json');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const all = lines(first.stdout);
    expect(all.slice(0, -1).map(({ event, step }) => [event, step])).toEqual(
      Array.from({ length: 12 }, (_, i) => ['step', i + 1]),
    );
    expect(Object.keys(all[0] ?? {})).toEqual(['event', 'scale', 'step', 'evaluations', 'seconds', 'losses']);
    expect(all.at(-1)).toEqual({
      event: 'done',
      output: workshop.at('first.png'),
      device: 'cpu',
      seconds: expect.any(Number) as number,
      peakRssMiB: expect.any(Number) as number,
    });
    const totals = all.slice(0, -1).map(line => (line.losses as { total: number }).total);
    expect(totals.at(-1)).toBeLessThan((totals[0] ?? 0) / 2);
    expect(await sharp(workshop.at('first.png')).metadata()).toMatchObject({
      width: 96,
      height: 72,
      format: 'png',
    });

    await workshop.cli(...painting, '-o', 'second.png', '--json');
    expect(fs.readFileSync(workshop.at('second.png')).equals(fs.readFileSync(workshop.at('first.png')))).toBe(
      true,
    );
  });

  it('keeps the whole story in the job folder, and nothing temporary', async () => {
    const folder = workshop.jobs()[0] ?? '';
    const { state, recipe, owner, resumable } = readJob(folder);
    expect(state).toMatchObject({ status: 'done', step: 12, output: workshop.at('first.png') });
    expect(recipe).toMatchObject({ content: workshop.at('content.png'), steps: 12 });
    expect([owner, resumable]).toEqual([undefined, false]);
    expect(readJobHistory(folder).steps).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(fs.readdirSync(folder).sort()).toEqual([
      'frames',
      'job.json',
      'recipe.json',
      'result.png',
      'steps.ndjson',
    ]);
    const frames = fs.readdirSync(path.join(folder, 'frames'));
    expect(frames).toContain('000012.jpg');
    expect(frames.sort()).toEqual(state.frames.map(({ file }) => path.basename(file)));
    expect((await sharp(path.join(folder, 'frames/000012.jpg')).metadata()).width).toBe(96);
  });

  it('puts a recipe into the result that paints it again', async () => {
    const text = await recipeIn(workshop.at('first.png'));
    const recipe = parseRecipe(JSON.parse(text ?? ''), 'first.png');
    expect(recipe).toMatchObject({ content: 'content.png', styles: [{ image: 'style.png' }], steps: 12 });
    fs.writeFileSync(workshop.at('again.json'), JSON.stringify({ ...recipe, output: 'again.png' }));
    expect(await workshop.cli('run', 'again.json')).toMatchObject({ code: 0 });
    expect(fs.readFileSync(workshop.at('again.png')).equals(fs.readFileSync(workshop.at('first.png')))).toBe(
      true,
    );
  });

  it('saves beside the content image under free names, and prints where', async () => {
    const short = ['stylize', 'content.png', 'style.png', '--size', '32', '--steps', '2'];
    const first = await workshop.cli(...short);
    expect(first.stdout).toMatch(
      /^step 1 of 2 .*\nstep 2 of 2 .*\nSaved content-style\.png \(32 × 24, 2 steps in .*, CPU\)\.\n$/,
    );
    expect((await workshop.cli(...short)).stdout).toContain('Saved content-style-2.png');
    fs.mkdirSync(workshop.at('deep'));
    expect((await workshop.cli(...short, '-o', 'deep')).stdout).toContain(
      `Saved ${path.join('deep', 'content-style.png')}`,
    );
  });

  it('writes jpeg and webp, keeps alpha and colours when asked, and takes built-in styles', async () => {
    await writePicture(workshop.at('glass.png'), { width: 48, height: 40, kind: 'hills', alpha: true });
    const short = ['stylize', 'glass.png', 'swatch:mosaic', '--size', '0', '--steps', '3'];
    await workshop.cli(...short, '-o', 'glass-out.webp');
    const { data, info } = await sharp(workshop.at('glass-out.webp'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 48, height: 40, channels: 4 });
    expect(data[3]).toBeLessThan(8);
    expect(data[4 * 47 + 3]).toBeGreaterThan(240);
    await workshop.cli(...short, '-o', 'glass-out.jpg', '--colors', 'chroma');
    expect(await sharp(workshop.at('glass-out.jpg')).metadata()).toMatchObject({
      format: 'jpeg',
      channels: 3,
    });
    expect(await recipeIn(workshop.at('glass-out.jpg'))).toContain('"colors":"chroma"');
  });

  it('paints the samples into the current folder when no images are named', async () => {
    fs.mkdirSync(workshop.at('empty'));
    const child = workshop.start(
      process.execPath,
      [workshop.cliEntry, 'stylize', '--size', '64', '--steps', '3'],
      {
        cwd: workshop.at('empty'),
      },
    );
    const { code, stdout } = await ended(child);
    expect(code).toBe(0);
    expect(stdout).toContain('Saved still-life-impasto.png');
    expect(fs.readdirSync(workshop.at('empty'))).toEqual(['still-life-impasto.png']);
  });

  it('starts from noise by its seed, and blends styles by their weights', async () => {
    const paint = async (...options: string[]) => {
      await workshop.cli(
        'stylize',
        'content.png',
        'style.png',
        'swatch:woodcut',
        '--size',
        '32',
        '--steps',
        '3',
        '-o',
        'o.png',
        ...options,
      );
      return fs.readFileSync(workshop.at('o.png'));
    };
    const seeded = await paint('--init', 'noise', '--seed', '1');
    expect((await paint('--init', 'noise', '--seed', '1')).equals(seeded)).toBe(true);
    expect((await paint('--init', 'noise', '--seed', '2')).equals(seeded)).toBe(false);
    const blend = await paint('--style-weights', '1,3');
    expect((await paint('--style-weights', '3,1')).equals(blend)).toBe(false);
  });
});

it('nothing is left outside the storage and the output: no device identifier, no telemetry', async () => {
  const home = workshop.at('home');
  fs.mkdirSync(home);
  const env = { HOME: home, XDG_CACHE_HOME: '', XDG_DATA_HOME: '', XDG_CONFIG_HOME: '', CI: '' };
  const args = [workshop.cliEntry, 'stylize', 'content.png', 'style.png', '--size', '32', '--steps', '2'];
  const { code, stderr } = await ended(workshop.start(process.execPath, args, { env }));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(fs.readdirSync(home)).toEqual([]);
});

it('jobs are listed, and deleted without their results', async () => {
  const listed = await workshop.cli('jobs');
  const ids = workshop.jobs().map(folder => path.basename(folder));
  expect(
    listed.stdout
      .trim()
      .split('\n')
      .map(line => line.split(' ')[0]),
  ).toEqual([...ids].reverse());
  expect(listed.stdout).toMatch(/ {2}done 12 of 12 {2}content\.png {2}→ first\.png {2}[\d.]+ kB\n$/);
  await workshop.cli('jobs', 'delete', ids[0] ?? '');
  expect(workshop.jobs()).toHaveLength(ids.length - 1);
  expect(fs.existsSync(workshop.at('first.png'))).toBe(true);
  const pruned = await workshop.cli('jobs', 'prune', '--days', '0');
  expect(pruned.stdout).toMatch(new RegExp(`^Deleted ${ids.length - 1} jobs, .*; 0 bytes are left\\.\n$`));
});

describe('Ctrl-C', () => {
  it('keeps a checkpoint, says how to go on, and the resumed run ends with the same bytes', async () => {
    const args = ['stylize', 'content.png', 'style.png', '--size', '96', '--steps', '120'];
    await workshop.cli(...args, '-o', 'whole.png');
    const child = workshop.start(process.execPath, [workshop.cliEntry, ...args, '-o', 'parts.png', '--json']);
    let stdout = '';
    let interrupted = false;
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      // Several lines may come at once.
      if (interrupted || !/"step":15,.*\n/.test(stdout)) return;
      interrupted = true;
      // Twice, as npm does it.
      for (const _ of [1, 2]) child.kill('SIGINT');
    });
    const end = ended(child);
    await once(child, 'close');
    const { code, stderr } = await end;
    expect(code).toBe(130);
    const stopped = lines(stdout).at(-1);
    expect(stopped?.event).toBe('stopped');
    expect(stopped?.step).toBeLessThan(120);
    const id = path.basename(workshop.jobs().at(-1) ?? '');
    expect(stderr).toContain(`Stopped at step ${stopped?.step ?? 0}; a checkpoint is kept.`);
    expect(stderr).toContain(`atelier resume ${id}`);
    expect(fs.existsSync(workshop.at('parts.png'))).toBe(false);

    const resumed = await workshop.cli('resume', id, '--json');
    expect(resumed.code).toBe(0);
    expect(lines(resumed.stdout)[0]?.step).toBe((stopped?.step ?? 0) + 1);
    expect(fs.readFileSync(workshop.at('parts.png')).equals(fs.readFileSync(workshop.at('whole.png')))).toBe(
      true,
    );
    const again = await workshop.cli('resume', id);
    expect(again).toMatchObject({ code: 2 });
    expect(again.stderr).toContain('The job is finished');
  });

  it('keeps a job from going on with other pictures or another network than it was begun with', async () => {
    const [content, style] = ['photo.png', 'print.png'] as const;
    const picture = (name: string, kind: 'hills' | 'stripes', width = 48) =>
      writePicture(workshop.at(name), { width, height: 40, kind });
    await picture(content, 'hills');
    await picture(style, 'stripes');
    const args = ['stylize', content, style, '--steps', '100', '--size', '48'];
    const child = workshop.start(process.execPath, [workshop.cliEntry, ...args, '--no-pyramid', '--json']);
    child.stdout?.once('data', () => child.kill('SIGINT'));
    expect((await ended(child)).code).toBe(130);
    const folder = workshop.jobs().at(-1) ?? '';
    const resume = () => workshop.cli('resume', path.basename(folder));
    const changes: readonly [string, 'hills' | 'stripes', number][] = [
      [content, 'hills', 64],
      [style, 'hills', 48],
    ];
    const { step } = readJob(folder).state;
    for (const [name, kind, width] of changes) {
      const before = fs.readFileSync(workshop.at(name));
      await picture(name, kind, width);
      const { code, stderr } = await resume();
      expect([code, stderr]).toEqual([
        3,
        `atelier: ${workshop.at(name)} has changed since the painting started.\n` +
          '  Restore the file to continue, or start a new painting.\n',
      ]);
      fs.writeFileSync(workshop.at(name), before);
    }
    expect(readJob(folder)).toMatchObject({ resumable: true, state: { step } });
    const { origins, ...older } = readCheckpoint(folder)!;
    expect(origins!.network).toBe((await openNetwork('lite')).fingerprint);
    const { fingerprint: network } = await openNetwork(firstEdition);
    await writeCheckpoint(folder, { ...older, origins: { ...origins!, network } });
    expect(await resume()).toMatchObject({
      code: 3,
      stderr:
        'atelier: The network lite has changed since the painting started.\n' +
        '  The versions differ: start a new painting, or continue in the Atelier that started this one.\n',
    });
    // A job of before does not know what it was begun with, but the embedded network was another then.
    await writeCheckpoint(folder, older);
    expect(await resume()).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('The network lite has changed since') as string,
    });
    const recipe = path.join(folder, 'recipe.json');
    const named = JSON.stringify(resourcePath('models/lite.safetensors'));
    fs.writeFileSync(recipe, fs.readFileSync(recipe, 'utf8').replace(/"model": "lite"/, `"model": ${named}`));
    expect(await resume()).toMatchObject({
      code: 0,
      stderr:
        'atelier: The version of Atelier that started this job kept no record of its sources. It continues with the images and the network as they are now.\n',
    });
  });

  it('of a job that was cut: its damaged checkpoint is named', async () => {
    const child = workshop.start(process.execPath, [
      workshop.cliEntry,
      ...painting,
      '--steps',
      '400',
      '--json',
    ]);
    child.stdout?.once('data', () => child.kill('SIGINT'));
    expect((await ended(child)).code).toBe(130);
    const folder = workshop.jobs().at(-1) ?? '';
    const checkpoint = path.join(folder, 'checkpoint.safetensors');
    fs.truncateSync(checkpoint, fs.statSync(checkpoint).size - 100);
    const { code, stderr } = await workshop.cli('resume');
    expect(code).toBe(3);
    expect(stderr).toContain(`The checkpoint ${checkpoint} cannot be used`);
    expect(stderr).toContain('cut short');
  });
});
