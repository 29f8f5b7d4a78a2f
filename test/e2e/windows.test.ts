import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createJob } from '../../src/jobs/folder';
import { presets } from '../../src/recipe/presets';
import { JobRecorder } from '../../src/jobs/recorder';
import { pictureFailures } from './host/failures';
import { photograph, saved, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import { RunsView } from './host/runsView';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import type { Workbench } from './host/workbench';

/** When old runs are deleted: a minute after the first window is there, with room for a machine that is busy. */
const PRUNED_MS = 150_000;

describe('Two windows', () => {
  let session: Session;
  let storage: string;
  let first: Workbench;
  let second: Workbench;
  let finished: string;
  let interrupted: string;

  /** A run of long ago. */
  const oldRun = (name: string, finished: boolean): string => {
    const folder = createJob(
      storage,
      { ...presets.studio, content: `/${name}.jpg`, styles: [{ image: '/style.jpg', weight: 1 }] },
      { now: new Date('2020-01-01') },
    );
    const done = { event: 'done', output: '/gone.png', device: 'cpu', seconds: 1, peakRssMiB: 1 } as const;
    if (finished) JobRecorder.open(folder, console.error).record(done);
    return folder;
  };

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph },
      settings: { 'atelier.resume': 'never' },
    });
    storage = path.join(session.server.userDataDir, 'User', 'globalStorage', 'atelier.atelier');
    writeRecipe(session.workspace, 'long', { name: 'A long one', size: 128, steps: 20_000, pyramid: false });
    writeRecipe(session.workspace, 'short', { name: 'A short one', size: 128, steps: 12 });
    finished = oldRun('finished', true);
    interrupted = oldRun('interrupted', false);
    first = await session.window();
    second = await session.window();
    await second.settleWebviews('photo.jpg');
    await first.settleWebviews('photo.jpg');
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => second);

  it('take turns: the second says that it waits, and begins when the first has ended', async () => {
    const [one, other] = [new StudioPanel(first), new StudioPanel(second)];
    await first.explorer.menu('long.atelier.json', 'Run Recipe');
    await one.becomes('Painting');
    await one.comesTo(2);
    await second.explorer.menu('short.atelier.json', 'Run Recipe');
    expect(await other.problem()).toContain('Another window is painting.');
    const runs = new RunsView(second);
    await runs.open();
    await runs.row(/waiting for another window.*A short one/).waitFor();
    await runs.row(/painting.*in another window.*A long one/).waitFor();
    await second.screenshot('e2e/windows-waiting');
    await one.press('Stop and keep');
    await one.becomes('Stopped');
    await other.becomes('Done');
    await saved(path.join(session.workspace, 'photo-atelier-2.png'));
    await expect.poll(async () => (await other.find('atelier-problem')).count()).toBe(0);
  });

  it('delete old runs by themselves, but none that was interrupted', async () => {
    await expect.poll(() => fs.existsSync(finished), { timeout: PRUNED_MS, interval: 500 }).toBe(false);
    expect(fs.existsSync(interrupted)).toBe(true);
  });
});
