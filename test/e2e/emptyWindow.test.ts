import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pictureFailures } from './host/failures';
import { photograph, saved } from './host/paintings';
import { packagedExtension } from './host/product';
import {
  answerFileDialog,
  chooseInQuickInput,
  dismissQuickInput,
  quickInputRow,
  quickInputRows,
  quickInputTitled,
} from './host/quickInput';
import { RunsView } from './host/runsView';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import type { Theme } from './host/userSettings';
import { clickUntil } from './host/waiting';
import type { Workbench } from './host/workbench';

const themes: readonly Theme[] = ['vs-dark', 'vs', 'hc-black', 'hc-light'];

const steps = [
  'Make your first painting',
  'Adjust it while it paints',
  'Compare and keep',
  'Use all of your machine',
] as const;

describe('The first time, in a window without a folder and with the settings as they come', () => {
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;
  let runs: RunsView;
  const samples = () =>
    path.join(session.server.userDataDir, 'User', 'globalStorage', 'atelier.atelier', 'samples');
  /** In the order in which they were made. */
  const paintings = (): string[] =>
    fs
      .readdirSync(samples())
      .filter(file => file.endsWith('.png'))
      .sort((a, b) => a.length - b.length);
  const walkthrough = async () => {
    await window.command('Welcome: Open Walkthrough...');
    await chooseInQuickInput(window.page, 'Paint with Atelier');
  };
  /** Width of the picture of a step, once that is in front. */
  const picture = async (title: string) => {
    await step(title).and(window.page.locator('.expanded')).waitFor();
    const svg = (await window.webview('svg')).locator('svg');
    try {
      return (await svg.boundingBox())?.width;
    } catch {
      // That of the step before has gone meanwhile.
      return undefined;
    }
  };
  const step = (title: string) => window.page.locator('.getting-started-step').filter({ hasText: title });
  const expand = (title: string) =>
    clickUntil(
      `the step “${title}” to open`,
      () => step(title).click({ timeout: 5000 }),
      () => step(title).and(window.page.locator('.expanded')).isVisible(),
    );

  beforeAll(async () => {
    session = await Session.start({ vsix: packagedExtension(), files: { 'photo.jpg': photograph } });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    await window.leaveFolder(session.server);
    studio = new StudioPanel(window);
    runs = new RunsView(window);
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('the walkthrough is found, and its first step has the sample picture to paint', async () => {
    await walkthrough();
    for (const title of steps) await step(title).waitFor();
    await expand(steps[0]);
    await step(steps[0]).getByRole('button', { name: 'Stylize the Sample Picture' }).waitFor();
  });

  it('the view of runs has the sample picture to paint, whose painting is kept and saved elsewhere', async () => {
    await runs.open();
    await window.screenshot('e2e/empty-window');
    // The walkthrough behind it has such a button, too.
    const view = window.page.locator('.part.sidebar');
    await clickUntil(
      'the styles to be offered',
      () => view.getByRole('button', { name: 'Stylize the Sample Picture' }).click({ timeout: 5000 }),
      () => quickInputRow(window.page, 'Mosaic').first().isVisible(),
    );
    await quickInputTitled(window.page, 'Stylize still-life.jpg');
    await quickInputRows(window.page);
    await window.screenshot('e2e/empty-window-styles');
    await chooseInQuickInput(window.page, 'Woodcut');
    // One of the scales of the usual size.
    expect([128, 256, 512]).toContain((await studio.paints()).width);
    await window.screenshot('e2e/empty-window-first-preview');
    await studio.press('Stop and keep');
    await studio.becomes('Stopped');
    await runs.row(/Woodcut.*stopped/).waitFor();
    const [name = ''] = paintings();
    const said = await studio.find('atelier-transport .saved');
    await expect.poll(() => said.innerText()).toContain('Not saved to a file yet.');
    await studio.press('Save as…');
    const target = path.join(session.workspace, 'mine.png');
    await answerFileDialog(window.page, target);
    expect((await saved(target)).equals(fs.readFileSync(path.join(samples(), name)))).toBe(true);
  });

  it('images can be chosen without a folder, too', async () => {
    await window.command('View: Close All Editors');
    await window.command('Atelier: Stylize Image…');
    await quickInputTitled(window.page, /^Stylize an image$/);
    const rows = await quickInputRows(window.page);
    expect(rows.map(row => row.replace(/^\W+/, ''))).toEqual(['Browse…', 'The sample picture']);
    await dismissQuickInput(window.page);
  });

  it('a button, a style and one more button make a painting that is kept', async () => {
    await walkthrough();
    await expand(steps[0]);
    const button = step(steps[0]).getByRole('button', { name: 'Stylize the Sample Picture' });
    await clickUntil(
      'the styles to be offered',
      () => button.click({ timeout: 5000 }),
      () => quickInputRow(window.page, 'Mosaic').first().isVisible(),
    );
    // A walkthrough moves the focus to its step some time after that has opened; the list stays.
    await step(steps[0]).focus();
    await chooseInQuickInput(window.page, 'Mosaic');
    await studio.paints(3);
    await window.screenshot('e2e/first-painting');
    await studio.press('Stop and keep');
    await studio.becomes('Stopped');
    const [, name = ''] = paintings();
    const painting = await saved(path.join(samples(), name));
    // It was stopped early, and so may be at one of the smaller scales.
    const { format, width, height } = await sharp(painting).metadata();
    expect({ format, ratio: (width / height).toFixed(1) }).toEqual({ format: 'png', ratio: '1.3' });
    expect([128, 256, 512]).toContain(width);
  });

  it('the step is marked as done', async () => {
    await walkthrough();
    await step(steps[0]).locator('.codicon-getting-started-step-checked').first().waitFor();
  });

  it.each(themes)('its pictures are to be seen in %s', async theme => {
    // A change of theme leads an open walkthrough back to the list of all of them.
    await window.command('View: Close All Editors');
    await window.setTheme(theme);
    await walkthrough();
    for (const [at, title] of steps.entries()) {
      await expand(title);
      await expect.poll(() => picture(title)).toBeGreaterThan(300);
      await window.screenshot(`e2e/walkthrough-${at + 1}-${theme}`);
    }
  });
});
