import * as fs from 'node:fs';
import { median } from '../../peers/statistics';

/** What must not grow, of one process. */
export interface Vitals {
  readonly residentMiB: number;
  /** Open files, pipes and sockets. */
  readonly handles: number;
  readonly threads: number;
}

/** @throws when no such process runs, or the system does not tell (it does on Linux) */
export function vitalsOf(pid: number): Vitals {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? NaN);
  return {
    residentMiB: field('VmRSS') / 1024,
    handles: fs.readdirSync(`/proc/${pid}/fd`).length,
    threads: field('Threads'),
  };
}

/** Growth that is noise of the allocator and no leak: of a process that has painted hundreds of pictures. */
const NOISE_MIB = 24;

/**
 * Whether something grows over a long run: the last quarter against the second, since the first still fills caches.
 * @param samples in the order of time, evenly spread
 * @returns a sentence for each of the measures that grow
 */
export function growth(samples: readonly Vitals[]): string[] {
  const quarter = Math.floor(samples.length / 4);
  if (quarter < 2) return [];
  const middle = (from: number, of: (vitals: Vitals) => number) =>
    median(samples.slice(from, from + quarter).map(of));
  const limits = { residentMiB: NOISE_MIB, handles: 0, threads: 0 };
  return (Object.keys(limits) as (keyof Vitals)[]).flatMap(name => {
    const before = middle(quarter, vitals => vitals[name]);
    const after = middle(samples.length - quarter, vitals => vitals[name]);
    const words = `${name} grew from ${before.toFixed(0)} to ${after.toFixed(0)}`;
    return after - before > limits[name] ? [words] : [];
  });
}
