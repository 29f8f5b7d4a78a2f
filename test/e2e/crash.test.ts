import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readCheckpoint } from '../../src/jobs/checkpoint';
import { readJob } from '../../src/jobs/folder';
import { pictureFailures } from './host/failures';
import { photograph, saved, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import { RunsView } from './host/runsView';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import type { Workbench } from './host/workbench';

/** Long enough to be cut off in the middle on any machine: an engine paints on for seconds after its window has gone. */
const STEPS = 250;

describe('A painting that is cut off', () => {
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;
  let uninterrupted: Buffer;
  const inWorkspace = (name: string): string => path.join(session.workspace, name);
  const processOf = (pattern: RegExp) =>
    session.server.processes().find(({ command }) => pattern.test(command))?.pid;
  const engines = () => session.server.processes().filter(({ command }) => /dist.engine\.js/.test(command));

  beforeAll(async () => {
    session = await Session.start({ vsix: packagedExtension(), files: { 'photo.jpg': photograph } });
    writeRecipe(session.workspace, 'slow', { size: 128, steps: STEPS });
    writeRecipe(session.workspace, 'long', { size: 128, steps: 20_000, pyramid: false });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    studio = new StudioPanel(window);
    await window.explorer.menu('slow.atelier.json', 'Run Recipe');
    await studio.becomes('Done');
    uninterrupted = await saved(inWorkspace('photo-mosaic.png'));
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('goes on from its checkpoint when the engine is killed, says so, and ends with the same bytes', async () => {
    await studio.press('Run again');
    await studio.becomes('Painting');
    await studio.comesTo(STEPS / 5);
    const [engine] = engines();
    expect(engine).toBeDefined();
    const problem = studio.problem();
    process.kill(engine!.pid, 'SIGKILL');
    const explained = await problem;
    expect(explained).toContain('The engine process stopped unexpectedly (signal SIGKILL)');
    expect(explained).toContain('continues from the checkpoint');
    await studio.becomes('Painting');
    expect(await studio.step()).toBeLessThan(STEPS);
    expect(engines().map(({ pid }) => pid)).not.toContain(engine!.pid);
    await studio.becomes('Done');
    expect((await saved(inWorkspace('photo-mosaic-2.png'))).equals(uninterrupted)).toBe(true);
    await expect.poll(async () => (await studio.find('atelier-problem')).count()).toBe(0);
  });

  it('is offered for resuming after the window was reloaded, and ends with the same bytes', async () => {
    await window.remembersEditors();
    await studio.press('Run again');
    await studio.becomes('Painting');
    await studio.comesTo(STEPS / 5);
    await window.reload();
    await studio.becomes('Interrupted');
    // The phase is told before the browser has the picture.
    await studio.paints();
    await window.screenshot('e2e/crash-reloaded');
    await studio.press('Resume');
    await studio.becomes('Painting');
    expect(await studio.step()).toBeGreaterThan(1);
    await studio.becomes('Done');
    expect((await saved(inWorkspace('photo-mosaic-3.png'))).equals(uninterrupted)).toBe(true);
  });

  it('is offered in the view of runs too, when the panel was closed', async () => {
    await studio.press('Run again');
    await studio.becomes('Painting');
    await studio.comesTo(STEPS / 5);
    // Closing the editors takes its time, and the run should not be done before.
    await studio.press('Pause');
    await studio.becomes('Paused');
    await window.reloadWithoutEditors();
    await window.notification('was interrupted', 'Show Runs');
    const runs = new RunsView(window);
    await expect.poll(() => runs.row('Interrupted').count()).toBe(1);
    await window.screenshot('e2e/crash-runs');
    await runs.press('Interrupted', 'Resume Run');
    await studio.becomes('Done');
    expect((await saved(inWorkspace('photo-mosaic-4.png'))).equals(uninterrupted)).toBe(true);
  });

  it('has left one engine, and nothing half-written', () => {
    expect(engines()).toHaveLength(1);
    const names = fs
      .readdirSync(session.workspace)
      .filter(name => !/^(photo.*\.(jpg|png)|(slow|long)\.)/.test(name));
    expect(names).toEqual([]);
  });

  it('with its whole window, lets the engine write a checkpoint and go', async () => {
    await window.page.keyboard.press('ControlOrMeta+Shift+E');
    await window.explorer.menu('long.atelier.json', 'Run Recipe');
    await studio.becomes('Painting');
    await studio.comesTo(20);
    const [host, engine] = [processOf(/--type=extensionHost/), processOf(/dist.engine\.js/)];
    expect(host).toBeDefined();
    expect(engine).toBeDefined();
    process.kill(host!, 'SIGKILL');
    const alive = () => session.server.processes().some(({ pid }) => pid === engine);
    await expect.poll(alive, { timeout: 20_000 }).toBe(false);
    const jobs = path.join(session.server.userDataDir, 'User', 'globalStorage', 'atelier.atelier', 'jobs');
    // Identifiers begin with the time.
    const job = path.join(jobs, fs.readdirSync(jobs).sort().at(-1) ?? '');
    const { state, owner, resumable } = readJob(job);
    expect({ owner, resumable, status: state.status }).toEqual({
      owner: undefined,
      resumable: true,
      status: 'interrupted',
    });
    expect(readCheckpoint(job)?.state.step).toBe(state.step);
  });
});
