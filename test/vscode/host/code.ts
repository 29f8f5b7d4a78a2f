// A stand-in for the `code` executable, for machines where desktop VS Code cannot be downloaded: given the
// arguments of @vscode/test-electron, it runs the same suite in the extension host of VS Code's server build.
import { format } from 'node:util';

import { launchBrowser, still } from '../../e2e/host/browser';
import { Server } from '../../e2e/host/server';
import { windowUrl } from '../../e2e/host/workbench';
import { parseCodeArguments, type CodeArguments } from './arguments';

/** What the workbench says about itself: services that are out of reach, timings, styled lines. */
const noise = /^(%c|\[|Resolv|Creat|Updating|Ignoring|Timed out waiting for auth)|\/static\/out\/vs\//;

async function runTests(server: Server, options: CodeArguments): Promise<number> {
  const browser = await launchBrowser(still);
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.exposeFunction('codeAutomationLog', (_type: string, values: unknown[]) => {
      const text = format(...values);
      if (!noise.test(text)) console.log(text);
    });
    const finished = new Promise<number>((resolve, reject) => {
      page.on('crash', () => reject(new Error('The window crashed.')));
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.goto(windowUrl(server, options), { waitUntil: 'domcontentloaded' });
    return await finished;
  } finally {
    await browser.close();
  }
}

async function main(): Promise<void> {
  const options = parseCodeArguments(process.argv.slice(2));
  const server = Server.prepare({ ...options, development: true });
  const stopped = (): void => void server.stop().then(() => process.exit(130));
  process.once('SIGINT', stopped).once('SIGTERM', stopped);
  try {
    await server.start();
    process.exitCode = await runTests(server, options);
  } finally {
    const orphans = await server.stop();
    for (const { pid, command } of orphans) console.error(`Left running: ${pid} ${command}`);
    if (orphans.length > 0) process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 70;
});
