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
export async function rendererMiB({ browser }: Session): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentOf(id)));
}

function residentOf(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

/** Shared libraries of tensors and codecs that the extension host has loaded; none, as it should be. */
export function heavyLibraries(session: Session): string[] {
  const maps = fs.readFileSync(`/proc/${pidOf(session, 'host')}/maps`, 'utf8');
  const names = maps.match(/[^/\s]*(?:onnxruntime|vips|sharp|tensorflow|tfjs)[^/\s]*\.(?:so|node)[.\d]*/g);
  return [...new Set(names ?? [])];
}
