import * as os from 'node:os';

/** Bytes of memory of this machine, or of the container that the process lives in. */
export function totalMemory(): number {
  // 0, or more than there is, where nothing limits the process.
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(os.totalmem(), limit) : os.totalmem();
}

/** Bytes of memory that the process may still take: a container may leave less than the machine has free. */
export function freeMemory(): number {
  // Older Nodes than 20.13 cannot tell.
  const available = (process as Partial<NodeJS.Process>).availableMemory?.();
  return Math.min(os.freemem(), available ?? Infinity);
}
