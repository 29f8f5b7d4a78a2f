import type { OverheadOptions } from './overhead';
import type { Yard } from './yard';

/** Two workers of one thread against two commands of one thread, each with half of the pictures. */
export async function pair(yard: Yard, { count, size, steps }: OverheadOptions): Promise<string> {
  const common = ['--size', String(size), '--steps', String(steps)];
  const halves = [
    await yard.makePictures('first', count, size),
    await yard.makePictures('second', count, size),
  ];
  const timed = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1000;
  };
  const independent = () =>
    timed(() =>
      Promise.all(halves.map((half, i) => yard.batch(half, `alone-${i}-${Math.random()}`, ...common))),
    );
  const workers = await Promise.all(['one', 'two'].map(name => yard.worker(name)));
  const shared = () =>
    timed(() =>
      Promise.all(
        halves.map((half, i) => yard.batch(half, `shared-${i}-${Math.random()}`, ...common, '--queue')),
      ),
    );
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
