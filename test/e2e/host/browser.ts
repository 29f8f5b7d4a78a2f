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

/** Flags that give webviews WebGPU on the processor. */
export const softwareWebgpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** Starts a headless Chromium that reaches for nothing on its own. */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: installation().chromium,
    headless: true,
    args: [...quiet, ...flags],
  });
}
