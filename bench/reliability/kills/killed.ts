import { ended, type Ended } from '../../../test/engine/stage/workshop';
import type { SmallWorkshop } from '../smallWorkshop';
import { Killer, type Kill } from './plan';

/** Where a program is run. */
export interface Surroundings {
  readonly cwd?: string;
  readonly storage: string;
}

/**
 * Runs a program in Node to its end, or to a kill.
 * @param program what Node runs, and how it is told
 */
export async function runKilled(
  workshop: SmallWorkshop,
  program: readonly string[],
  { cwd, storage }: Surroundings,
  kill: Kill | undefined,
): Promise<Ended> {
  const killer = new Killer(workshop.folder);
  killer.plot(kill === undefined ? [] : [kill]);
  const child = workshop.start(process.execPath, ['--require', Killer.program, ...program], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ATELIER_STORAGE: storage, ...killer.env },
  });
  const after = kill !== undefined && 'afterMs' in kill ? kill.afterMs : undefined;
  const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
  try {
    return await ended(child);
  } finally {
    clearTimeout(timer);
  }
}
