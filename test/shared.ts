import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe } from 'vitest';

const root = path.resolve(__dirname, '../../shared');
const present = fs.existsSync(path.join(root, 'reference', 'reference.json'));

/** Absolute path below the shared reference folder beside the checkout. */
export function sharedPath(relative: string): string {
  return path.join(root, relative);
}

/**
 * `describe` for suites that need the shared folder: they run wherever it is there, fail under CI when it is
 * missing, and are counted as skipped elsewhere.
 */
export const describeShared = present || process.env.CI === 'true' ? describe : describe.skip;
