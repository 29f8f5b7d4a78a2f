import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jobsCommand } from '../../../src/cli/commands/jobs';
import { AtelierError, exitCode } from '../../../src/common/errors';
import { deleteDiscarded, deleteJob, discardJob, restoreJob } from '../../../src/jobs/deletion';
import { createJob, jobFiles, jobsFolder, listJobs } from '../../../src/jobs/folder';
import { lockJob } from '../../../src/jobs/jobLock';
import { presets } from '../../../src/recipe/presets';
import { pruneJobs } from '../../../src/jobs/prune';
import { JobRecorder } from '../../../src/jobs/recorder';

const recipe = { ...presets.studio, content: '/a.jpg', styles: [{ image: '/b.jpg', weight: 1 }] };

let home: string;
let storage: string;
let store: string;
let job: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-deletion-'));
  storage = path.join(home, 'storage');
  store = jobsFolder(storage);
  job = createJob(storage, recipe);
  fs.mkdirSync(path.join(storage, 'models'));
  fs.writeFileSync(path.join(storage, 'models', 'vgg19.safetensors'), 'a network');
  for (const folder of ['photos', '20250131-120000-000-1a2b']) {
    fs.mkdirSync(path.join(home, folder));
    fs.writeFileSync(path.join(home, folder, 'photo.png'), 'a photograph');
  }
  fs.writeFileSync(path.join(home, 'photo.png'), 'a photograph');
  vi.stubEnv('ATELIER_STORAGE', storage);
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(home, { recursive: true });
});

/** Every file and folder below the person's folder. */
const everything = (): string[] => fs.readdirSync(home, { recursive: true, encoding: 'utf8' }).sort();

/** Has the command line work in the person's folder. */
async function jobs(...args: string[]): Promise<void> {
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(home);
  try {
    const command = jobsCommand();
    for (const one of [command, ...command.commands])
      one.exitOverride().configureOutput({ writeErr: () => 0 });
    await command.parseAsync(args, { from: 'user' });
  } finally {
    cwd.mockRestore();
  }
}

describe('jobs delete', () => {
  it.each([
    ['a folder', () => 'photos'],
    ['a file', () => 'photo.png'],
    ['a folder by its path', () => path.join(home, 'photos')],
    ['a folder elsewhere under the identifier of a job', () => path.join(home, '20250131-120000-000-1a2b')],
    ['the current folder', () => '.'],
    ['the folder above', () => '..'],
    ['nothing', () => ''],
    ['the store', () => store],
    ['the storage', () => storage],
    ['a network', () => path.join(storage, 'models')],
    ['a job through the store', () => path.join(job, '..', '..', 'jobs')],
    ['what is inside a job', () => path.join(job, 'frames')],
    ['a job that is not there', () => '20250131-120000-000-0000'],
    ['a name that no file can have', () => 'x'.repeat(300)],
  ])('refuses %s', async (_, name) => {
    const before = everything();
    const failure = await jobs('delete', job, name()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AtelierError);
    const { code, message } = failure as AtelierError;
    expect(exitCode(code), message).toBe(3);
    expect(everything()).toEqual(before);
  });

  it('says what it refuses', async () => {
    await expect(jobs('delete', 'photos')).rejects.toThrow(
      `${path.join(home, 'photos')} is not one of Atelier's jobs and was not deleted.`,
    );
    await expect(jobs('delete', 'phtos')).rejects.toThrow(
      `${path.join(home, 'phtos')}: there is no such job.`,
    );
  });

  it('refuses a link and a file in the store, whatever they are called', () => {
    const names = ['20250131-120000-000-1a2b', '20250131-120000-000-1a2c', 'photos', '.git'];
    const [link = '', file = '', folder = '', hidden = ''] = names.map(name => path.join(store, name));
    fs.symlinkSync(path.join(home, 'photos'), link);
    fs.writeFileSync(file, 'a note');
    for (const own of [folder, hidden]) fs.mkdirSync(own);
    const before = everything();
    for (const one of [link, file, folder, hidden])
      expect(() => deleteJob(storage, one)).toThrow(`${one} is not one of Atelier's jobs`);
    expect(everything()).toEqual(before);
  });

  it('takes identifiers and paths, also where the storage is a link', async () => {
    const other = createJob(storage, recipe);
    const third = createJob(storage, recipe);
    const link = path.join(home, 'link');
    fs.symlinkSync(storage, link);
    await jobs('delete', path.basename(job), path.join(link, 'jobs', path.basename(other)));
    expect(fs.readdirSync(store)).toEqual([path.basename(third)]);
    await jobs('delete', `${third}/`, third);
    expect(fs.readdirSync(store)).toEqual([]);
  });

  it('takes a damaged job, and one whose deletion was cut short before', () => {
    fs.rmSync(path.join(job, jobFiles.job));
    fs.writeFileSync(path.join(job, jobFiles.recipe), '{');
    fs.mkdirSync(path.join(store, `.deleted-${path.basename(job)}`, 'frames'), { recursive: true });
    deleteJob(storage, job);
    expect(fs.readdirSync(store)).toEqual([]);
  });

  it('spares a job that somebody works on', () => {
    const lock = lockJob(job);
    expect(() => deleteJob(storage, job)).toThrow('is working on the job');
    lock.release();
    deleteJob(storage, job);
    expect(fs.readdirSync(store)).toEqual([]);
  });
});

describe('a discarded job', () => {
  const files = () => fs.readdirSync(store);
  const read = () => fs.readFileSync(path.join(job, jobFiles.job), 'utf8');

  it('is no longer among the others, and comes back as it was', () => {
    const before = read();
    discardJob(storage, job);
    expect(listJobs(storage)).toEqual([]);
    expect(fs.existsSync(job)).toBe(false);
    restoreJob(job);
    expect(read()).toBe(before);
    expect(files()).toEqual([path.basename(job)]);
  });

  it('is deleted for good, and then cannot be taken back', () => {
    discardJob(storage, job);
    deleteDiscarded(job);
    expect(files()).toEqual([]);
    expect(() => restoreJob(job)).toThrow('It is too late to restore this run.');
  });

  it('is deleted only where it is still discarded', () => {
    discardJob(storage, job);
    restoreJob(job);
    deleteDiscarded(job);
    expect(listJobs(storage)).toHaveLength(1);
  });

  it('outlives the window for a minute, however old it is, and goes with the leftovers then', () => {
    const longAgo = new Date('2020-01-01');
    fs.utimesSync(job, longAgo, longAgo);
    discardJob(storage, job);
    pruneJobs(storage, {});
    expect(files()).toEqual([`.discarded-${path.basename(job)}`]);
    pruneJobs(storage, {}, new Date(Date.now() + 120_000));
    expect(files()).toEqual([]);
    expect(everything()).toContain('photo.png');
  });

  it('is one of the storage that nobody works on', () => {
    const lock = lockJob(job);
    expect(() => discardJob(storage, job)).toThrow('is working on the job');
    lock.release();
    const before = everything();
    for (const folder of ['photos', '20250131-120000-000-1a2b'])
      expect(() => discardJob(storage, path.join(home, folder))).toThrow('was not deleted.');
    expect(everything()).toEqual(before);
  });
});

describe('jobs prune', () => {
  it.each([
    ['--days', '-1'],
    ['--megabytes', '-0.5'],
  ])('refuses %s %s', async (option, value) => {
    JobRecorder.open(job, () => undefined).record({ event: 'stopped', step: 0 });
    await expect(jobs('prune', option, value)).rejects.toThrow('It must be at least 0.');
    expect(listJobs(storage)).toHaveLength(1);
  });

  it('removes the leftovers of creations and deletes that were cut short, and no other hidden name', () => {
    const id = '20250131-120000-000-1a2b';
    const own = [`.${id}`, `.deleted-${id}`, `.discarded-${id}`];
    const others = ['.git', '.DS_Store', '.deleted-photos', '.deleted-', '.discarded-photos', '.20250131'];
    for (const name of [...own, ...others]) fs.mkdirSync(path.join(store, name));
    fs.symlinkSync(path.join(home, 'photos'), path.join(store, '.deleted-20250131-120000-000-1a2c'));
    const before = fs.readdirSync(store);
    pruneJobs(storage, {});
    expect(fs.readdirSync(store)).toEqual(before);
    pruneJobs(storage, {}, new Date(Date.now() + 120_000));
    expect(fs.readdirSync(store)).toEqual(before.filter(name => !own.includes(name)));
  });

  it('spares a job that somebody has given a name of their own', () => {
    JobRecorder.open(job, () => undefined).record({ event: 'stopped', step: 0 });
    const copy = path.join(store, 'my best one');
    fs.cpSync(job, copy, { recursive: true });
    const { deleted } = pruneJobs(storage, { maxAgeDays: 1 }, new Date(Date.now() + 1e9));
    expect(deleted).toEqual([job]);
    expect(fs.readdirSync(store)).toEqual(['my best one']);
  });
});
