import * as fs from 'node:fs';
import type { Session } from '../../test/e2e/host/session';

/** The role of a process below the server, by what its command line names. */
const roles = { host: '--type=extensionHost', engine: 'engine.js' } as const;

/** The process of a role. */
function pidOf(session: Session, role: keyof typeof roles): number {
  const found = session.server.processes().find(({ pid }) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(roles[role]);
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`There is no process of the ${role}.`);
  return found.pid;
}

/** Resident memory of a role's process, in MiB. */
export function residentMiB(session: Session, role: keyof typeof roles): number {
  const status = fs.readFileSync(`/proc/${pidOf(session, role)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

/** Shared libraries of tensors and codecs that the extension host has loaded; none, as it should be. */
export function heavyLibraries(session: Session): string[] {
  const maps = fs.readFileSync(`/proc/${pidOf(session, 'host')}/maps`, 'utf8');
  const names = maps.match(/[^/\s]*(?:onnxruntime|vips|sharp|tensorflow|tfjs)[^/\s]*\.(?:so|node)[.\d]*/g);
  return [...new Set(names ?? [])];
}
