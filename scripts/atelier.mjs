// `npm run atelier -- …`: the command line of a clone. Builds first when a source changed, then becomes dist/cli.js.
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { changedSince } from './freshness.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const cli = path.join(root, 'dist', 'cli.js');

function isUpToDate() {
  const built = fs.statSync(path.join(root, 'dist', '.built'), { throwIfNoEntry: false });
  if (!built || !fs.existsSync(cli)) return false;
  const sources = ['src', 'esbuild.mjs', 'package-lock.json', 'tsconfig.json'];
  return !sources.some(source => changedSince(built.mtimeMs, path.join(root, source)));
}

async function build() {
  const esbuild = await import('../esbuild.mjs');
  const { default: service } = await import('esbuild');
  await esbuild.build();
  await service.stop();
}

/** npm starts scripts in the package's folder; paths on the command line are meant where npm itself was called. */
function returnToCaller() {
  const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env;
  if ((script === 'atelier' || script === 'stylize') && caller) process.chdir(caller);
}

try {
  if (!isUpToDate()) await build();
  // The same process runs on, as if it had been started as `node dist/cli.js …`: signals, terminal and exit
  // code are the command line's own.
  returnToCaller();
  process.argv[1] = cli;
  Module.runMain(cli);
} catch (error) {
  // esbuild has printed what does not compile.
  if (!error.errors) throw error;
  process.exitCode = 1;
}
