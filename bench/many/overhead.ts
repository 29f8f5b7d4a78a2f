import { paintWarm, type Pictures } from './warmEngine';
import { timed, type Yard } from './yard';

/** The same pictures by one warm engine, by the queue in the command, and by one worker over Redis. */
export async function overhead(yard: Yard, options: Pictures): Promise<string> {
  const { count, size, steps } = options;
  const folder = await yard.makePictures('in', count, size);
  const common = ['--size', String(size), '--steps', String(steps)];
  const runs = [{ name: 'one warm engine', ...(await paintWarm(yard, folder, options)) }];

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
