import { paintWarm, type Pictures } from './warmEngine';
import { timed, type Yard } from './yard';

/** Two workers of one thread against two warm engines of one thread, each with half of the pictures. */
export async function pair(yard: Yard, pictures: Pictures): Promise<string> {
  const { count, size, steps } = pictures;
  const common = ['--size', String(size), '--steps', String(steps)];
  const halves = [
    await yard.makePictures('first', count, size),
    // The same picture would be painted once for both.
    await yard.makePictures('second', count, size, count),
  ];
  const independent = async () => {
    const walls = await Promise.all(halves.map(half => paintWarm(yard, half, pictures)));
    return Math.max(...walls.map(({ wall }) => wall));
  };
  const workers = await Promise.all(['one', 'two'].map(name => yard.worker(name)));
  const shared = async () => {
    const batches = halves.map(half => timed(yard.startBatch(half, `shared-${half}`, ...common, '--queue')));
    return Math.max(...(await Promise.all(batches)).map(({ wall }) => wall));
  };
  const alone = await independent();
  const together = await shared();
  for (const worker of workers) worker.kill('SIGTERM');
  const share = (alone / together).toFixed(2);
  return [
    `2 × ${count} pictures at ${size} px, ${steps} steps`,
    '',
    '| | wall s |',
    '| --- | --- |',
    `| two independent engines | ${alone.toFixed(1)} |`,
    `| two workers over Redis | ${together.toFixed(1)} (${share} of their speed) |`,
  ].join('\n');
}
