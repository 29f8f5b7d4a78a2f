import { writeRecipe } from '../../test/e2e/host/paintings';
import type { Session } from '../../test/e2e/host/session';
import { Eyes } from './eyes';
import { newestJob, newestStep } from './jobs';
import { rendererMiB, residentMiB } from './processes';
import { list, median, note, openStage, promises, type Row, type Table } from './stage';

const STEPS = 10_000;
const EVERY = 1000;
const SIZE = 32;

const MEMORY = [
  'scripts of the window',
  'process that shows the window',
  'extension host',
  'engine',
] as const;

/** A run of ten thousand steps of a small picture: memory, and how the panel answers meanwhile. */
export async function long(session: Session): Promise<Table> {
  writeRecipe(session.workspace, 'tiny', { size: SIZE, steps: STEPS, pyramid: false });
  const { window, studio } = await openStage(session);
  await window.explorer.menu('tiny.atelier.json', 'Run Recipe');
  await studio.paints();
  const eyes = await Eyes.ofPanel(studio);
  await eyes.watchTurns();
  await eyes.watchFrames();
  const page = await studio.page();
  const memory: number[][] = MEMORY.map(() => []);
  const gaps: number[] = [];
  let sight = await eyes.look();
  for (let step = EVERY; step < STEPS; step += EVERY) {
    await studio.comesTo(step, 300_000);
    gaps.push(await eyes.takeLongestGap());
    const heap = Number(await page.evaluate('gc(), performance.memory.usedJSHeapSize / 2 ** 20'));
    const resident = [
      await rendererMiB(session),
      residentMiB(session, 'host'),
      residentMiB(session, 'engine'),
    ];
    [heap, ...resident].forEach((value, index) => memory[index]?.push(value));
    // Collecting garbage to see what is really held stops everything; that is not the panel's doing.
    await eyes.takeLongestGap();
    await studio.choose('Controls');
    await studio.choose('Losses');
    sight = await eyes.look();
    note('long', {
      step,
      memory,
      turns: await eyes.turns(),
      gaps,
      points: sight.points,
    });
  }
  await studio.becomes('Done', 300_000);
  const turns = await eyes.turns();
  gaps.push(await eyes.takeLongestGap());
  const { seconds } = newestStep(newestJob(session));
  const readings = `steps ${EVERY}, ${2 * EVERY}, … ${STEPS - EVERY}`;
  return promises([
    [`${STEPS} steps at ${SIZE} pixels`, `${seconds.toFixed(0)} s`, ''],
    ...MEMORY.map((what, index): Row => [
      `MiB of the ${what} at ${readings}`,
      list(memory[index] ?? []),
      'flat',
    ]),
    [
      'click on a section → its frame is on screen',
      `median ${median(turns).toFixed(0)} ms, longest ${Math.max(...turns).toFixed(0)} ms of ${turns.length}`,
      'responsive',
    ],
    [
      `longest time between two frames of the panel, of each ${EVERY} steps`,
      `${list(gaps)} ms`,
      'responsive',
    ],
    ['points drawn a curve, and curves', `${sight.points}, ${sight.series}`, 'decimated'],
  ]);
}
