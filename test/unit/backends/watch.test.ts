import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recentCrashes } from '../../../src/backends/watch';

let folder: string;
let script: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-watch-'));
  script = path.join(folder, 'user.cjs');
  await build({
    stdin: {
      contents: `import { watchDevice } from './src/backends/watch';
        watchDevice(process.argv[2], 'cuda');
        eval(process.argv[3]);`,
      resolveDir: path.resolve(__dirname, '../../..'),
      loader: 'ts',
    },
    ...{ bundle: true, platform: 'node', outfile: script, logLevel: 'error' },
  });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('a process that ends while it uses a device', () => {
  it.each([
    ['by itself', 'process.exit(130)', 0],
    ['by an exception of its own', 'throw new Error("ours")', 0],
    ['by a crash', 'process.abort()', 1],
  ])('%s counts as it should', async (_, end, crashes) => {
    await once(spawn(process.execPath, [script, folder, end], { stdio: 'ignore' }), 'exit');
    expect(recentCrashes(folder, 'cuda')).toBe(crashes);
    fs.rmSync(path.join(folder, 'devices-in-use'), { recursive: true, force: true });
  });
});
