import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { recipeIn } from '../../src/images/recipe';
import { pictureFailures } from './host/failures';
import { photograph, saved, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import {
  answerFileDialog,
  chooseInQuickInput,
  quickInputOpens,
  quickInputRow,
  quickInputRows,
  quickInputTitled,
} from './host/quickInput';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { clickUntil } from './host/waiting';
import type { Workbench } from './host/workbench';

describe('From a photograph to a painting', () => {
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;
  const inWorkspace = (name: string): string => path.join(session.workspace, name);

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph, 'album/vase.jpg': photograph },
      settings: { 'atelier.preset': 'preview', 'atelier.size': 128 },
    });
    writeRecipe(session.workspace, 'album', { content: 'album/vase.jpg', size: 128, steps: 60 });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    studio = new StudioPanel(window);
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('the installed package offers its commands in the palette', async () => {
    const rows = await window.commandsWith('Atelier');
    expect(rows.length).toBeGreaterThan(5);
  });

  it('it has activated without an error', () => {
    const log = [...session.server.logs()].find(([name]) => name.endsWith('remoteexthost.log'))?.[1] ?? '';
    expect(log).toMatch(/_doActivateExtension atelier\.atelier/);
    expect(log).not.toMatch(/Activating extension atelier\.atelier failed/);
  });

  it('asks for nothing but the style, and offers built-in ones and the images of the workspace', async () => {
    await window.explorer.menu('photo.jpg', 'Atelier', 'Stylize Image…');
    await quickInputTitled(window.page, 'Stylize photo.jpg');
    const rows = (await quickInputRows(window.page)).join('\n');
    expect(rows).toContain('Mosaic');
  });

  it('shows the photograph, and the studio beside it, where the painting appears', async () => {
    await chooseInQuickInput(window.page, 'Mosaic');
    const { step, width } = await studio.paints();
    expect(step).toBeGreaterThan(0);
    expect(width).toBeGreaterThan(10);
    const groups = window.page.locator('.editor-group-container');
    await expect.poll(() => groups.count()).toBe(2);
    await expect.poll(() => groups.first().locator('.tab[data-resource-name="photo.jpg"]').count()).toBe(1);
    await expect.poll(() => groups.last().locator('.tab').count()).toBe(1);
  });

  it('saves it beside the photograph, with the recipe inside, and leaves the photograph as it was', async () => {
    await studio.becomes('Done');
    await saved(inWorkspace('photo-mosaic.png'));
    const recipe = JSON.parse((await recipeIn(inWorkspace('photo-mosaic.png'))) ?? '{}') as Record<
      string,
      unknown
    >;
    expect(recipe).toMatchObject({
      content: 'photo.jpg',
      styles: [{ image: 'swatch:mosaic', weight: 1 }],
      size: 128,
      steps: 60,
    });
    expect(fs.readFileSync(inWorkspace('photo.jpg')).equals(fs.readFileSync(photograph))).toBe(true);
    await window.explorer.shows('photo-mosaic.png');
    await expect.poll(async () => (await studio.preview())?.width).toBe(128);
    expect(await (await studio.find('atelier-transport .saved')).innerText()).toBe(
      'Saved as photo-mosaic.png',
    );
    await window.screenshot('e2e/painting-done');
  });

  it('gives a second painting a free name', async () => {
    const first = fs.readFileSync(inWorkspace('photo-mosaic.png'));
    await studio.press('Run again');
    const second = await saved(inWorkspace('photo-mosaic-2.png'));
    expect(second.equals(first)).toBe(true);
    expect(fs.readFileSync(inWorkspace('photo-mosaic.png')).equals(first)).toBe(true);
  });

  it('leaves nothing half-written in the workspace', () => {
    expect(fs.readdirSync(session.workspace).sort()).toEqual([
      'album',
      'album.atelier.json',
      'photo-mosaic-2.png',
      'photo-mosaic.png',
      'photo.jpg',
    ]);
  });

  it('by keyboard alone, a person comes from the command palette to a painting', async () => {
    const { keyboard } = window.page;
    const palette = async (title: string) => {
      // What comes to the front meanwhile takes the focus, and the palette closes.
      await clickUntil(
        `the palette to offer “${title}”`,
        async () => {
          await keyboard.press('F1');
          await quickInputOpens(window.page, 5000);
          await keyboard.type(title);
        },
        async () => (await quickInputRow(window.page, title).count()) > 0,
      );
      await keyboard.press('Enter');
    };
    // An open palette does not learn of commands that are contributed meanwhile.
    await window.commandsWith('Atelier: Stylize Image…');
    await palette('Atelier: Stylize Image…');
    await quickInputTitled(window.page, /^Stylize an image$/);
    await quickInputRow(window.page, 'vase.jpg').first().waitFor();
    await keyboard.type('vase');
    await keyboard.press('Enter');
    await quickInputTitled(window.page, /^Stylize vase\.jpg/);
    await keyboard.type('Woodcut');
    await quickInputRow(window.page, 'Woodcut').first().waitFor();
    await keyboard.press('Enter');
    const painted = await saved(inWorkspace('album/vase-woodcut.png'));
    expect(painted.length).toBeGreaterThan(1000);
    await studio.becomes('Done');
  });

  it('by keyboard alone, the studio is steered with Tab and arrows', async () => {
    const { keyboard } = window.page;
    const page = await studio.page();
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
      });
    // The second group of editors.
    await keyboard.press('ControlOrMeta+2');
    const seen: string[] = [];
    for (let i = 0; i < 60 && !seen.includes('Losses'); i++) {
      await keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen.join('|')).toMatch(/Style: Woodcut.*Save as….*Timeline.*Run again.*Losses/);
    await keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('Reconstructions');
    const tab = page.getByRole('tab', { name: 'Reconstructions' });
    await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true');
  });

  it('keeps a painting that cannot be saved, says why, and saves it elsewhere', async () => {
    await window.explorer.menu('album.atelier.json', 'Run Recipe');
    await studio.becomes('Painting');
    await studio.press('Pause');
    await studio.becomes('Paused');
    // The folder of the photograph goes while it is painted; root may write even where it is read-only.
    fs.rmSync(inWorkspace('album'), { recursive: true });
    fs.writeFileSync(inWorkspace('album'), 'no folder any more');
    await studio.press('Continue');
    await studio.becomes('Failed');
    expect(await studio.problem()).toMatch(/cannot be written: .*The picture is kept as /);
    await window.screenshot('e2e/surroundings-not-saved');
    const elsewhere = inWorkspace('rescued.png');
    // The dialog goes without an answer when the window takes the focus from it.
    await clickUntil(
      'the painting to be saved elsewhere',
      async () => {
        await studio.press('Save As…');
        await answerFileDialog(window.page, elsewhere);
      },
      () => Promise.resolve(fs.existsSync(elsewhere)),
      { times: 3, patience: 30_000 },
    );
    await saved(elsewhere);
    expect(JSON.parse((await recipeIn(elsewhere)) ?? '{}')).toMatchObject({ size: 128, steps: 60 });
  });
});
