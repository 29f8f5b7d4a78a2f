// Runs test/vscode inside an extension host: desktop VS Code's where it can be downloaded and shown, else that of
// its server build, through the stand-in of test/vscode/host. ATELIER_TEST_VSCODE=desktop|server decides instead.
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { repository } from '../../test/e2e/host/installation';
import { ensureHost } from './host';
import { unavailable } from './outcome';

const suite = path.join(repository, 'out', 'test', 'vscode');
const standIn = path.join(repository, 'out', 'test', 'host', 'code.js');

async function bundle(): Promise<void> {
  const source = path.join(repository, 'test', 'vscode');
  const tests = fs
    .readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .map(name => path.join(source, name));
  fs.rmSync(suite, { recursive: true, force: true });
  const common = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  } as const;
  await build({ ...common, entryPoints: tests, outbase: source, outdir: suite });
  const entry = path.join(source, 'host', 'index.ts');
  await build({ ...common, entryPoints: [entry], outfile: path.join(suite, 'index.js') });
  const banner = { js: '#!/usr/bin/env node' };
  await build({ ...common, entryPoints: [path.join(source, 'host', 'code.ts')], outfile: standIn, banner });
  fs.chmodSync(standIn, 0o755);
}

/** Why desktop VS Code cannot run here, or nothing when it can. */
async function desktopObstacle(): Promise<string | undefined> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return 'there is no display';
  try {
    const address = 'https://update.code.visualstudio.com/api/releases/stable';
    const { ok, status } = await fetch(address, { signal: AbortSignal.timeout(10_000) });
    return ok ? undefined : `the download answers with status ${status}`;
  } catch {
    return 'it cannot be downloaded';
  }
}

/** The program to run the tests in, or a sentence when there is none. */
async function findVscode(): Promise<{ executable: string } | { missing: string }> {
  const wanted = process.env.ATELIER_TEST_VSCODE;
  const obstacle = wanted === 'server' ? 'ATELIER_TEST_VSCODE=server' : await desktopObstacle();
  if (obstacle === undefined || wanted === 'desktop') return { executable: await downloadAndUnzipVSCode() };
  console.log(`Not in desktop VS Code: ${obstacle}. In VS Code's server build instead.`);
  const missing = await ensureHost();
  return missing === undefined ? { executable: standIn } : { missing };
}

async function main(): Promise<void> {
  const report = process.env.ATELIER_TEST_REPORT;
  const found = await findVscode();
  if ('missing' in found) {
    // A suite with one test, which was skipped, or failed under CI, for this reason.
    const state = unavailable('').failed > 0 ? 'failed' : 'pending';
    if (report) fs.writeFileSync(report, JSON.stringify([{ state, note: `vscode: ${found.missing}` }]));
    return;
  }
  await bundle();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vst-'));
  const workspace = path.join(folder, 'workspace');
  fs.mkdirSync(workspace);
  try {
    await runTests({
      vscodeExecutablePath: found.executable,
      extensionDevelopmentPath: repository,
      extensionTestsPath: suite,
      launchArgs: [
        workspace,
        `--user-data-dir=${path.join(folder, 'user')}`,
        `--extensions-dir=${path.join(folder, 'extensions')}`,
      ],
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

main().catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
