import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { carriedText, recipeIn } from '../../src/images/recipe';
import { writePicture } from './stage/pictures';
import { ended, Workshop } from './stage/workshop';

const workshop = new Workshop();
beforeAll(async () => {
  await workshop.open();
  fs.mkdirSync(workshop.at('in/deep'), { recursive: true });
  const picture = (name: string, kind: 'hills' | 'stripes') =>
    writePicture(workshop.at(name), { width: 40, height: 32, kind });
  await Promise.all([picture('in/a.jpg', 'hills'), picture('in/a.png', 'stripes')]);
  fs.copyFileSync(workshop.at('in/a.png'), workshop.at('in/deep/copy.png'));
  fs.writeFileSync(workshop.at('in/broken.png'), 'no picture');
});
afterAll(() => workshop.close());

const quick = ['--size', '32', '--steps', '3', '--threads', '1', '--json'];
const events = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);
const contents = (folder: string) =>
  fs.readdirSync(workshop.at(folder), { recursive: true, encoding: 'utf8' }).sort();

it('paints a folder in its tree, goes on after one that fails, and skips what is there', async () => {
  const batch = () => workshop.cli('batch', 'in', '--style', 'style.png', '-o', 'out', ...quick);
  const first = await batch();
  expect([first.code, first.stderr]).toEqual([3, '']);
  const painted = ['a-style-32-2.png', 'a-style-32.png', path.join('deep', 'copy-style-32.png')];
  expect(contents('out')).toEqual([...painted.slice(0, 2), 'batch.csv', 'deep', painted[2], 'index.html']);
  expect(events(first.stdout).at(-1)).toMatchObject({ event: 'finished', done: 3, skipped: 0, failed: 1 });
  const failed = events(first.stdout).find(({ event }) => event === 'failed');
  expect(failed).toMatchObject({
    content: workshop.at('in/broken.png'),
    error: { code: 'image-unsupported' },
  });
  expect(await sharp(workshop.at('out/a-style-32.png')).metadata()).toMatchObject({ width: 32, height: 26 });
  expect(JSON.parse((await recipeIn(workshop.at('out/deep/copy-style-32.png'))) ?? '')).toMatchObject({
    content: '../../in/deep/copy.png',
    styles: [{ image: '../../style.png' }],
  });
  // The same bytes under two names are painted once.
  const origins = await Promise.all(painted.map(name => carriedText(workshop.at(`out/${name}`), 'origin')));
  expect(new Set(origins.map(text => (JSON.parse(text ?? '') as { id: string }).id)).size).toBe(2);
  expect(fs.readdirSync(path.join(workshop.storage, 'queue'))).toEqual([]);

  const before = painted.map(name => fs.statSync(workshop.at(`out/${name}`)).mtimeMs);
  const again = await batch();
  expect(events(again.stdout).at(-1)).toMatchObject({ event: 'finished', done: 0, skipped: 3, failed: 1 });
  expect(painted.map(name => fs.statSync(workshop.at(`out/${name}`)).mtimeMs)).toEqual(before);
});

it('replaces no file, and takes lists, blends and other formats', async () => {
  fs.mkdirSync(workshop.at('mine/style+wave'), { recursive: true });
  fs.writeFileSync(workshop.at('mine/style+wave/content.jpg'), 'mine');
  fs.writeFileSync(workshop.at('list.txt'), 'content.png\nmissing.png\n');
  const named = ['--style', 'style.png', 'swatch:wave', '--combine', 'blend', '--name', '{style}/{content}'];
  const { code, stdout } = await workshop.cli(
    ...['batch', '--list', 'list.txt', ...named, '--format', 'jpg', '-o', 'mine', ...quick],
  );
  expect(code).toBe(3);
  expect(fs.readFileSync(workshop.at('mine/style+wave/content.jpg'), 'utf8')).toBe('mine');
  const result = workshop.at('mine/style+wave/content-2.jpg');
  expect(events(stdout).find(({ event }) => event === 'done')).toMatchObject({
    output: result,
    style: 'style+wave',
  });
  expect(await sharp(result).metadata()).toMatchObject({ format: 'jpeg', width: 32 });
  expect(await carriedText(result, 'origin')).toContain('"id":');
});

it('goes on with the same bytes where it was interrupted', async () => {
  const args = ['batch', 'content.png', 'in/a.jpg', '--style', 'style.png', '--size', '64', '--no-pyramid'];
  const long = [...args, '--steps', '60', '--threads', '1', '--json'];
  await workshop.cli(...long, '-o', 'whole');
  const child = workshop.start(process.execPath, [workshop.cliEntry, ...long, '-o', 'parts']);
  let said = '';
  let asked = false;
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (asked || !said.includes('"progress","index":0')) return;
    asked = true;
    child.kill('SIGINT');
  });
  const stopped = await ended(child);
  expect([stopped.code, events(stopped.stdout).at(-1)]).toMatchObject([130, { event: 'stopped', done: 0 }]);
  expect(stopped.stderr).toContain('The same command goes on from there.');
  const [work = ''] = fs.readdirSync(path.join(workshop.storage, 'queue'));
  expect(fs.existsSync(path.join(workshop.storage, 'queue', work, 'checkpoint.safetensors'))).toBe(true);

  const resumed = await workshop.cli(...long, '-o', 'parts');
  expect(resumed.code).toBe(0);
  const first = events(resumed.stdout).find(({ event }) => event === 'progress') as { step: number };
  expect(first.step).toBeGreaterThan(1);
  for (const name of ['content-style-64.png', 'a-style-64.png']) {
    const [whole, parts] = ['whole', 'parts'].map(folder =>
      fs.readFileSync(workshop.at(`${folder}/${name}`)),
    );
    expect(parts!.equals(whole!)).toBe(true);
  }
});

it('paints settings against each other, with the settings in each picture, and refuses those that there are not', async () => {
  const sweep = (...vary: string[]) =>
    workshop.cli(
      'sweep',
      'content.png',
      'style.png',
      ...vary.flatMap(one => ['--vary', one]),
      '-o',
      'sweep',
      ...quick,
    );
  for (const wrong of ['tv=-1', 'colour=1', 'size=9..1']) {
    const { code, stderr } = await sweep(wrong);
    expect([wrong, code]).toEqual([wrong, 2]);
    expect(stderr).toMatch(/^(atelier|error): /);
  }
  expect(fs.existsSync(workshop.at('sweep'))).toBe(false);
  const { code, stdout } = await sweep('tv=0,50', 'ratio=1e-3..1e-1:2:log');
  expect([code, events(stdout).at(-1)]).toMatchObject([0, { event: 'finished', done: 4 }]);
  expect(contents('sweep')).toEqual([
    'batch.csv',
    'index.html',
    ...['tv=0_ratio=0.001.png', 'tv=0_ratio=0.1.png', 'tv=50_ratio=0.001.png', 'tv=50_ratio=0.1.png'],
  ]);
  const recipe = JSON.parse((await recipeIn(workshop.at('sweep/tv=50_ratio=0.001.png'))) ?? '') as object;
  expect(recipe).toMatchObject({ tv: 50, ratio: 0.001, steps: 3 });
  const html = fs.readFileSync(workshop.at('sweep/index.html'), 'utf8');
  expect(html).toContain('grid-template-columns: repeat(2,');
  expect(html).toContain('γ 50 · α/β 0.001');
});
