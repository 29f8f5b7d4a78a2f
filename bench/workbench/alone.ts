import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { installation, repository } from '../../test/e2e/host/installation';

const program = path.join(repository, 'out', 'bench', 'aloneProgram.js');

/** What a painting took, in seconds of the clock and of the processors. */
export interface Alone {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Bundles the program, as the engine is bundled. */
export async function prepareAlone(): Promise<void> {
  await build({
    entryPoints: [path.join(repository, 'bench', 'workbench', 'aloneProgram.ts')],
    ...{ outfile: program, bundle: true, platform: 'node', target: 'node20', format: 'cjs', keepNames: true },
    external: ['onnxruntime-node', 'onnxruntime-web', 'sharp', 'h5wasm', '@tensorflow/*', '*.node'],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;` },
    logLevel: 'error',
  });
}

/**
 * A job's painting with no window beside it, on the Node that VS Code runs the engine on.
 * @param kind `bare`: only the steps; `kept`: as the engine runs it, with previews and checkpoints
 */
export async function paintAlone(kind: 'bare' | 'kept', job: string, threads: number): Promise<Alone> {
  const args = [program, kind, path.join(job, 'recipe.json'), String(threads)];
  const { stdout } = await promisify(execFile)(installation().node, args);
  return JSON.parse(stdout) as Alone;
}
