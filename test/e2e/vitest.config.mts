import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '../..');

export default defineConfig({
  root,
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'windows', include: ['test/e2e/*.test.ts'], globalSetup: ['test/e2e/host/prepare.ts'] },
      },
      // Pages of webviews in a browser, without VS Code.
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['test/e2e/webview/*.test.ts'],
          globalSetup: ['test/e2e/webview/prepare.ts'],
        },
      },
    ],
    // One window at a time: the cores belong to the engine under test.
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // What a window comes to show takes as long as the machine is busy.
    expect: { poll: { timeout: 30_000 } },
  },
});
