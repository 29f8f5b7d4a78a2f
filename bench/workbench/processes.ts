import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../test/e2e/host/session';

/** The role of a process below the server, by what its command line names. */
const roles = { host: '--type=extensionHost', engine: 'engine.js' } as const;

type Role = keyof typeof roles;

function pidsOf(session: Session, role: Role): number[] {
  const found = session.server.processes().filter(({ command }) => command.includes(roles[role]));
  return found.map(({ pid }) => pid);
}

/** The process of a role. */
function pidOf(session: Session, role: Role): number {
  const [pid] = pidsOf(session, role);
  if (pid === undefined) throw new Error(`There is no process of the ${role}.`);
  return pid;
}

/** Waits until no process of a role is left. */
export async function hasEnded(session: Session, role: Role): Promise<void> {
  while (pidsOf(session, role).length > 0) await sleep(100);
}

/** Resident memory of a role's process, in MiB. */
export function residentMiB(session: Session, role: Role): number {
  return residentOf(pidOf(session, role));
}

/** Resident memory of the browser's process that shows the window and its panels, in MiB. */
export async function rendererMiB(session: Session): Promise<number> {
  const parts = await browserProcesses(session);
  return Math.max(...parts.filter(({ type }) => type === 'renderer').map(({ id }) => residentOf(id)));
}

async function browserProcesses({ browser }: Session) {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  return processInfo;
}

function residentOf(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

/**
 * Where processor time goes while a window is open: our two processes, the rest of VS Code's server, and of the browser
 * the processes of the pages, the one that draws the window, here without a graphics card, and all others.
 */
export const PARTS = ['engine', 'extension host', 'server', 'pages', 'drawing', 'browser'] as const;
export type CpuSeconds = Readonly<Record<(typeof PARTS)[number], number>>;

/** Processor time that the processes which run now have taken so far, in seconds. */
export async function cpuSeconds(session: Session): Promise<CpuSeconds> {
  const sum = (pids: readonly number[]) => pids.reduce((total, pid) => total + cpuOf(pid), 0);
  const [engine, host] = [pidsOf(session, 'engine'), pidsOf(session, 'host')];
  const ours = new Set([...engine, ...host]);
  const server = session.server.processes().map(({ pid }) => pid);
  const parts = await browserProcesses(session);
  const of = (...types: string[]) =>
    sum(parts.filter(({ type }) => types.includes(type)).map(({ id }) => id));
  return {
    engine: sum(engine),
    'extension host': sum(host),
    server: sum(server.filter(pid => !ours.has(pid))),
    pages: of('renderer'),
    drawing: of('GPU'),
    browser: sum(parts.map(({ id }) => id)) - of('renderer', 'GPU'),
  };
}

/** User and system time of a process and its threads; 0 once it has ended. */
function cpuOf(pid: number): number {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it may hold blanks. Ticks are hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

/** Shared libraries of tensors and codecs that the extension host has loaded; none, as it should be. */
export function heavyLibraries(session: Session): string[] {
  const maps = fs.readFileSync(`/proc/${pidOf(session, 'host')}/maps`, 'utf8');
  const names = maps.match(/[^/\s]*(?:onnxruntime|vips|sharp|tensorflow|tfjs)[^/\s]*\.(?:so|node)[.\d]*/g);
  return [...new Set(names ?? [])];
}
