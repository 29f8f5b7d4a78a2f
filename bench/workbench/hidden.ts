import { writeRecipe } from '../../test/e2e/host/paintings';
import type { Session } from '../../test/e2e/host/session';
import { seen } from './eyes';
import { newestJob, newestStep, previewsOf } from './jobs';
import type { Sight } from './page/watch';
import { list, note, openStage, promises, studioTab, type Stage, type Table } from './stage';

/** Seconds behind another editor, one time after the other. */
const HIDDEN = [60, 5, 5];

/** What must be on screen again. */
interface Wanted {
  readonly picture: number;
  readonly evaluations: number;
  readonly timeline: readonly string[];
}

/** A panel that comes back after a minute behind another editor, while the engine paints on. */
export async function hidden(session: Session): Promise<Table> {
  writeRecipe(session.workspace, 'long', { size: 512, steps: 20_000, pyramid: false });
  const stage = await openStage(session);
  await stage.window.explorer.menu('long.atelier.json', 'Run Recipe');
  await stage.studio.paints();
  const [times, previews]: [number[], number[]] = [[], []];
  for (const seconds of HIDDEN) {
    const { took, timeline } = await hideAndShow(stage, seconds);
    times.push(took);
    previews.push(timeline);
    note('hidden', { times, previews });
  }
  await stage.studio.press('Stop and keep');
  return promises([
    [
      `hidden for ${HIDDEN.join(', ')} s → newest preview, curves up to the newest step and a timeline of ${list(previews)} previews on screen`,
      times.map(time => `${time.toFixed(0)} ms`).join(', '),
      '500 ms',
    ],
  ]);
}

async function hideAndShow({ session, window }: Stage, seconds: number) {
  const { page } = window;
  const tab = studioTab(window);
  await tab.click();
  await window.explorer.open('note.txt');
  await page.waitForTimeout(seconds * 1000);
  const box = await tab.boundingBox();
  if (box === null) throw new Error('The tab of the studio is not there.');
  const job = newestJob(session);
  const timeline = previewsOf(job);
  const wanted = { picture: stepOf(timeline.at(-1)), evaluations: newestStep(job).evaluations, timeline };
  const start = Date.now();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const whole = await seen(
    window,
    sight => {
      const left = previewsOf(job);
      return isWhole(sight, { ...wanted, timeline: timeline.filter(name => left.includes(name)) });
    },
    30_000,
  );
  return { took: whole.at - start, timeline: whole.timeline.length };
}

const stepOf = (name: string | undefined) => Number.parseInt(name ?? '', 10);

function isWhole({ picture, evaluations, timeline }: Sight, wanted: Wanted): boolean {
  return (
    picture !== undefined &&
    picture >= wanted.picture &&
    evaluations !== undefined &&
    evaluations >= wanted.evaluations &&
    wanted.timeline.every(name => timeline.includes(name))
  );
}
