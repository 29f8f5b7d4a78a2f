import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { expect, it } from 'vitest';
import { ended } from './stage/workshop';

const root = path.resolve(__dirname, '../..');

/** Runs a campaign as `npm run campaign` does. What it says is the reason, should it fail. */
async function campaign(...args: string[]): Promise<string> {
  const program = path.join(root, 'bench', 'reliability', 'index.ts');
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', program, ...args], { cwd: root });
  const { code, stdout, stderr } = await ended(child);
  expect({ code, faults: stdout.split('\n').filter(line => line.startsWith('FAULT')), stderr }).toEqual({
    code: 0,
    faults: [],
    stderr: '',
  });
  return stdout;
}

// Seeds whose kills, inputs and messages are of different kinds; bench/reliability.md tells of the thousands.
it('no kill costs a painting or leaves half a file', async () => {
  expect(await campaign('kills', '--count', '8', '--seed', '40')).toMatch(/all \| 8 \| 0/);
});

it('no kill costs a network, a job or a figure that a person has, or leaves half of one', async () => {
  expect(await campaign('chores', '--count', '6', '--seed', '12')).toMatch(/all \| 6 \| 0/);
});

it('no damaged input is misread, or touched', async () => {
  expect(await campaign('inputs', '--count', '120', '--seed', '1')).toMatch(/all \| 120 \| 0/);
});

it('no message upsets the engine', async () => {
  expect(await campaign('messages', '--to', 'engine', '--count', '60', '--seed', '1')).toMatch(
    /all \| 60 \| 0/,
  );
});

it('paintings, figures, cancels and reloads in turn leave nothing', async () => {
  expect(await campaign('soak', '--count', '10', '--seed', '100')).toMatch(/all \| 10 \| 0/);
});
