import * as fs from 'node:fs';
import * as path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pictureFailures } from './host/failures';
import { photograph, saved } from './host/paintings';
import { packagedExtension } from './host/product';
import { chooseInQuickInput } from './host/quickInput';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { chooseStyle } from './host/stylePicker';
import type { Theme } from './host/userSettings';
import type { Workbench } from './host/workbench';

const themes: readonly Theme[] = ['vs-dark', 'vs', 'hc-black', 'hc-light'];

describe('The first time, in a window without a folder and with the settings as they come', () => {
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;
  const samples = () =>
    path.join(session.server.userDataDir, 'User', 'globalStorage', 'atelier.atelier', 'samples');
  const step = (title: string) => window.page.locator('.getting-started-step').filter({ hasText: title });

  beforeAll(async () => {
    session = await Session.start({ vsix: packagedExtension(), files: { 'photo.jpg': photograph } });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    await window.leaveFolder(session.server);
    studio = new StudioPanel(window);
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('the walkthrough is found, and its first step has the sample picture to paint', async () => {
    await window.command('Welcome: Open Walkthrough...');
    await chooseInQuickInput(window.page, 'Paint with Atelier');
    for (const title of [
      'Make a first painting',
      'Retune while it paints',
      'Compare and keep',
      'Use all of your machine',
    ])
      await step(title).waitFor();
    await step('Make a first painting').click();
    await step('Make a first painting').getByRole('button', { name: 'Stylize the Sample Picture' }).waitFor();
  });

  it.each(themes)('its pictures can be read in %s', async theme => {
    await window.setTheme(theme);
    const media = window.page.locator('.getting-started-media');
    await media.locator('svg, img, iframe, .webview').first().waitFor();
    await window.screenshot(`e2e/walkthrough-${theme}`);
  });

  it('a button, a style and one more button make a painting that is kept', async () => {
    await window.setTheme('vs-dark');
    await step('Make a first painting').getByRole('button', { name: 'Stylize the Sample Picture' }).click();
    await chooseStyle(window.page, 'Mosaic');
    await studio.paints(3, 240_000);
    await window.screenshot('e2e/first-painting');
    await studio.press('Stop and keep');
    await studio.becomes('Stopped');
    const [name] = fs.readdirSync(samples()).filter(file => file.endsWith('.png'));
    const painting = await saved(path.join(samples(), name ?? ''));
    // It was stopped early, and so may be at one of the smaller scales.
    const { format, width, height } = await sharp(painting).metadata();
    expect({ format, ratio: (width / height).toFixed(1) }).toEqual({ format: 'png', ratio: '1.3' });
    expect([128, 256, 512]).toContain(width);
  });

  it('the step is marked as done', async () => {
    await window.command('Welcome: Open Walkthrough...');
    await chooseInQuickInput(window.page, 'Paint with Atelier');
    await step('Make a first painting').locator('.codicon-getting-started-step-checked').first().waitFor();
  });
});
