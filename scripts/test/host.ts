import * as path from 'node:path';

import { repository } from '../../test/e2e/host/installation';
import { describeEnd, runNode } from './command';

/** npm compiles some of code-server's modules. */
const MINUTES = 40;

let answer: Promise<string | undefined> | undefined;

/**
 * Installs code-server and Chromium unless they are there, once. Called early, it does so beside what else is done.
 * @returns a sentence that says what is missing, or nothing when all is there
 */
export function ensureHost(): Promise<string | undefined> {
  answer ??= install();
  return answer;
}

/** Waits for an installation that was called for, if any was. */
export async function hostSettled(): Promise<void> {
  await answer;
}

async function install(): Promise<string | undefined> {
  const script = path.join(repository, 'scripts', 'test', 'installHost.mjs');
  try {
    const result = await runNode([script], { minutes: MINUTES, keepStderr: true });
    if (result.code === 0) return undefined;
    return result.stderr.trim() || `The test host's installation ${describeEnd(result, MINUTES)}.`;
  } catch (error) {
    // Nobody may be waiting yet, and a rejection that nobody hears would end the other suites.
    return `The test host's installation could not be started: ${String(error)}`;
  }
}
