import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, afterEach, expect, it } from 'vitest';
import { isFileLock, acquireFileLock, type FileLock } from '../../src/common/fileLock';
import { ended, Workshop } from './stage/workshop';

const workshop = new Workshop();
beforeAll(() => workshop.open());
afterAll(() => workshop.close());

const painting = ['stylize', 'content.png', 'style.png', '--size', '64', '--steps', '3', '-o', 'turn.png'];
const figure = ['reconstruct', '--content', 'content.png', '--size', '32', '--steps', '2', '-o', 'turn'];
const results = ['turn.png', 'turn'];

/** This process has the turn, as a window has that paints. */
let computeLock: FileLock;
beforeEach(() => {
  fs.mkdirSync(workshop.storage, { recursive: true });
  const taken = acquireFileLock(path.join(workshop.storage, 'turn.lock'));
  if (!isFileLock(taken)) throw new Error(`process ${taken.pid} has the turn`);
  computeLock = taken;
});
afterEach(() => {
  computeLock.release();
  for (const name of results) fs.rmSync(workshop.at(name), { recursive: true, force: true });
});

/** Waits until the program says that it waits, and for whom. */
async function waits(child: ChildProcess): Promise<void> {
  const [words] = (await once(child.stderr!, 'data')) as [Buffer];
  expect(words.toString()).toBe(
    `Waiting for another Atelier (process ${process.pid}). Ctrl+C gives up; --no-wait begins at once.\n`,
  );
}

it.each([
  ['a painting', painting],
  ['a figure', figure],
])('%s waits while a window paints, and begins then', async (_what, args) => {
  const child = workshop.start(process.execPath, [workshop.cliEntry, ...args]);
  const end = ended(child);
  await waits(child);
  expect(results.filter(name => fs.existsSync(workshop.at(name)))).toEqual([]);
  computeLock.release();
  expect((await end).code).toBe(0);
  expect(results.filter(name => fs.existsSync(workshop.at(name)))).toHaveLength(1);
});

it('gives up with Ctrl+C, and has begun nothing', async () => {
  const jobs = workshop.jobs();
  const child = workshop.start(process.execPath, [workshop.cliEntry, ...painting, '--json']);
  const end = ended(child);
  await waits(child);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await end;
  expect(stderr).toContain('atelier: Stopped while it waited; nothing was begun.');
  expect(code).toBe(130);
  expect(workshop.jobs()).toEqual(jobs);
  const lines = stdout.trim().split('\n');
  expect(lines.map(line => (JSON.parse(line) as { event: string }).event)).toEqual(['waiting', 'failed']);
  expect(JSON.parse(lines[0] ?? '')).toEqual({ event: 'waiting', process: process.pid });
});

it('does not wait with --no-wait, and leaves the turn where it is', async () => {
  const { code, stderr } = await workshop.cli(...painting, '--no-wait');
  expect([code, stderr]).toEqual([0, '']);
  expect(isFileLock(acquireFileLock(path.join(workshop.storage, 'turn.lock')))).toBe(false);
});
