import type { Session } from '../../test/e2e/host/session';
import type { Workbench } from '../../test/e2e/host/workbench';
import { hasEnded, heavyLibraries } from './processes';
import { list, median, note, openStage, promises, stylize, type Stage, type Table } from './stage';

const WINDOWS = 5;
/** Of these, the first ones are also painted in. */
const PAINTINGS = 2;

/** New windows, one after the other: what activation takes in each, and the way to the first preview. */
export async function preview(session: Session): Promise<Table> {
  const [activations, first, again]: [number[], number[], number[]] = [[], [], []];
  let libraries: string[] = [];
  for (let round = 0; round < WINDOWS; round++) {
    const stage = await openStage(session);
    // Another extension host, which has started no engine yet.
    await stage.window.reload();
    activations.push(await activationTime(stage.window));
    if (round < PAINTINGS) {
      await stage.window.command('View: Close All Editors');
      first.push(await paintAndStop(stage));
      again.push(await paintAndStop(stage));
      libraries = heavyLibraries(session);
    }
    note('preview', { activations, first, again });
    await stage.window.close();
    await hasEnded(session, 'host');
  }
  const seconds = (values: readonly number[]) => values.map(value => value / 1000);
  const time = (values: readonly number[]) =>
    `${median(seconds(values)).toFixed(1)} s (${list(seconds(values), 1)})`;
  return promises([
    ['choice of the style → first preview, the first painting of a window', time(first), '3 s'],
    ['the same, the engine at work before', time(again), '3 s'],
    [
      'activation in new windows, as VS Code tells it',
      `${median(activations)} ms (${list(activations)})`,
      '60 ms',
    ],
    [
      'tensor and codec libraries in the extension host',
      libraries.length === 0 ? 'none' : libraries.join(', '),
      'none',
    ],
  ]);
}

async function paintAndStop(stage: Stage): Promise<number> {
  const took = await stylize(stage);
  await stage.studio.press('Stop and keep');
  await stage.studio.becomes('Stopped');
  return took;
}

async function activationTime(window: Workbench): Promise<number> {
  await window.command('Developer: Show Running Extensions');
  const row = window.page.locator('.runtime-extensions-editor .extension', { hasText: 'atelier' });
  const text = await row.locator('.activation-time').first().innerText();
  return Number(/(\d+)\s*ms/.exec(text)?.[1] ?? NaN);
}
