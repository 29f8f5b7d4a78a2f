import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pictureFailures } from './host/failures';
import { photograph, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import { RunsView } from './host/runsView';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import type { Theme } from './host/userSettings';
import type { Workbench } from './host/workbench';
import { seriousFindings } from './webview/accessibility';

const themes: readonly Theme[] = ['vs', 'vs-dark', 'hc-black', 'hc-light'];

describe('In every kind of theme', () => {
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;
  let runs: RunsView;
  const editor = (): Promise<Frame> => window.webview('atelier-image-editor');

  beforeAll(async () => {
    session = await Session.start({ vsix: packagedExtension(), files: { 'photo.jpg': photograph } });
    writeRecipe(session.workspace, 'quick', { steps: 30 });
    writeRecipe(session.workspace, 'long', { steps: 20_000, pyramid: false });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    studio = new StudioPanel(window);
    runs = new RunsView(window);
    await window.explorer.menu('quick.atelier.json', 'Run Recipe');
    await studio.becomes('Done');
    await runs.open();
    await runs.row('done').waitFor();
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it.each(themes)('a finished run and the image editor are accessible in %s', async theme => {
    await window.setTheme(theme);
    await window.screenshot(`e2e/theme-${theme}-done`);
    expect(await seriousFindings(await studio.page())).toEqual([]);
    expect(await seriousFindings(await editor())).toEqual([]);
  });

  it('a long run paints', async () => {
    await window.page.keyboard.press('ControlOrMeta+Shift+E');
    await window.explorer.menu('long.atelier.json', 'Run Recipe');
    await studio.becomes('Painting');
    await studio.comesTo(10);
    await runs.open();
  });

  it.each(themes)('a run that paints is accessible in %s, in every section', async theme => {
    await window.setTheme(theme);
    const page = await studio.page();
    for (const section of ['Reconstructions', 'Layers', 'Controls', 'Losses'] as const) {
      await studio.choose(section);
      expect(await seriousFindings(page)).toEqual([]);
    }
    await window.screenshot(`e2e/theme-${theme}-running`);
  });

  it('stops', async () => {
    await studio.press('Stop and keep');
    await studio.becomes('Stopped');
  });
});
