import * as path from 'node:path';
import { buildSync } from 'esbuild';
import { Program, type Command } from './program';

const root = path.resolve(__dirname, '../..');
const bundle = path.join(root, 'out', 'bench', 'peers.cjs');

export const PEER = 'PyTorch';
export const OURS = 'Atelier';
export const DIRECT = 'Atelier, direct convolutions';

/** Our program as one file, so that it starts as the product does. */
export function buildOurs(): void {
  buildSync({
    entryPoints: [path.join(__dirname, 'ours.ts')],
    outfile: bundle,
    ...{ bundle: true, platform: 'node', target: 'node20', logLevel: 'error' },
    external: ['onnxruntime-node', 'onnxruntime-web', 'h5wasm', 'sharp'],
  });
}

/** The programs that can be started here. */
export class Contestants {
  constructor(private readonly python: string | undefined) {}

  get names(): readonly string[] {
    return this.python === undefined ? [OURS] : [OURS, PEER];
  }

  start(name: string, threads: number): Program {
    return new Program(name === PEER ? this.peer(threads) : ours);
  }

  private peer(threads: number): Command {
    if (this.python === undefined) throw new Error('there is no Python with torch');
    const args = [path.join(__dirname, 'pytorch', 'peer.py')];
    return { file: this.python, args, env: { OMP_NUM_THREADS: `${threads}`, PYTHONWARNINGS: 'ignore' } };
  }
}

const ours: Command = {
  file: process.execPath,
  args: [bundle],
  env: { NODE_PATH: path.join(root, 'node_modules') },
};
