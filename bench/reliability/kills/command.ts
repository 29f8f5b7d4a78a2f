import * as path from 'node:path';
import { readJob } from '../../../src/jobs/folder';
import type { Ended } from '../../../test/engine/stage/workshop';
import type { SmallWorkshop } from '../smallWorkshop';
import { runKilled } from './killed';
import type { Place } from './place';
import { Killer, type Assault, type RunLength, type Kill, type Victim } from './plan';

const machine = ['--device', 'cpu', '--threads', '1'];

/** Exit codes of a command that a full disk stops with a sentence. */
const stopped = [1, 3];

/** The command line: `run` until there is a job, and `resume` from then on. */
export const command: Victim = {
  async follow(workshop: SmallWorkshop, place: Place): Promise<RunLength> {
    const began = performance.now();
    const { code, stderr } = await live(workshop, place, undefined);
    if (code !== 0) throw new Error(stderr);
    return { operations: new Killer(workshop.folder).operations, milliseconds: performance.now() - began };
  },

  async assault({ workshop, place, whole, kills, makeRoom, isTight }: Assault): Promise<number> {
    let made = 0;
    for (const kill of kills) {
      if (isDone(place)) return made;
      const end = await live(workshop, place, kill);
      if (end.code === null) made += 1;
      else if (end.code !== 0 && !(isTight && stopped.includes(end.code))) throw explained(end);
      if (/\n\s+at /.test(end.stderr)) throw explained(end);
      place.check(whole);
    }
    makeRoom();
    if (!isDone(place)) {
      const end = await live(workshop, place, undefined);
      if (end.code !== 0) throw explained(end);
    }
    return made;
  },
};

function isDone(place: Place): boolean {
  const [job] = place.jobs();
  return job !== undefined && readJob(job).state.status === 'done';
}

function live(workshop: SmallWorkshop, place: Place, kill: Kill | undefined): Promise<Ended> {
  const [job] = place.jobs();
  const task = job === undefined ? ['run', place.recipeFile()] : ['resume', path.basename(job)];
  const program = [workshop.cliEntry, ...task, ...machine];
  return runKilled(workshop, program, { cwd: place.folder, storage: place.storage }, kill);
}

function explained({ code, stderr }: Ended): Error {
  return new Error(`exit code ${code ?? 'none'}: ${stderr.trim()}`);
}
