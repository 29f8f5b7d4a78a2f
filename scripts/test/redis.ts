import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { hostSettled } from './host';

/** Debian's package, and the program in it. */
const PACKAGE = 'redis-server';

const isThere = (): boolean =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .some(folder => folder !== '' && fs.existsSync(path.join(folder, PACKAGE)));

/**
 * Installs Redis where it may and unless it is there: as root on Debian.
 * @returns a sentence that says what is missing, or nothing when all is there
 */
export async function ensureRedis(): Promise<string | undefined> {
  if (isThere()) return undefined;
  // Two installations at once would be in each other's way.
  await hostSettled();
  if (spawnSync('apt-get', ['--version']).status !== 0 || process.getuid?.() !== 0)
    return `${PACKAGE} is missing, and only root on Debian or Ubuntu can install it here (apt-get install ${PACKAGE}).`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-q'],
    ['install', '-qy', '--no-install-recommends', PACKAGE],
  ])
    spawnSync('apt-get', args, { env });
  return isThere() ? undefined : `${PACKAGE} could not be installed (apt-get install ${PACKAGE}).`;
}
