import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isFileLock, acquireFileLock } from '../../../src/common/fileLock';

/** A file system without links, where a test asks for one. */
const links = vi.hoisted(() => ({ missing: false }));
vi.mock('node:fs', async original => {
  const real = await original<typeof fs>();
  const linkSync: typeof real.linkSync = (from, to) => {
    if (links.missing) throw Object.assign(new Error('no links here'), { code: 'EPERM' });
    real.linkSync(from, to);
  };
  return { ...real, linkSync };
});

const dead = { pid: 2 ** 22 - 1, started: 'ticks 1', token: '11111111-1111-4111-8111-111111111111' };
const long = new Date(Date.now() - 60_000);

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-lock-'));
  file = path.join(folder, 'lock.json');
});
afterEach(() => {
  links.missing = false;
  fs.rmSync(folder, { recursive: true });
});

const write = (name: string, content: unknown) =>
  fs.writeFileSync(path.join(folder, name), JSON.stringify(content));
/** What a lock of this process says. */
function living(): unknown {
  const other = path.join(folder, 'other');
  const lock = acquireFileLock(other);
  const content: unknown = JSON.parse(fs.readFileSync(other, 'utf8'));
  if (isFileLock(lock)) lock.release();
  return content;
}

describe('a dead lock', () => {
  it('is left to the process that breaks it, however long that is held up', () => {
    write('lock.json', dead);
    write(`lock.json.${dead.token}.breaking`, living());
    fs.utimesSync(path.join(folder, `lock.json.${dead.token}.breaking`), long, long);
    expect(acquireFileLock(file)).toMatchObject({ pid: process.pid });
    expect(fs.readdirSync(folder).sort()).toEqual(['lock.json', `lock.json.${dead.token}.breaking`]);
  });

  it('is broken by the next when those that broke it have died as well, and nothing stays behind', () => {
    const [second, third] = ['2', '3'].map(digit => ({ ...dead, token: dead.token.replaceAll('1', digit) }));
    write('lock.json', dead);
    write(`lock.json.${dead.token}.breaking`, second);
    write(`lock.json.${second!.token}.breaking`, third);
    write(`lock.json.${third!.token}`, third);
    const lock = acquireFileLock(file);
    expect(isFileLock(lock)).toBe(true);
    expect(fs.readdirSync(folder)).toEqual(['lock.json']);
    if (isFileLock(lock)) lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('of an older version that was killed over breaking it is broken', () => {
    write('lock.json', dead);
    const marker = path.join(folder, `lock.json.${dead.token}.breaking`);
    fs.writeFileSync(marker, '');
    fs.utimesSync(marker, long, long);
    expect(isFileLock(acquireFileLock(file))).toBe(true);
  });

  it('keeps its name to itself, whatever it says', () => {
    write('lock.json', { ...dead, token: '../../elsewhere' });
    expect(isFileLock(acquireFileLock(file))).toBe(true);
    expect(fs.existsSync(path.join(folder, '../elsewhere.breaking'))).toBe(false);
  });
});

describe('what stands where a lock belongs', () => {
  it('is refused when it is a folder, which stays', () => {
    fs.mkdirSync(file);
    expect(() => acquireFileLock(file)).toThrow(
      'lock.json cannot be written: there is a folder of this name.',
    );
    expect(fs.readdirSync(folder)).toEqual(['lock.json']);
  });

  it('is broken when it is a broken link', () => {
    fs.symlinkSync(path.join(folder, 'nowhere'), file);
    expect(isFileLock(acquireFileLock(file))).toBe(true);
  });
});

it('files of locks that were left half-written are swept, but not while they may be written', () => {
  const half = ['0', '1'].map(end => `${file}.00000000-0000-0000-0000-00000000000${end}`);
  for (const name of half) fs.writeFileSync(name, '{"pid"');
  fs.utimesSync(half[0]!, long, long);
  expect(isFileLock(acquireFileLock(file))).toBe(true);
  expect(half.map(name => fs.existsSync(name))).toEqual([false, true]);
});

describe('where a file system has no links', () => {
  beforeEach(() => {
    links.missing = true;
  });

  it('a lock has one holder', () => {
    const lock = acquireFileLock(file);
    expect(isFileLock(lock)).toBe(true);
    expect(acquireFileLock(file)).toMatchObject({ pid: process.pid });
    if (isFileLock(lock)) lock.release();
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('a lock that is being written is waited for, and one that was left half-written is broken', async () => {
    fs.writeFileSync(file, '');
    const writer = spawn(process.execPath, [
      '-e',
      `setTimeout(() => require('fs').writeFileSync(process.argv[1], process.argv[2]), 100)`,
      file,
      JSON.stringify(living()),
    ]);
    expect(acquireFileLock(file)).toMatchObject({ pid: process.pid });
    await once(writer, 'exit');
    fs.writeFileSync(file, '{"pid"');
    fs.utimesSync(file, long, long);
    expect(isFileLock(acquireFileLock(file))).toBe(true);
  });
});

describe('many processes', () => {
  it('hold a lock one at a time, though its holders die, and leave nothing behind', async () => {
    const script = path.join(folder, 'worker.cjs');
    await build({
      stdin: {
        contents: `import * as fs from 'node:fs';
        import { isFileLock, acquireFileLock } from './src/common/fileLock';
        const [file, dead] = process.argv.slice(2);
        for (let held = 0; held < 40;) {
          const lock = acquireFileLock(file);
          if (!isFileLock(lock)) continue;
          held++;
          // Throws where another is inside.
          fs.mkdirSync(file + '-inside');
          fs.rmdirSync(file + '-inside');
          if (held % 2 === 0) lock.release();
          else {
            const token = require('node:crypto').randomUUID();
            fs.writeFileSync(file + '-' + token, JSON.stringify({ ...JSON.parse(dead), token }));
            fs.renameSync(file + '-' + token, file);
          }
        }`,
        resolveDir: path.resolve(__dirname, '../../..'),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      outfile: script,
    });
    const workers = [1, 2, 3].map(() =>
      spawn(process.execPath, [script, file, JSON.stringify(dead)], {
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
    );
    const codes = await Promise.all(workers.map(worker => once(worker, 'exit')));
    expect(codes).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    fs.rmSync(script);
    expect(isFileLock(acquireFileLock(file))).toBe(true);
    expect(fs.readdirSync(folder)).toEqual(['lock.json']);
  });
});
