import { spawn } from 'node:child_process';
import * as os from 'node:os';
import { expect, it } from 'vitest';
import { onceEnded } from '../../../src/common/childEnd';

/** A program in plain JavaScript, run to its end: how that was told, each time, and what its stderr had said by then. */
function ending(program: string, file = process.execPath) {
  const child = spawn(file, ['-e', program], { cwd: os.tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ends: unknown[] = [];
  const ended = new Promise<unknown>(resolve => {
    onceEnded(child, (code, signal, failure) => {
      ends.push([code, signal, failure?.message]);
      resolve({ said, how: ends[0] });
    });
  });
  return { child, ended, ends };
}

it('a program is over when it has said everything', async () => {
  const { ended, ends } = ending(`process.stderr.write('x'.repeat(200_000), () => process.exit(3))`);
  expect(await ended).toEqual({ said: 'x'.repeat(200_000), how: [3, null, undefined] });
  expect(ends).toHaveLength(1);
});

it('a program is over though what it has started keeps its outputs open', async () => {
  const { child, ended } = ending(
    `const { pid } = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
     process.stderr.write(String(pid), () => process.kill(process.pid, 'SIGKILL'));`,
  );
  const { said, how } = (await ended) as { said: string; how: unknown };
  expect(how).toEqual([null, 'SIGKILL', undefined]);
  process.kill(Number(said), 'SIGKILL');
  expect(child.signalCode).toBe('SIGKILL');
});

it('a program that cannot be started is over at once', async () => {
  const { ended } = ending('', '/no/such/program');
  expect(await ended).toMatchObject({ how: [null, null, 'spawn /no/such/program ENOENT'] });
});
