import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pictureFailures } from './host/failures';
import { photograph, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import type { Workbench } from './host/workbench';

const modes = [
  ['Side by side', 'Atelier: Compare Side by Side'],
  ['Slider', 'Atelier: Compare with a Slider'],
  ['Onion skin', 'Atelier: Compare as Onion Skin'],
  ['Difference', 'Atelier: Show the Difference'],
] as const;

describe('Open in Atelier', () => {
  let session: Session;
  let window: Workbench;
  const inWorkspace = (name: string): string => path.join(session.workspace, name);
  const editor = (): Promise<Frame> => window.webview('atelier-image-editor');
  const zoom = async (): Promise<string> =>
    (await (await editor()).locator('atelier-view-toolbar .fit').innerText()).trim();

  beforeAll(async () => {
    session = await Session.start({ vsix: packagedExtension(), files: { 'photo.jpg': photograph } });
    writeRecipe(session.workspace, 'quick', { size: 128, steps: 12 });
    fs.writeFileSync(inWorkspace('text.png'), 'This is no picture.');
    fs.writeFileSync(inWorkspace('empty.jpg'), '');
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    fs.writeFileSync(inWorkspace('cut.png'), Buffer.concat([signature, Buffer.alloc(40)]));
    window = await session.window();
    await window.settleWebviews('photo.jpg');
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('shows what the image is, and fits it', async () => {
    await window.explorer.menu('photo.jpg', 'Atelier', 'Open in Atelier');
    const facts = (await editor()).locator('atelier-view-toolbar .facts');
    const kilobytes = Math.round(fs.statSync(photograph).size / 1000);
    await expect
      .poll(async () => (await facts.innerText()).replace(/\s+/g, ' '))
      .toBe(`768 × 576 JPEG ${kilobytes} kB`);
    expect(await (await editor()).locator('[role=radio][data-mode]').count()).toBe(0);
  });

  it('tells beforehand what a painting costs here', async () => {
    const estimate = (await editor()).locator('atelier-style-bar .estimate');
    await expect.poll(() => estimate.innerText(), { timeout: 60_000 }).toMatch(/^\d+ MB · \d+ (s|min)$/);
    const sentence = await estimate.getAttribute('title');
    expect(sentence).toMatch(/^This size needs about \d+ MB and \d+ (s|min) here\. The largest that fits/);
  });

  it('zooms by keys and by commands, as an editor that has the focus', async () => {
    const page = await editor();
    await page.locator('atelier-pane').click();
    const fitted = await zoom();
    await window.page.keyboard.press('1');
    await expect.poll(zoom).toBe('100%');
    await window.page.keyboard.press('+');
    await expect.poll(zoom).toBe('125%');
    await window.page.keyboard.press('-');
    await expect.poll(zoom).toBe('100%');
    await window.page.keyboard.press('0');
    await expect.poll(zoom).toBe(fitted);
    await window.command('Atelier: Zoom to 100%');
    await expect.poll(zoom).toBe('100%');
    await window.command('Atelier: Zoom to Fit');
    await expect.poll(zoom).toBe(fitted);
  });

  it('paints regions, which are undone, saved beside the image, and there again', async () => {
    let page = await editor();
    await page.getByRole('button', { name: 'Regions', exact: true }).click();
    const { x, y, width, height } = (await page.locator('atelier-mask-painter').boundingBox())!;
    const { mouse, keyboard } = window.page;
    await mouse.move(x + width * 0.2, y + height * 0.2);
    await mouse.down();
    await mouse.move(x + width * 0.8, y + height * 0.2, { steps: 5 });
    await mouse.up();
    const regions = () => page.locator('atelier-regions-bar .region').allInnerTexts();
    const isDirty = () => window.page.locator('.tab.active.dirty').count();
    await expect.poll(regions).toEqual(['1 · Keep']);
    await expect.poll(isDirty).toBe(1);
    await keyboard.press('Control+z');
    await expect.poll(regions).toEqual([]);
    await expect.poll(isDirty).toBe(0);
    await keyboard.press('Control+y');
    await expect.poll(regions).toEqual(['1 · Keep']);
    await expect.poll(isDirty).toBe(1);
    await window.screenshot('e2e/editor-regions');
    await keyboard.press('Control+s');
    await expect.poll(isDirty).toBe(0);
    const recipe = JSON.parse(fs.readFileSync(inWorkspace('photo.atelier.json'), 'utf8')) as object;
    expect(recipe).toMatchObject({
      content: 'photo.jpg',
      regions: [{ mask: 'photo.mask-1.png', keep: true }],
    });
    const { width: columns, height: rows } = await sharp(inWorkspace('photo.mask-1.png')).metadata();
    expect([columns, rows]).toEqual([768, 576]);
    expect(fs.readFileSync(inWorkspace('photo.jpg'))).toEqual(fs.readFileSync(photograph));
    await window.command('View: Close Editor');
    await window.explorer.menu('photo.jpg', 'Atelier', 'Open in Atelier');
    page = await editor();
    await page.getByRole('button', { name: 'Regions', exact: true }).click();
    await expect.poll(regions).toEqual(['1 · Keep']);
    await page.getByRole('button', { name: 'Regions', exact: true }).click();
  });

  it('compares as soon as there is a painting of the image', async () => {
    await window.explorer.menu('quick.atelier.json', 'Run Recipe');
    await new StudioPanel(window).becomes('Done');
    const page = await editor();
    await expect.poll(() => page.locator('[role=radio][data-mode]').count()).toBe(5);
    // The recipe’s style is the one to go on with.
    await expect.poll(() => page.locator('atelier-style-bar .picker').innerText()).toContain('Mosaic');
  });

  it.each(modes)('compares: %s', async (name, command) => {
    const page = await editor();
    await page.getByRole('radio', { name }).click();
    await expect.poll(() => page.getByRole('radio', { name }).getAttribute('aria-checked')).toBe('true');
    const drawn = () =>
      page
        .locator('atelier-pane img')
        .evaluateAll(images =>
          images.map(
            image => (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth,
          ),
        );
    await expect.poll(drawn).toEqual([768, 128]);
    await window.screenshot(`e2e/editor-${name.toLowerCase().replaceAll(' ', '-')}`);
    // The same by command, coming from the image alone.
    await page.getByRole('radio', { name: 'Image' }).click();
    await window.command(command);
    await expect.poll(() => page.getByRole('radio', { name }).getAttribute('aria-checked')).toBe('true');
  });

  it('follows the file when it changes', async () => {
    const page = await editor();
    await page.getByRole('radio', { name: 'Image' }).click();
    fs.copyFileSync(inWorkspace('photo-mosaic.png'), inWorkspace('photo.jpg'));
    const facts = page.locator('atelier-view-toolbar .facts');
    await expect.poll(() => facts.innerText(), { timeout: 30_000 }).toMatch(/128 × 96\s+PNG/);
    fs.copyFileSync(photograph, inWorkspace('photo.jpg'));
    await expect.poll(() => facts.innerText(), { timeout: 30_000 }).toMatch(/768 × 576\s+JPEG/);
  });

  it.each([
    ['text.png', 'text.png is not an image, despite its name.'],
    ['empty.jpg', 'empty.jpg is empty (0 bytes).'],
    ['cut.png', 'cut.png cannot be shown: the file is damaged'],
  ])('says what is wrong with %s', async (name, sentence) => {
    await window.explorer.menu(name, 'Atelier', 'Open in Atelier');
    await expect
      .poll(async () => (await (await editor()).locator('atelier-problem .text').allInnerTexts()).join(), {
        timeout: 30_000,
      })
      .toContain(sentence);
    // What cannot be read cannot be painted either.
    expect(await (await editor()).locator('atelier-style-bar').count()).toBe(0);
  });

  it('says what is wrong with an image that is to be painted, and goes on painting others', async () => {
    writeRecipe(session.workspace, 'broken', { content: 'cut.png' });
    const studio = new StudioPanel(window);
    await window.explorer.menu('broken.atelier.json', 'Run Recipe');
    await studio.becomes('Failed');
    expect(await studio.problem()).toContain('cut.png');
    await window.screenshot('e2e/editor-broken');
    await window.explorer.menu('quick.atelier.json', 'Run Recipe');
    await studio.becomes('Done');
  });
});
