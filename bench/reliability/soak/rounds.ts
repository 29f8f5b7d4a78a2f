import * as fs from 'node:fs';
import * as path from 'node:path';
import type { FigureInput } from '../../../src/protocol/request';
import { deleteJob } from '../../../src/jobs/deletion';
import { createJob, readJob } from '../../../src/jobs/folder';
import type { Recipe } from '../../../src/recipe/recipe';
import { isAlive } from '../../../test/engine/stage/workshop';
import type { Chance } from '../chance';
import type { SmallWorkshop } from '../smallWorkshop';
import type { Window } from './window';

/** What a round works with. */
export interface Desk {
  readonly workshop: SmallWorkshop;
  readonly chance: Chance;
  /** The window that stays open all the time. */
  readonly window: Window;
  /** Another window, with an engine of its own. */
  readonly openWindow: () => Window;
  /** The bytes of a painting that nothing came between. */
  readonly whole: (fields: Partial<Recipe>) => Promise<Buffer>;
}

/** The paintings of the soak. */
export const PAINTINGS: readonly Partial<Recipe>[] = [
  {},
  { optimizer: 'adam', steps: 20 },
  { size: 40, pyramid: true, colors: 'chroma' },
  { init: 'noise', pooling: 'max', seed: 5 },
];

/** One thing that people do, from a clean storage to a clean storage. Rejects when it does not go as it has to. */
export type Round = (desk: Desk) => Promise<void>;

async function painting(
  desk: Desk,
  act: (job: string, fields: Partial<Recipe>) => Promise<unknown>,
): Promise<void> {
  const { workshop, chance, whole } = desk;
  const fields = chance.pick(PAINTINGS);
  const wanted = await whole(fields);
  const output = workshop.at(`round-${chance.below(1e9)}.png`);
  const job = createJob(workshop.storage, workshop.recipe({ ...fields, output }));
  await act(job, fields);
  const { state } = readJob(job);
  if (state.status !== 'done') throw new Error(`the job is ${state.status}`);
  if (!fs.readFileSync(output).equals(wanted)) throw new Error('the painting has other bytes');
  deleteJob(workshop.storage, job);
  fs.rmSync(output);
}

const paint: Round = desk => painting(desk, job => desk.window.run(job, 'done'));

const cancel: Round = desk =>
  painting(desk, async job => {
    const { window, chance } = desk;
    await window.run(job, 'step', 1 + chance.below(8));
    const keep = chance.happens(0.5);
    // It may be done before it hears of the wish.
    await window
      .after(job, 'stopped', 1, () => window.client.request({ type: 'stop', job, keep }))
      .catch(() => undefined);
    if (readJob(job).state.status !== 'done') await window.run(job, 'done');
  });

const pause: Round = desk =>
  painting(desk, async job => {
    const { window, chance } = desk;
    await window.run(job, 'step', 1 + chance.below(4));
    const { client } = window;
    // It may be done before it hears of the wish.
    const paused = await window
      .after(job, 'paused', 1, () => client.request({ type: 'pause', job }))
      .then(
        () => true,
        (error: unknown) => {
          if (readJob(job).state.status === 'done') return false;
          throw error;
        },
      );
    if (paused) await window.after(job, 'done', 1, () => client.request({ type: 'continue', job }));
  });

const study: Round = desk =>
  painting(desk, async job => {
    const { window, chance } = desk;
    const kind = chance.pick(['layers', 'reconstructions'] as const);
    await window.client.request({ type: 'watchInsights', job, kind: kind });
    await window.run(job, 'done');
    await window.client.request({ type: 'watchInsights', job, kind: 'none' });
  });

/** A window is closed and opened again, with a painting under way. */
const reload: Round = desk =>
  painting(desk, async job => {
    const before = desk.openWindow();
    await before.run(job, 'step', 1 + desk.chance.below(6));
    const { pid } = before.client;
    await before.client.close();
    if (pid !== undefined && isAlive(pid)) throw new Error('the engine outlived its window');
    const after = desk.openWindow();
    if (readJob(job).state.status !== 'done') await after.run(job, 'done');
    await after.client.close();
  });

/** A painting leaves the queue before its turn; those around it are painted. */
const queue: Round = desk =>
  painting(desk, async job => {
    const { workshop, window } = desk;
    const waiting = createJob(workshop.storage, workshop.recipe());
    const client = window.client;
    await window.after(job, 'done', 1, async () => {
      await client.run(job);
      await window.run(waiting, 'queued');
      await window.after(waiting, 'stopped', 1, () =>
        client.request({ type: 'stop', job: waiting, keep: false }),
      );
    });
    deleteJob(workshop.storage, waiting);
  });

const figures = ({ workshop }: Desk): FigureInput[] => [
  {
    kind: 'reconstructions',
    content: workshop.at('content.png'),
    style: workshop.at('style.png'),
    ...{ size: 24, steps: 4, model: 'lite' },
  },
  {
    kind: 'tradeoff',
    content: workshop.at('content.png'),
    styles: [workshop.at('style.png')],
    ...{ size: 24, steps: 4, model: 'lite' },
  },
];

async function figure(desk: Desk, act: (figure: string) => Promise<unknown>): Promise<void> {
  const folder = await desk.window.findFigure(desk.chance.pick(figures(desk)));
  await act(folder);
  const leftovers = fs.readdirSync(folder).filter(name => name.startsWith('.') || name.endsWith('.lock'));
  if (leftovers.length > 0) throw new Error(`the figure has left ${leftovers.join(', ')}`);
  if (!fs.existsSync(path.join(folder, 'index.html'))) throw new Error('the figure has no page');
  fs.rmSync(folder, { recursive: true });
}

const drawFigure: Round = desk => figure(desk, folder => desk.window.makeFigure(folder, 'done'));

const cancelFigure: Round = desk =>
  figure(desk, async folder => {
    const { window, chance } = desk;
    await window.makeFigure(folder, 'cell', 1 + chance.below(4));
    await window
      .after(folder, 'stopped', 1, () => window.client.request({ type: 'stopFigure', figure: folder }))
      .catch(() => undefined);
    await window.makeFigure(folder, 'done');
  });

const questions: Round = async ({ workshop, window, chance }) => {
  const [image, to] = [workshop.at('content.png'), workshop.at(`small-${chance.below(1e9)}.webp`)];
  const { client } = window;
  await Promise.all([
    client.request({ type: 'inspect', image }),
    client.request({ type: 'convert', image, to, side: 16 }),
    client.request({ type: 'models' }),
    client.request({ type: 'verifyModel', model: 'lite' }),
    client.request({ type: 'inspect', image: workshop.at('none.png') }).catch(() => undefined),
  ]);
  fs.rmSync(to);
};

export const ROUNDS: Readonly<Record<string, Round>> = {
  'a painting': paint,
  'a painting that is cancelled and resumed': cancel,
  'a painting that is paused': pause,
  'a painting that is looked into': study,
  'a queue that one leaves': queue,
  'a window that is reloaded': reload,
  'a figure': drawFigure,
  'a figure that is cancelled and gone on with': cancelFigure,
  'questions about images and networks': questions,
};
