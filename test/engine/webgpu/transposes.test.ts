import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { expect, it } from 'vitest';
import { lavapipeEnvironment } from './lavapipe';

it('with channels first an evaluation transposes nothing, with channels last no more than it did', () => {
  const script = path.join(__dirname, 'countTransposes.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, ...lavapipeEnvironment() },
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  const { NHWC, NCHW } = JSON.parse(output) as Record<string, number>;
  expect(NCHW).toBe(0);
  expect(NHWC).toBeGreaterThan(0);
  expect(NHWC).toBeLessThanOrEqual(17);
});
