import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isFileLock, acquireFileLock, type FileLock } from '../../../src/common/fileLock';
import { lockHolder, type LockHolder } from '../../../src/common/fileLockHolder';

let folder: string;
let file: string;
let script: string;
beforeAll(async () => {
  script = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-contender-')), 'contender.cjs');
  await build({
    stdin: {
      contents: `import { isFileLock, acquireFileLock } from './src/common/fileLock';
        console.log(isFileLock(acquireFileLock(process.argv[2])) ? 'mine' : 'theirs');
        setTimeout(() => {}, 60_000);`,
      resolveDir: path.resolve(__dirname, '../../..'),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    outfile: script,
  });
});
afterAll(() => fs.rmSync(path.dirname(script), { recursive: true }));
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-lock-'));
  file = path.join(folder, 'lock.json');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function take(): FileLock {
  const result = acquireFileLock(file);
  if (!isFileLock(result)) throw new Error(`held by ${result.pid}`);
  return result;
}

describe('a lock', () => {
  it('has one holder at a time, and leaves nothing behind', () => {
    const lock = take();
    expect(lockHolder(file)?.pid).toBe(process.pid);
    expect(acquireFileLock(file)).toMatchObject({ pid: process.pid });
    expect(fs.readdirSync(folder)).toEqual(['lock.json']);
    lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
    take().release();
  });

  it('does not outlive its holder, however that ends', async () => {
    const child = contend();
    expect(await child.answer).toBe('mine');
    expect(lockHolder(file)?.pid).toBe(child.pid);
    expect(isFileLock(acquireFileLock(file))).toBe(false);
    await child.kill();
    expect(lockHolder(file)).toBeUndefined();
    take().release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('is not mistaken for that of a later process with the same number', () => {
    take();
    fs.writeFileSync(file, JSON.stringify({ ...held(), started: 'ticks 1' }));
    expect(lockHolder(file)).toBeUndefined();
    take().release();
  });

  it.each(['', '{', '{"pid": 1}', 'null'])('is broken when it reads %j', content => {
    fs.writeFileSync(file, content);
    take().release();
  });

  it('releases only what it holds', () => {
    const lock = take();
    fs.writeFileSync(file, JSON.stringify({ ...held(), token: 'of another' }));
    lock.release();
    expect(fs.existsSync(file)).toBe(true);
  });

  it.each([1, 2, 3])('is taken by exactly one of many processes that find a dead one (%i)', async () => {
    fs.writeFileSync(file, JSON.stringify({ pid: 2 ** 22 - 1, started: 'ticks 1', token: 'dead' }));
    const children = Array.from({ length: 6 }, contend);
    const answers = await Promise.all(children.map(({ answer }) => answer));
    await Promise.all(children.map(child => child.kill()));
    expect(answers.sort()).toEqual(['mine', 'theirs', 'theirs', 'theirs', 'theirs', 'theirs']);
  });
});

/** A process that tries to take the lock, says whether it has it, and stays. */
function contend() {
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  return {
    pid: child.pid,
    answer: once(child.stdout, 'data').then(([chunk]) => String(chunk).trim()),
    kill: () => {
      child.kill('SIGKILL');
      return once(child, 'exit');
    },
  };
}

/** What the lock file says. */
function held(): LockHolder {
  return JSON.parse(fs.readFileSync(file, 'utf8')) as LockHolder;
}
