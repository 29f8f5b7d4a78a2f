import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { recipeIn } from '../../src/images/recipe';
import { pictureFailures } from './host/failures';
import { photograph, saved } from './host/paintings';
import { packagedExtension } from './host/product';
import { quickInputTitle, quickInputRows } from './host/quickInput';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { chooseStyle } from './host/stylePicker';
import type { Workbench } from './host/workbench';

describe('From a photograph to a painting', () => {
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;
  const inWorkspace = (name: string): string => path.join(session.workspace, name);

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph, 'other.jpg': photograph },
      settings: { 'atelier.preset': 'preview', 'atelier.size': 192 },
    });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    studio = new StudioPanel(window);
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('asks for nothing but the style, and offers built-in ones and the images of the workspace', async () => {
    await window.explorer.menu('photo.jpg', 'Atelier', 'Stylize Image…');
    await expect.poll(() => quickInputTitle(window.page)).toContain('Stylize photo.jpg');
    const rows = (await quickInputRows(window.page)).join('\n');
    expect(rows).toContain('Mosaic');
  });

  it('shows the photograph, and the studio beside it, where the painting appears', async () => {
    await chooseStyle(window.page, 'Mosaic');
    const { step, width } = await studio.paints();
    expect(step).toBeGreaterThan(0);
    expect(width).toBeGreaterThan(10);
    const groups = window.page.locator('.editor-group-container');
    expect(await groups.count()).toBe(2);
    expect(await groups.first().locator('.tab[data-resource-name="photo.jpg"]').count()).toBe(1);
    expect(await groups.last().locator('.tab').count()).toBe(1);
  });

  it('saves it beside the photograph, with the recipe inside, and leaves the photograph as it was', async () => {
    await studio.becomes('Done');
    await saved(inWorkspace('photo-atelier.png'));
    const recipe = JSON.parse((await recipeIn(inWorkspace('photo-atelier.png'))) ?? '{}') as Record<
      string,
      unknown
    >;
    expect(recipe).toMatchObject({
      content: 'photo.jpg',
      styles: [{ image: 'swatch:mosaic', weight: 1 }],
      size: 192,
      steps: 60,
    });
    expect(fs.readFileSync(inWorkspace('photo.jpg')).equals(fs.readFileSync(photograph))).toBe(true);
    await window.explorer.shows('photo-atelier.png');
    await expect.poll(async () => (await studio.preview())?.width).toBe(192);
    expect(await (await studio.find('atelier-transport .saved')).innerText()).toBe(
      'Saved as photo-atelier.png',
    );
    await window.screenshot('e2e/painting-done');
  });

  it('gives a second painting a free name', async () => {
    const first = fs.readFileSync(inWorkspace('photo-atelier.png'));
    await studio.press('Run again');
    const second = await saved(inWorkspace('photo-atelier-2.png'));
    expect(second.equals(first)).toBe(true);
    expect(fs.readFileSync(inWorkspace('photo-atelier.png')).equals(first)).toBe(true);
  });

  it('leaves nothing half-written in the workspace', () => {
    expect(fs.readdirSync(session.workspace).sort()).toEqual([
      'other.jpg',
      'photo-atelier-2.png',
      'photo-atelier.png',
      'photo.jpg',
    ]);
  });
});

describe('The first painting of a window, at the size that is usual', () => {
  let session: Session;
  let window: Workbench;

  beforeAll(async () => {
    session = await Session.start({ vsix: packagedExtension(), files: { 'photo.jpg': photograph } });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('is to be seen while it is made, and kept when it is stopped', async () => {
    const studio = new StudioPanel(window);
    await window.explorer.menu('photo.jpg', 'Atelier', 'Stylize Image…');
    await chooseStyle(window.page, 'Mosaic');
    expect([128, 256, 512]).toContain((await studio.paints()).width);
    await window.screenshot('e2e/painting-first-preview');
    await studio.press('Stop and keep');
    await studio.becomes('Stopped');
    await saved(path.join(session.workspace, 'photo-atelier.png'));
    expect(await (await studio.find('atelier-transport .saved')).innerText()).toBe(
      'Saved as photo-atelier.png',
    );
    await window.screenshot('e2e/painting-kept');
    await studio.press('Open the result');
    await expect.poll(() => window.tabs()).toContain('photo-atelier');
  });
});
