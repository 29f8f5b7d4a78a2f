import fs from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const unit = path.join(import.meta.dirname, 'test', 'unit');

/** What stands in for a module in one file would stand, or be missing, in the next. */
const mocking = fs
  .readdirSync(unit, { recursive: true, encoding: 'utf8' })
  .filter(
    file => file.endsWith('.test.ts') && fs.readFileSync(path.join(unit, file), 'utf8').includes('vi.mock('),
  )
  .map(file => `test/unit/${file.replaceAll(path.sep, '/')}`);

/** In milliseconds, for a machine on which other suites and programs compute: alone, a test takes a fraction of a second. */
const UNIT_TIMEOUT = 60_000;

export default defineConfig({
  test: {
    // The machine's cores belong to the network under test: files that compute run one after another.
    projects: [
      {
        extends: true,
        // Modules are loaded once for all files of a worker: that is most of the time.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: mocking,
          isolate: false,
          testTimeout: UNIT_TIMEOUT,
          hookTimeout: UNIT_TIMEOUT,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit-mocking',
          include: mocking,
          testTimeout: UNIT_TIMEOUT,
          hookTimeout: UNIT_TIMEOUT,
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
    pool: 'forks',
  },
});
