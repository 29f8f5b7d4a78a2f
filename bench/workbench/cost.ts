import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jobFiles } from '../../src/jobs/jobFiles';
import { writeRecipe } from '../../test/e2e/host/paintings';
import type { Session } from '../../test/e2e/host/session';
import { paintAlone, prepareAlone } from './alone';
import { Eyes } from './eyes';
import { newestJob, newestStep } from './jobs';
import { cpuSeconds, PARTS, type CpuSeconds } from './processes';
import { list, median, note, openStage, studioTab, THREADS, type Stage, type Table } from './stage';

const ROUNDS = 3;
const STEPS = 50;

/** A painting's seconds on the clock, processor seconds of those who took part, and how the pictures came. */
interface Painting {
  readonly seconds: number;
  readonly cpu: Partial<CpuSeconds>;
  /** Pictures that came on screen a second, and the longest time between two of them in seconds. */
  readonly rate?: number;
  readonly longest?: number;
}

const states = {
  bare: 'no window; steps only, no previews, checkpoints or record',
  kept: 'no window; as a job, with previews, checkpoints and record',
  hidden: 'in VS Code, the panel behind another editor',
  shown: 'in VS Code, the panel on screen',
} as const;
type State = keyof typeof states;

/** Seconds of an open window in which nothing runs, for comparison. */
const IDLE = 8;

/** The same painting in each of the states, in turns: where the time of the clock and of the processors goes. */
export async function cost(session: Session): Promise<Table> {
  await prepareAlone();
  writeRecipe(session.workspace, 'cost', { size: 512, steps: STEPS });
  const stage = await openStage(session);
  // The first painting of a window opens the panel; it is not counted.
  await stage.window.explorer.menu('cost.atelier.json', 'Run Recipe');
  await stage.studio.paints();
  await stage.studio.press('Stop and keep');
  await stage.studio.becomes('Stopped');
  await sleep(2000);
  const before = await cpuSeconds(session);
  await sleep(IDLE * 1000);
  const idle = difference(before, await cpuSeconds(session));
  const found: Record<State, Painting[]> = { bare: [], kept: [], hidden: [], shown: [] };
  const order = Object.keys(states) as State[];
  for (let round = 0; round < ROUNDS; round++)
    for (const state of round % 2 === 0 ? order : [...order].reverse()) {
      found[state].push(await paint(stage, state));
      note(state, found[state].at(-1) ?? {});
    }
  return {
    columns: ['seconds', 'slower than bare, %', ...PARTS.map(part => `${part}, CPU s`), 'pictures a second'],
    rows: [
      ...order.map(state => row(states[state], found[state], found.bare)),
      [`an open window, nothing runs, ${IDLE} s`, '', '', ...PARTS.map(part => idle[part].toFixed(1)), ''],
    ],
  };
}

function row(what: string, paintings: readonly Painting[], bare: readonly Painting[]): string[] {
  const seconds = paintings.map(one => one.seconds);
  const slower = seconds.map((value, round) => 100 * (value / (bare[round]?.seconds ?? NaN) - 1));
  const cpu = PARTS.map(part => {
    const values = paintings.flatMap(one => one.cpu[part] ?? []);
    return values.length === 0 ? '' : median(values).toFixed(1);
  });
  const rates = paintings.flatMap(({ rate }) => rate ?? []);
  const longest = paintings.flatMap(one => one.longest ?? []);
  return [
    what,
    spread(seconds),
    paintings === bare ? '' : spread(slower),
    ...cpu,
    rates.length === 0 ? '' : `${spread(rates)}; longest wait ${Math.max(...longest).toFixed(1)} s`,
  ];
}

const spread = (values: readonly number[]) => `${median(values).toFixed(1)} (${list(values, 1)})`;

async function paint(stage: Stage, state: State): Promise<Painting> {
  if (state === 'hidden' || state === 'shown') return paintInWindow(stage, state);
  const { seconds, cpuSeconds: engine } = await paintAlone(state, newestJob(stage.session), THREADS);
  return { seconds, cpu: { engine } };
}

async function paintInWindow(
  { session, studio, window }: Stage,
  state: 'hidden' | 'shown',
): Promise<Painting> {
  const last = newestJob(session);
  const eyes = await Eyes.ofPanel(studio);
  await eyes.watchPictures();
  const first = (await eyes.pictures()).length;
  const before = await cpuSeconds(session);
  await studio.press('Run again');
  while (newestJob(session) === last) await sleep(50);
  const job = newestJob(session);
  if (state === 'hidden') await window.explorer.open('note.txt');
  // Waiting on the disk asks nothing of the browser.
  while (!isDone(job)) await sleep(100);
  const cpu = difference(before, await cpuSeconds(session));
  const { seconds } = newestStep(job);
  if (state === 'hidden') await studioTab(window).click();
  await studio.becomes('Done');
  for (const name of fs.readdirSync(session.workspace))
    if (/^photo-mosaic.*\.png$/.test(name)) fs.rmSync(path.join(session.workspace, name));
  if (state === 'hidden') return { seconds, cpu };
  const times = (await eyes.pictures()).slice(first).map(({ at }) => at / 1000);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? NaN));
  const rate = gaps.length / ((times.at(-1) ?? NaN) - (times[0] ?? NaN));
  return { seconds, cpu, rate, longest: Math.max(...gaps) };
}

function isDone(job: string): boolean {
  const { state } = JSON.parse(fs.readFileSync(path.join(job, jobFiles.job), 'utf8')) as {
    readonly state: { readonly status: string };
  };
  return state.status === 'done';
}

function difference(before: CpuSeconds, after: CpuSeconds): CpuSeconds {
  const parts = PARTS.map(part => [part, after[part] - before[part]] as const);
  return Object.fromEntries<number>(parts) as CpuSeconds;
}
