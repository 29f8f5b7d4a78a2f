import * as fs from 'node:fs/promises';
import { runProgram } from './program';

export interface NvidiaDriver {
  /** For example 550.54.14; undefined where only its library was found. */
  readonly version?: string;
  readonly gpus: readonly { readonly name: string; readonly memoryBytes: number }[];
}

/** The oldest driver that runs CUDA 12 programs (NVIDIA's table of minor version compatibility). */
export const OLDEST_DRIVER = '525.60';

/** WSL2 brings Windows's driver into Linux here, off the path. */
const WSL = '/usr/lib/wsl/lib';

const QUERY = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits'];

/** The NVIDIA driver of this machine and its cards, or undefined without one. */
export async function findDriver(): Promise<NvidiaDriver | undefined> {
  for (const program of ['nvidia-smi', `${WSL}/nvidia-smi`]) {
    const asked = await runProgram(program, QUERY, { timeout: 10_000 }).catch(() => undefined);
    if (asked?.code === 0) return parseQuery(asked.output);
  }
  const loaded = await fs.readFile('/proc/driver/nvidia/version', 'utf8').catch(() => undefined);
  const version = loaded === undefined ? undefined : /(\d+\.\d+(\.\d+)?)/.exec(loaded)?.[1];
  if (version !== undefined) return { version, gpus: [] };
  const inWsl = await fs.access(`${WSL}/libcuda.so.1`).then(
    () => true,
    () => false,
  );
  return inWsl ? { gpus: [] } : undefined;
}

/** One line a card: name, MiB, version. */
export function parseQuery(output: string): NvidiaDriver | undefined {
  const rows = output
    .split('\n')
    .map(line => line.split(',').map(cell => cell.trim()))
    .filter(cells => cells.length === 3 && Number.isFinite(Number(cells[1])));
  const version = rows[0]?.[2];
  if (version === undefined) return undefined;
  return { version, gpus: rows.map(([name = '', MiB]) => ({ name, memoryBytes: Number(MiB) * 2 ** 20 })) };
}

/** Whether the version is known and older than `OLDEST_DRIVER`. */
export function isTooOld({ version }: NvidiaDriver): boolean {
  if (version === undefined) return false;
  const [a, b] = [version, OLDEST_DRIVER].map(each => each.split('.').map(Number));
  const difference = (a?.[0] ?? 0) - (b?.[0] ?? 0) || (a?.[1] ?? 0) - (b?.[1] ?? 0);
  return difference < 0;
}
