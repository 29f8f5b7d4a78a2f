// `npm test [-- SUITE …]`: installs what is missing, runs the suites, ends with one line of counts.
// The runner is TypeScript (scripts/test), because it shares code with the tests; it is bundled to run.
import esbuild from 'esbuild';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const outdir = path.join(root, 'out', 'test', 'runner');

process.chdir(root);
await esbuild.build({
  entryPoints: ['scripts/test/main.ts', 'scripts/test/integration.ts'],
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});
await esbuild.stop();
const { main } = await import(pathToFileURL(path.join(outdir, 'main.js')).href);
process.exitCode = await main(process.argv.slice(2));
