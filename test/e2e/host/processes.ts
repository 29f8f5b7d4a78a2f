import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running process and the command line it was started with. */
export interface Survivor {
  readonly pid: number;
  readonly command: string;
}

/**
 * The processes that inherited `variable=value` in their environment, whatever group or parent they have now.
 * Looks in /proc, or asks ps where there is none. Never includes this process.
 */
export function processesWith(variable: string, value: string): Survivor[] {
  const wanted = `${variable}=${value}`;
  const all = fs.existsSync('/proc/self/environ') ? fromProc(wanted) : fromPs(wanted);
  return all.filter(({ pid }) => pid !== process.pid);
}

function fromProc(wanted: string): Survivor[] {
  const found: Survivor[] = [];
  for (const name of fs.readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      if (!fs.readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(wanted)) continue;
      const command = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      // A zombie has no command line any more; it holds nothing and waits only for its parent.
      if (command) found.push({ pid: Number(name), command });
    } catch {
      // It ended meanwhile, or is not ours to read.
    }
  }
  return found;
}

function fromPs(wanted: string): Survivor[] {
  const lines = execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter(line => ` ${line} `.includes(` ${wanted} `))
    .map(line => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+\s+/, '') }));
}

/**
 * Waits until no process with `variable=value` is left.
 * @param patience how long, in milliseconds
 * @returns those that are still there afterwards
 */
export async function remainingAfter(variable: string, value: string, patience: number): Promise<Survivor[]> {
  for (const deadline = Date.now() + patience; ; await sleep(100)) {
    const survivors = processesWith(variable, value);
    if (survivors.length === 0 || Date.now() > deadline) return survivors;
  }
}

/** Ends a process group: politely, then after `patience` milliseconds by force. */
export async function endGroup(leader: number, patience = 5000): Promise<void> {
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(-leader, name);
    } catch {
      return false;
    }
  };
  signal('SIGTERM');
  for (const deadline = Date.now() + patience; Date.now() < deadline && signal(0);) await sleep(50);
  signal('SIGKILL');
}
