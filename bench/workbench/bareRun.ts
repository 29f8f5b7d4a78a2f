import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { installation, repository } from '../../test/e2e/host/installation';

const program = path.join(repository, 'out', 'bench', 'bareProgram.js');

/** Bundles the program, as the engine is bundled. */
export async function prepareBareRuns(): Promise<void> {
  await build({
    entryPoints: [path.join(repository, 'bench', 'workbench', 'bareProgram.ts')],
    ...{ outfile: program, bundle: true, platform: 'node', target: 'node20', format: 'cjs', keepNames: true },
    external: ['onnxruntime-node', 'onnxruntime-web', 'sharp', 'h5wasm', '*.node'],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;` },
    logLevel: 'error',
  });
}

/** Seconds that a job's painting takes with nothing beside it, on the Node that VS Code runs the engine on. */
export async function bareRun(job: string, threads: number): Promise<number> {
  const args = [program, path.join(job, 'recipe.json'), String(threads)];
  const { stdout } = await promisify(execFile)(installation().node, args);
  return Number(stdout);
}
