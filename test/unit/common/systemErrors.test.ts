import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exitCode, reportError } from '../../../src/common/errors';
import { readFailed, writeFailed } from '../../../src/common/fileError';
import { makeFolder } from '../../../src/common/makeFolder';
import { temporaryName, writeAtomically } from '../../../src/common/atomicFile';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-system-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const at = (name: string) => path.join(folder, name);

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
}

describe('a refusal of the system', () => {
  fs.writeFileSync(at('file'), 'x');
  fs.symlinkSync('loop', at('loop'));
  const long = at('n'.repeat(256));

  it.each([
    [() => fs.writeFileSync(at('file/x'), ''), 'a file has the folder’s name'],
    [() => fs.writeFileSync(at('none/x'), ''), 'the folder does not exist'],
    [() => fs.writeFileSync(folder, ''), 'there is a folder of this name'],
    [() => fs.writeFileSync(long, ''), 'the name is too long'],
    [() => fs.writeFileSync(at('loop'), ''), 'its symbolic links form a loop'],
    [() => fs.mkdirSync(at('file')), 'the name is taken'],
    [() => fs.writeFileSync('/dev/full', 'x'), 'the disk is full'],
    [() => fs.writeFileSync(at('a\0b'), ''), 'this name is not allowed'],
    [() => fs.rmdirSync(os.tmpdir()), /not empty|is using it/],
  ])('becomes a sentence: %s', (work, reason) => {
    const { message, next } = writeFailed('/x/y.png', thrown(work));
    expect(message).toMatch(reason);
    expect(message).not.toMatch(/\bE[A-Z]{3}|errno|syscall/);
    expect(next).toMatch(/\.$/);
  });

  it('of a code that nobody knows names the code', () => {
    const error = Object.assign(new Error('EUNKNOWN: x, open y'), { code: 'EUNKNOWN' });
    expect(readFailed('/x', error).message).toBe('/x cannot be read: the system reports EUNKNOWN.');
    expect(writeFailed('/x', new Error('out of paper')).message).toBe('/x cannot be written: out of paper.');
  });

  it('that nobody expected names the file and is bad input all the same', () => {
    for (const [work, code] of [
      [() => fs.readdirSync(at('file')), 'file-unreadable'],
      [() => fs.mkdirSync(at('file/x')), 'write-failed'],
    ] as const) {
      const report = reportError(thrown(work));
      expect(report).toMatchObject({ code, message: expect.stringMatching(/^\/.*: .*\.$/) as string });
      expect(exitCode(report.code)).toBe(3);
    }
    // A program that cannot be started is no file of a person's.
    const spawned = Object.assign(new Error('spawn x ENOENT'), { path: 'x', syscall: 'spawn x' });
    expect(reportError(spawned).code).toBe('internal');
  });
});

describe('making folders', () => {
  it('makes those above as well, and takes what is there', () => {
    makeFolder(at('a/b/c'));
    makeFolder(at('a/b/c'));
    expect(fs.statSync(at('a/b/c')).isDirectory()).toBe(true);
  });

  it.each([
    [at('file'), 'a file has the folder’s name'],
    [at('file/below'), 'a file has the folder’s name'],
    [at('loop/below'), 'its symbolic links form a loop'],
    [at(`${'n'.repeat(256)}/below`), 'the name is too long'],
  ])('is refused for %s', (name, reason) => {
    expect(() => makeFolder(name)).toThrow(`${name} cannot be written: ${reason}.`);
  });

  it.runIf(fs.existsSync('/proc/self'))('ends where the system says that what is there is not', () => {
    expect(() => makeFolder('/proc/atelier/jobs')).toThrow('/proc/atelier/jobs cannot be written');
  });
});

it('a name as long as the file system takes can be written', () => {
  const file = at(`${'é'.repeat(125)}x.png`);
  expect(Buffer.byteLength(path.basename(file))).toBe(255);
  writeAtomically(file, 'whole');
  expect(fs.readFileSync(file, 'utf8')).toBe('whole');
  expect(temporaryName(file)).not.toBe(temporaryName(file));
});
