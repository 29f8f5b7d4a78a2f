import * as fs from 'node:fs';
import { EngineClient } from '../../src/engine/process/client';
import { createJob, readJob } from '../../src/jobs/folder';
import { presets } from '../../src/recipe/presets';
import { timed, type Yard } from './yard';

export interface OverheadOptions {
  readonly count: number;
  readonly size: number;
  readonly steps: number;
}

interface Run {
  readonly name: string;
  readonly wall: number;
  readonly computed: number;
}

/** The same pictures by one warm engine, by the queue in the command, and by one worker over Redis. */
export async function overhead(yard: Yard, options: OverheadOptions): Promise<string> {
  const { count, size, steps } = options;
  const folder = await yard.makePictures('in', count, size);
  const common = ['--size', String(size), '--steps', String(steps)];
  const runs: Run[] = [await direct(yard, folder, options)];

  const embedded = await timed(yard.startBatch(folder, 'embedded', ...common));
  runs.push({ name: 'batch, embedded', ...embedded });

  const worker = await yard.worker('one');
  const redis = await timed(yard.startBatch(folder, 'redis', ...common, '--queue'));
  runs.push({ name: 'batch, one worker over Redis', ...redis });
  worker.kill('SIGTERM');

  const [{ wall: alone, computed: pure } = { wall: 1, computed: 1 }] = runs;
  const rows = runs.map(({ name, wall, computed }) => {
    const beside = wall - computed;
    const more = (100 * (beside - (alone - pure))) / alone;
    const cells = [
      wall.toFixed(1),
      computed.toFixed(1),
      ((1000 * beside) / count).toFixed(0),
      `${more.toFixed(1)} %`,
    ];
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  const head = '| | wall s | computing s | beside it, ms a picture | more than one warm engine |';
  return [
    `${count} pictures at ${size} px, ${steps} steps`,
    '',
    head,
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Jobs in one engine, one after another, as the studio has them. */
async function direct(yard: Yard, folder: string, { size, steps }: OverheadOptions): Promise<Run> {
  const storage = yard.at('storage-direct');
  const client = new EngineClient({
    entry: yard.engineEntry,
    settings: { device: 'cpu', threads: 1, storage, mirror: '' },
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
      output: yard.at(`direct-${name}`),
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
  return { name: 'one warm engine', wall, computed };
}
