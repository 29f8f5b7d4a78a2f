import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '../host/installation';

it('no page is upset by messages that are not the extension’s', () => {
  const program = path.join('bench', 'reliability', 'index.ts');
  const share = ['messages', '--to', 'pages', '--count', '60', '--seed', '1'];
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, ...share], {
    cwd: repository,
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr }).toMatchObject({ status: 0, stderr: '' });
  expect(stdout).toMatch(/all \| 60 \| 0/);
});
