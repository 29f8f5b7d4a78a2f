import { chromium, type Browser } from 'playwright-core';

import { installation } from './installation';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** For windows: what moves in them would be drawn by the processor, again and again. */
export const still = ['--force-prefers-reduced-motion'];

/** Starts a headless Chromium that reaches for nothing on its own. */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: installation().chromium,
    headless: true,
    args: [...quiet, ...flags],
  });
}
