import * as fs from 'node:fs';
import { EngineClient } from '../../src/engine/process/client';
import { createJob, readJob } from '../../src/jobs/folder';
import { presets } from '../../src/recipe/presets';
import type { Yard } from './yard';

/** What is painted. */
export interface Pictures {
  readonly count: number;
  readonly size: number;
  readonly steps: number;
}

/**
 * Paints a folder's pictures in one engine, one after another, as the studio does, without waiting for other engines.
 * @returns seconds from the first picture that begins to the last that is done, and seconds of computing
 */
export async function paintWarm(
  yard: Yard,
  folder: string,
  { size, steps }: Pictures,
): Promise<{ readonly wall: number; readonly computed: number }> {
  const storage = yard.at(`storage-warm-${folder}`);
  const client = new EngineClient({
    entry: yard.engineEntry,
    settings: { device: 'cpu', threads: 1, storage, mirror: '', turns: false },
  });
  const ends = new Map<string, () => void>();
  client.listen({ event: (job, { event }) => (event === 'done' ? ends.get(job)?.() : undefined) });
  let began = NaN;
  let computed = 0;
  for (const name of fs.readdirSync(yard.at(folder))) {
    const content = yard.at(`${folder}/${name}`);
    const styles = [{ image: yard.at('style.png'), weight: 1 }];
    const job = createJob(storage, {
      ...presets.studio,
      content,
      styles,
      size,
      steps,
      output: yard.at(`warm-${folder}-${name}`),
    });
    const end = new Promise<void>(resolve => ends.set(job, resolve));
    await client.run(job);
    // The engine is warm.
    if (Number.isNaN(began)) began = performance.now();
    await end;
    computed += readJob(job).state.seconds;
  }
  const wall = (performance.now() - began) / 1000;
  await client.close();
  return { wall, computed };
}
