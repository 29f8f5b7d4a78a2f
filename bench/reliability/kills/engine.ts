import { EngineClient } from '../../../src/engine/process/client';
import { createJob, readJob } from '../../../src/jobs/folder';
import { isAlive, until } from '../../../test/engine/stage/workshop';
import type { SmallWorkshop } from '../smallWorkshop';
import type { Place } from './place';
import { Killer, type Assault, type RunLength, type Kill, type Victim } from './plan';

/** The engine, whose supervisor starts it again and has the painting resumed. */
export const engine: Victim = {
  async follow(workshop: SmallWorkshop, place: Place): Promise<RunLength> {
    const began = performance.now();
    const watched = new WatchedEngine(workshop, place, []);
    await watched.paint(createJob(place.storage, place.recipe));
    await watched.close();
    return { operations: new Killer(workshop.folder).operations, milliseconds: performance.now() - began };
  },

  async assault({ workshop, place, whole, kills, makeRoom, isTight }: Assault): Promise<number> {
    const watched = new WatchedEngine(workshop, place, kills);
    try {
      let job = place.jobs()[0] ?? attempt(() => createJob(place.storage, place.recipe));
      const failure = job === undefined ? 'no job' : await watched.paint(job);
      place.check(whole);
      if (failure !== undefined) {
        if (!isTight) throw new Error(failure);
        makeRoom();
        job ??= createJob(place.storage, place.recipe);
        const second = await watched.paint(job);
        if (second !== undefined) throw new Error(second);
      }
      if (job !== undefined) checkRecord(job, isTight);
      return watched.crashes;
    } finally {
      await watched.close();
    }
  },
};

/** On a disk that was full, the record may lag behind. */
function checkRecord(job: string, isTight: boolean): void {
  const { status } = readJob(job).state;
  if (status !== 'done' && !isTight) throw new Error(`the job is ${status}`);
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

class WatchedEngine {
  crashes = 0;
  private readonly client: EngineClient;
  private readonly timed: Kill[];
  private timer: NodeJS.Timeout | undefined;
  private end: string | undefined;

  constructor(workshop: SmallWorkshop, place: Place, kills: readonly Kill[]) {
    const killer = new Killer(workshop.folder);
    killer.plot(kills);
    this.timed = [...kills];
    this.client = new EngineClient({
      entry: workshop.engineEntry,
      settings: { device: 'cpu', threads: 1, storage: place.storage, mirror: '' },
      execArgv: ['--require', Killer.program],
      env: killer.env,
    });
    this.client.listen({
      status: status => {
        if (status === 'restarting') this.crashes += 1;
        if (status === 'running') this.killLater();
      },
      event: (_job, event) => {
        if (event.event === 'done') this.end = 'done';
        if (event.event === 'failed') this.end = event.error.message;
      },
    });
  }

  /** @returns why it failed; `undefined` when it is done */
  async paint(job: string): Promise<string | undefined> {
    this.end = undefined;
    try {
      await this.client.run(job);
    } catch (error) {
      // On a disk that is full the engine cannot even take the job's lock, and says so.
      return error instanceof Error ? error.message : String(error);
    }
    await until(() => this.end !== undefined, 'the painting comes to an end');
    return this.end === 'done' ? undefined : this.end;
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    const { pid } = this.client;
    await this.client.close();
    if (pid !== undefined && isAlive(pid)) throw new Error('the engine outlived its supervisor');
  }

  private killLater(): void {
    const kill = this.timed.shift();
    const { pid } = this.client;
    if (kill === undefined || !('afterMs' in kill) || pid === undefined) return;
    this.timer = setTimeout(() => {
      if (this.client.pid === pid) process.kill(pid, 'SIGKILL');
    }, kill.afterMs);
  }
}
