import * as fs from 'node:fs/promises';
import { runProgram } from './program';

export interface NvidiaDriver {
  /** For example 550.54.14; undefined where only its library was found. */
  readonly version?: string;
  readonly gpus: readonly NvidiaCard[];
}

export interface NvidiaCard {
  readonly name: string;
  /** Undefined where the card is divided into instances (MIG): then it has none of its own. */
  readonly memoryBytes?: number;
  /** For example 8.6; undefined where the driver is too old to tell. */
  readonly computeCapability?: number;
}

/** The oldest driver that runs CUDA 12 programs (NVIDIA's table of minor version compatibility). */
export const OLDEST_DRIVER = '525.60';

/** WSL2 brings Windows's driver into Linux here, off the path. */
const WSL = '/usr/lib/wsl/lib';

/**
 * The least that the pinned libraries compute on: TensorFlow's kernels begin with Pascal (its build_info), and cuDNN 9.10
 * still has them (NVIDIA's support matrix). Newer cards than Hopper compile TensorFlow's kernels at their first use.
 */
export const OLDEST_CARD = 6;

/** Fields by what drivers know: the second list is that of drivers before 2022. */
const FIELDS = ['name,memory.total,driver_version,compute_cap', 'name,memory.total,driver_version'];

/** The NVIDIA driver of this machine and its cards, or undefined without one. */
export async function findDriver(): Promise<NvidiaDriver | undefined> {
  for (const program of ['nvidia-smi', `${WSL}/nvidia-smi`]) {
    for (const fields of FIELDS) {
      const query = [`--query-gpu=${fields}`, '--format=csv,noheader,nounits'];
      const asked = await runProgram(program, query, { timeout: 10_000 }).catch(() => undefined);
      const driver = asked?.code === 0 ? parseQuery(asked.output) : undefined;
      if (driver !== undefined) return driver;
      if (asked === undefined) break;
    }
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

/** One line a card: name, MiB or [N/A], version, compute capability. */
export function parseQuery(output: string): NvidiaDriver | undefined {
  const rows = output
    .split('\n')
    .map(line => line.split(',').map(cell => cell.trim()))
    .filter(cells => cells.length >= 3 && /^\d+(\.\d+)+$/.test(cells[2] ?? ''));
  const version = rows[0]?.[2];
  if (version === undefined) return undefined;
  const gpus = rows.map(([name = '', MiB, , capability]): NvidiaCard => {
    const [memory, computeCapability] = [Number(MiB), Number(capability)];
    return {
      name,
      ...(memory > 0 ? { memoryBytes: memory * 2 ** 20 } : {}),
      ...(computeCapability > 0 ? { computeCapability } : {}),
    };
  });
  return { version, gpus };
}

/** The card that no other is newer than, where all are known to be older than `OLDEST_CARD`. */
export function onlyOldCards({ gpus }: NvidiaDriver): NvidiaCard | undefined {
  const old = gpus.every(({ computeCapability = Infinity }) => computeCapability < OLDEST_CARD);
  return old ? gpus[0] : undefined;
}

/** Whether the version is known and older than `OLDEST_DRIVER`. */
export function isTooOld({ version }: NvidiaDriver): boolean {
  if (version === undefined) return false;
  const [a, b] = [version, OLDEST_DRIVER].map(each => each.split('.').map(Number));
  const difference = (a?.[0] ?? 0) - (b?.[0] ?? 0) || (a?.[1] ?? 0) - (b?.[1] ?? 0);
  return difference < 0;
}
