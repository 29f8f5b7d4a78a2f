import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

it.runIf(canMount)('a full disk: the picture is kept, and saved when there is room again', async () => {
  fs.mkdirSync(workshop.at('full'));
  const target = path.join('full', 'out.png');
  const end = await after(`mount -t tmpfs -o size=4k tmpfs full`, [...painting, '-o', target]);
  await expectKept(end, workshop.at(target), 'the disk is full');
  expect(fs.readdirSync(workshop.at('full'))).toEqual(['out.png']);
});

it.runIf(canMount)('a read-only folder beside the content: the picture is kept', async () => {
  fs.mkdirSync(workshop.at('album'));
  fs.copyFileSync(workshop.at('content.png'), workshop.at('album/content.png'));
  const readOnly = 'mount --bind album album && mount -o remount,ro,bind album';
  const end = await after(readOnly, ['stylize', 'album/content.png', ...painting.slice(2)]);
  await expectKept(end, workshop.at('album/content-atelier.png'), 'the folder is read-only');
});

it('a folder without permission: the picture is kept', async () => {
  fs.mkdirSync(workshop.at('locked'));
  fs.chmodSync(workshop.at('locked'), 0o555);
  // The superuser may write anywhere, unless that power is taken from the program.
  const powers = '-dac_override,-dac_read_search';
  const bound = isRoot ? ['setpriv', `--bounding-set=${powers}`, `--inh-caps=${powers}`] : [];
  const [command = '', ...rest] = [...bound, process.execPath, workshop.cliEntry, ...painting];
  const end = await ended(workshop.start(command, [...rest, '-o', 'locked/out.png']));
  fs.chmodSync(workshop.at('locked'), 0o755);
  await expectKept(end, workshop.at('locked/out.png'), 'permission denied');
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
  expect(end.code).toBe(3);
  expect(fs.existsSync(workshop.at('grown.png'))).toBe(false);
  const { folder } = latest();
  const leftovers = [...fs.readdirSync(folder), ...fs.readdirSync(workshop.pictures)];
  expect(leftovers.filter(name => /\.(tmp|part)$/.test(name))).toEqual([]);
});
