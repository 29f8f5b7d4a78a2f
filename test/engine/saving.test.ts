import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipeIn } from '../../src/images/recipe';
import { readJob } from '../../src/jobs/folder';
import { ended, Workshop, type Ended } from './stage/workshop';

const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

const isRoot = process.getuid?.() === 0;
/** A mount namespace of its own: what is mounted there is gone with the program. */
const unshare = isRoot ? ['--mount'] : ['--mount', '--map-root-user'];
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', [...unshare, 'mount', '-t', 'tmpfs', 'tmpfs', workshop.folder]).status === 0;

const painting = ['stylize', 'content.png', 'style.png', '--size', '96', '--steps', '4'];
const latest = () => readJob(workshop.jobs().at(-1) ?? '');

/** Runs the command line after `setup`, in bash. */
function after(setup: string, args: readonly string[]): Promise<Ended> {
  const shell = `${setup} && exec "$0" "$@"`;
  return ended(
    workshop.start('unshare', [
      ...unshare,
      'bash',
      '-c',
      shell,
      process.execPath,
      workshop.cliEntry,
      ...args,
    ]),
  );
}

/** Expects that the picture is kept in the job's folder, that this is said, and that a resume saves it. */
async function expectKept({ code, stderr }: Ended, target: string, reason: string): Promise<void> {
  const { folder, state } = latest();
  const kept = path.join(folder, 'result.png');
  expect(stderr).toContain(target);
  expect(stderr).toContain(reason);
  expect(stderr).toContain(`The picture is kept as ${kept}.`);
  expect(code).toBe(3);
  expect(state).toMatchObject({ status: 'failed', kept, error: { code: 'write-failed' } });
  const resumed = await workshop.cli('resume', path.basename(folder));
  expect(resumed.code).toBe(0);
  expect(fs.readFileSync(latest().state.output ?? '').equals(fs.readFileSync(kept))).toBe(true);
}

describe('a file that Atelier did not paint', () => {
  const asked = (output: string, ...rest: string[]) => workshop.cli(...painting, '-o', output, ...rest);
  const content = (name: string) => fs.readFileSync(workshop.at(name), 'utf8');

  it('is not replaced unless that is asked for; a painting is', async () => {
    fs.writeFileSync(workshop.at('mine.png'), 'mine');
    const jobs = workshop.jobs();
    const refused = await asked('mine.png');
    expect([refused.code, refused.stderr]).toEqual([
      3,
      `atelier: ${workshop.at('mine.png')} is there already, and Atelier did not paint it.\n` +
        '  Choose another name, or replace it with --overwrite.\n',
    ]);
    expect([content('mine.png'), workshop.jobs()]).toEqual(['mine', jobs]);
    expect((await asked('mine.png', '--overwrite')).code).toBe(0);
    const first = fs.readFileSync(workshop.at('mine.png'));
    expect(await recipeIn(first)).toBeDefined();
    expect((await asked('mine.png', '--seed', '7', '--init', 'noise')).code).toBe(0);
    expect(fs.readFileSync(workshop.at('mine.png')).equals(first)).toBe(false);
  });

  it('is kept when it appears while Atelier paints: the painting takes the next free name', async () => {
    fs.symlinkSync('behind.png', workshop.at('link.png'));
    const args = [...painting, '-o', 'link.png', '--steps', '40'];
    const child = workshop.start(process.execPath, [workshop.cliEntry, ...args, '--json']);
    child.stdout?.once('data', () => fs.writeFileSync(workshop.at('behind.png'), 'mine'));
    const { code, stderr, stdout } = await ended(child);
    const saved = workshop.at('behind-2.png');
    expect([code, stderr]).toEqual([
      0,
      `atelier: ${workshop.at('link.png')} was not painted by Atelier and is kept: the painting is ${saved}\n`,
    ]);
    expect(stdout).toContain(`"output":"${saved}"`);
    expect(content('behind.png')).toBe('mine');
    expect(await recipeIn(saved)).toBeDefined();
  });

  it('may be the end of a link, which stays one', async () => {
    fs.writeFileSync(workshop.at('far.png'), 'mine');
    fs.symlinkSync('far.png', workshop.at('near.png'));
    expect((await asked('near.png')).code).toBe(3);
    expect((await asked('near.png', '--overwrite')).stdout).toMatch(/^Saved near\.png /m);
    expect(fs.readlinkSync(workshop.at('near.png'))).toBe('far.png');
    expect(await recipeIn(workshop.at('far.png'))).toBeDefined();
  });
});

it.runIf(canMount)('a full disk: the picture is kept, and saved when there is room again', async () => {
  fs.mkdirSync(workshop.at('full'));
  const target = path.join('full', 'out.png');
  const end = await after(`mount -t tmpfs -o size=4k tmpfs full`, [...painting, '-o', target]);
  await expectKept(end, workshop.at(target), 'the disk is full');
  expect(fs.readdirSync(workshop.at('full'))).toEqual(['out.png']);
});

/** Expects that the place is refused by name before anything is painted, and that no job is left. */
function expectRefused({ code, stdout, stderr }: Ended, place: string, reason: string, jobs: number): void {
  expect(stderr).toContain(`atelier: ${place} cannot be written: ${reason}.`);
  expect([code, stdout]).toEqual([3, '']);
  expect(workshop.jobs()).toHaveLength(jobs);
}

it.runIf(canMount)(
  'a read-only folder beside the content is refused before anything is painted',
  async () => {
    fs.mkdirSync(workshop.at('album'));
    fs.copyFileSync(workshop.at('content.png'), workshop.at('album/content.png'));
    const jobs = workshop.jobs().length;
    const readOnly = 'mount --bind album album && mount -o remount,ro,bind album';
    const end = await after(readOnly, ['stylize', 'album/content.png', ...painting.slice(2)]);
    expectRefused(end, workshop.at('album'), 'the folder is read-only', jobs);
  },
);

it('a folder without permission is refused before anything is painted', async () => {
  fs.mkdirSync(workshop.at('locked'));
  fs.chmodSync(workshop.at('locked'), 0o555);
  const jobs = workshop.jobs().length;
  // The superuser may write anywhere, unless that power is taken from the program.
  const powers = '-dac_override,-dac_read_search';
  const bound = isRoot ? ['setpriv', `--bounding-set=${powers}`, `--inh-caps=${powers}`] : [];
  const [command = '', ...rest] = [...bound, process.execPath, workshop.cliEntry, ...painting];
  const end = await ended(workshop.start(command, [...rest, '-o', 'locked/out.png']));
  fs.chmodSync(workshop.at('locked'), 0o755);
  expectRefused(end, workshop.at('locked/out.png'), 'permission denied', jobs);
});

it('no file may grow: says that nothing could be saved, and leaves nothing half-written', async () => {
  const shell = 'ulimit -f 4 && exec "$0" "$@"';
  const end = await ended(
    workshop.start('bash', [
      '-c',
      shell,
      process.execPath,
      workshop.cliEntry,
      ...painting,
      '-o',
      'grown.png',
    ]),
  );
  expect(end.stderr).toContain(`${workshop.at('grown.png')} cannot be written`);
  expect(end.stderr).toContain(`To go on: atelier resume ${path.basename(latest().folder)}\n`);
  expect(end.code).toBe(3);
  expect(fs.existsSync(workshop.at('grown.png'))).toBe(false);
  const { folder } = latest();
  const leftovers = [...fs.readdirSync(folder), ...fs.readdirSync(workshop.pictures)];
  expect(leftovers.filter(name => /\.(tmp|part)$/.test(name))).toEqual([]);
});
