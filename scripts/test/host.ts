import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

import { repository } from '../../test/e2e/host/installation';

let answer: { readonly missing: string | undefined } | undefined;

/**
 * Installs code-server and Chromium unless they are there.
 * @returns a sentence that says what is missing, or nothing when all is there
 */
export function ensureHost(): string | undefined {
  answer ??= install();
  return answer.missing;
}

function install(): { missing: string | undefined } {
  const script = path.join(repository, 'scripts', 'test', 'installHost.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  return { missing: status === 0 ? undefined : stderr.trim() };
}
