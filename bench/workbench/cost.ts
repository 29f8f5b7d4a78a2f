import * as fs from 'node:fs';
import { writeRecipe } from '../../test/e2e/host/paintings';
import type { Session } from '../../test/e2e/host/session';
import { bareRun, prepareBareRuns } from './bareRun';
import { Eyes } from './eyes';
import { newestJob, newestStep } from './jobs';
import { list, median, note, openStage, THREADS, type Row, type Stage } from './stage';

const ROUNDS = 3;

/** One run in the panel. */
interface Shown {
  readonly seconds: number;
  /** Pictures that came on screen a second, and the longest time between two of them in seconds. */
  readonly rate: number;
  readonly longest: number;
}

/** The same painting in the panel and bare, taking turns at being first. */
export async function cost(session: Session): Promise<Row[]> {
  await prepareBareRuns();
  writeRecipe(session.workspace, 'cost', { size: 512, steps: 250 });
  const stage = await openStage(session);
  // The first painting of a window opens the panel; it is not counted.
  await stage.window.explorer.menu('cost.atelier.json', 'Run Recipe');
  await stage.studio.paints();
  const eyes = await Eyes.ofPanel(stage.studio);
  await eyes.watchPictures();
  await stage.studio.press('Stop and keep');
  await stage.studio.becomes('Stopped');
  const [shown, bare]: [Shown[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const turns = [
      async () => shown.push(await runInPanel(stage, eyes)),
      async () => bare.push(await bareRun(newestJob(session), THREADS)),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    note('cost', { shown, bare });
  }
  const seconds = shown.map(one => one.seconds);
  const slower = seconds.map((value, round) => 100 * (value / (bare[round] ?? NaN) - 1));
  const rates = shown.map(({ rate }) => rate);
  return [
    ['seconds of a painting in the panel, with previews and checkpoints', spread(seconds), ''],
    ['seconds of the same painting with nothing beside it', spread(bare), ''],
    ['slower in the panel, %, round by round', spread(slower), '5'],
    ['pictures that came on screen a second', spread(rates), '2'],
    ['longest time between two of them, seconds', spread(shown.map(({ longest }) => longest)), ''],
  ];
}

const spread = (values: readonly number[]) => `${median(values).toFixed(1)} (${list(values, 1)})`;

async function runInPanel({ session, studio }: Stage, eyes: Eyes): Promise<Shown> {
  const before = (await eyes.pictures()).length;
  await studio.press('Run again');
  await studio.becomes('Painting');
  await studio.becomes('Done', 300_000);
  const times = (await eyes.pictures()).slice(before).map(({ at }) => at / 1000);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? NaN));
  const job = newestJob(session);
  const result = {
    seconds: newestStep(job).seconds,
    rate: gaps.length / ((times.at(-1) ?? 0) - (times[0] ?? 0)),
  };
  for (const name of fs.readdirSync(session.workspace))
    if (/^photo-atelier.*\.png$/.test(name)) fs.rmSync(`${session.workspace}/${name}`);
  return { ...result, longest: Math.max(...gaps) };
}
