import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EditorRequest, EditorSnapshot, EditorUpdate } from '../../../src/webview/imageEditor/messages';
import { launchBrowser } from '../host/browser';
import { seriousFindings } from './accessibility';
import { EditorScenes } from './editorScenes';
import { PreviewServer, themes } from './previewServer';
import { WebviewStage, type StageOptions } from './stage';

type EditorStage = WebviewStage<EditorUpdate, EditorRequest>;

const modes = ['image', 'sideBySide', 'slider', 'onionSkin', 'difference'] as const;

describe('the image editor', { timeout: 60_000 }, () => {
  let server: PreviewServer;
  let browser: Browser;
  let scenes: EditorScenes;
  const open: EditorStage[] = [];

  beforeAll(async () => {
    server = await PreviewServer.start();
    browser = await launchBrowser();
    scenes = new EditorScenes(name => server.pictureUrl(name));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  afterEach(async () => {
    for (const stage of open.splice(0)) {
      // No scene may break the content security policy or throw.
      expect(await stage.violations()).toEqual([]);
      await stage.close();
    }
  });

  async function show(snapshot: EditorSnapshot, options?: StageOptions): Promise<EditorStage> {
    const stage = await WebviewStage.open<EditorUpdate, EditorRequest>(
      browser,
      server,
      'imageEditor',
      options,
    );
    open.push(stage);
    await stage.post({ type: 'snapshot', snapshot });
    return stage;
  }

  const compared = (): EditorSnapshot => scenes.snapshot({ results: scenes.results });
  const zoomText = (stage: EditorStage) => stage.page.locator('atelier-view-toolbar .fit').innerText();
  const box = async (stage: EditorStage, index = 0) => {
    const found = await stage.page.locator('atelier-pane .picture').nth(index).boundingBox();
    if (found === null) throw new Error('the picture is not there');
    return found;
  };

  it.each(themes)('is accessible and lawful in the theme %s, in every way to compare', async theme => {
    const stage = await show({ ...compared(), run: { label: 'step 40 of 250', fraction: 0.16 } }, { theme });
    for (const mode of modes) {
      await stage.page.locator(`[data-mode=${mode}]`).click();
      await stage.picture(`editor-${mode}-${theme}`);
      expect(await seriousFindings(stage.page)).toEqual([]);
    }
  });

  it.each([
    ['narrow', 320, 600],
    ['in a side-by-side group', 560, 900],
    ['low', 900, 300],
  ])('fits a window that is %s', async (_, width, height) => {
    const stage = await show(compared(), { width, height });
    const overflow = await stage.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    const button = await stage.page.getByRole('button', { name: 'Stylize' }).boundingBox();
    expect((button?.y ?? Infinity) + (button?.height ?? 0)).toBeLessThanOrEqual(height);
    const { width: seen, height: tall } = await box(stage);
    expect(Math.min(seen, tall)).toBeGreaterThan(100);
  });

  it('shows what the file is, and fits it without enlarging it', async () => {
    const stage = await show(scenes.snapshot());
    const facts = await stage.page.locator('atelier-view-toolbar .facts').innerText();
    expect(facts.split(/\s{2,}|\n/)).toEqual(['1200 × 800', 'JPEG', '412 kB']);
    await stage.post({ type: 'image', image: scenes.transparent });
    await expect.poll(() => zoomText(stage)).toBe('100%');
    expect(await stage.page.locator('.picture.chequered').count()).toBe(1);
  });

  it('zooms with the keys, and pans with the arrows', async () => {
    const stage = await show(scenes.snapshot());
    const fitted = await zoomText(stage);
    await stage.page.keyboard.press('1');
    expect(await zoomText(stage)).toBe('100%');
    await stage.page.keyboard.press('+');
    expect(await zoomText(stage)).toBe('125%');
    const before = await box(stage);
    await stage.page.keyboard.press('ArrowRight');
    expect((await box(stage)).x).toBeLessThan(before.x - 50);
    await stage.page.keyboard.press('-');
    expect(await zoomText(stage)).toBe('100%');
    await stage.page.keyboard.press('0');
    expect(await zoomText(stage)).toBe(fitted);
  });

  it('zooms around the pointer with Ctrl and the wheel, pans with the wheel and by dragging', async () => {
    const stage = await show(scenes.snapshot());
    await stage.page.keyboard.press('1');
    await stage.page.keyboard.press('+');
    await stage.page.mouse.move(300, 200);
    const before = await box(stage);
    const share = (300 - before.x) / before.width;
    await stage.page.keyboard.down('Control');
    for (let i = 0; i < 4; i++) await stage.page.mouse.wheel(0, -100);
    await stage.page.keyboard.up('Control');
    await expect.poll(async () => (await box(stage)).width).toBeGreaterThan(before.width * 3);
    const zoomed = await box(stage);
    expect((300 - zoomed.x) / zoomed.width).toBeCloseTo(share, 2);
    await stage.page.mouse.wheel(0, 120);
    await expect.poll(async () => (await box(stage)).y).toBeCloseTo(zoomed.y - 120, 0);
    await stage.page.mouse.down();
    await stage.page.mouse.move(340, 230, { steps: 4 });
    await stage.page.mouse.up();
    const dragged = await box(stage);
    expect(dragged.x).toBeCloseTo(zoomed.x + 40, 0);
    expect(dragged.y).toBeCloseTo(zoomed.y - 90, 0);
  });

  it('zooms with two fingers around their middle, and moves with them', async () => {
    const stage = await show(scenes.snapshot(), { touch: true });
    await stage.page.keyboard.press('1');
    await stage.page.keyboard.press('+');
    const before = await box(stage);
    await stage.touch([
      [
        [600, 400],
        [680, 400],
      ],
      [
        [560, 410],
        [720, 410],
      ],
    ]);
    const after = await box(stage);
    expect(after.width / before.width).toBeCloseTo(2, 1);
    expect((640 - after.x) / after.width).toBeCloseTo((640 - before.x) / before.width, 2);
  });

  it('keeps zoom, place and way to compare when it is loaded again', async () => {
    const stage = await show(compared());
    await stage.page.locator('[data-mode=onionSkin]').click();
    await stage.page.keyboard.press('1');
    await stage.page.locator('atelier-pane').first().focus();
    await stage.page.keyboard.press('ArrowDown');
    const before = await box(stage);
    await stage.page.reload();
    await stage.post({ type: 'snapshot', snapshot: compared() });
    expect(await box(stage)).toEqual(before);
    expect(await stage.page.getByRole('radio', { name: 'Onion skin' }).getAttribute('aria-checked')).toBe(
      'true',
    );
  });

  it('links zoom and pan side by side', async () => {
    const stage = await show(compared());
    await stage.page.locator('[data-mode=sideBySide]').click();
    await stage.page.mouse.move(900, 300);
    await stage.page.keyboard.down('Control');
    for (let i = 0; i < 5; i++) await stage.page.mouse.wheel(0, -100);
    await stage.page.keyboard.up('Control');
    await stage.page.mouse.wheel(40, 60);
    await expect.poll(async () => (await box(stage)).width).toBeGreaterThan(1000);
    const [left, right] = [await box(stage, 0), await box(stage, 1)];
    expect(right.width).toBeCloseTo(left.width, 1);
    const panes = await stage.page
      .locator('atelier-pane')
      .evaluateAll(all => all.map(one => one.getBoundingClientRect().x));
    expect(right.x - panes[1]!).toBeCloseTo(left.x - panes[0]!, 0);
    expect(right.y).toBeCloseTo(left.y, 1);
  });

  it.each(['sideBySide', 'slider', 'onionSkin', 'difference'])(
    'puts no words over the picture: %s',
    async mode => {
      const stage = await show(compared());
      await stage.page.locator(`[data-mode=${mode}]`).click();
      const words = stage.page.locator('atelier-comparison .caption, atelier-comparison .onion');
      expect(await words.count()).toBe(mode === 'sideBySide' ? 2 : 1);
      const panes = await stage.page
        .locator('atelier-pane')
        .evaluateAll(all => all.map(one => one.getBoundingClientRect()));
      for (const box of await words.evaluateAll(all => all.map(one => one.getBoundingClientRect())))
        for (const pane of panes) {
          const overlaps =
            box.left < pane.right && box.right > pane.left && box.top < pane.bottom && box.bottom > pane.top;
          expect(overlaps).toBe(false);
        }
    },
  );

  it('moves the divider by hand and by keyboard', async () => {
    const stage = await show(compared());
    const handle = stage.page.getByRole('slider', { name: 'Divider' });
    expect(await handle.getAttribute('aria-valuenow')).toBe('50');
    await stage.page.mouse.move(640, 390);
    await stage.page.mouse.down();
    await stage.page.mouse.move(320, 390, { steps: 4 });
    await stage.page.mouse.up();
    expect(await handle.getAttribute('aria-valuenow')).toBe('25');
    await handle.press('ArrowRight');
    expect(await handle.getAttribute('aria-valuenow')).toBe('27');
    const clip = await stage.page
      .locator('atelier-pane img')
      .nth(1)
      .evaluate(image => image.style.clipPath);
    const { x } = await box(stage);
    expect(Number(/([\d.]+)px\)$/.exec(clip)?.[1])).toBeCloseTo(0.27 * 1280 - x, 0);
  });

  it('fades the result in, and takes differences', async () => {
    const stage = await show(compared());
    const top = stage.page.locator('atelier-pane img').nth(1);
    await stage.page.locator('[data-mode=onionSkin]').click();
    await stage.page.getByRole('slider', { name: 'Opacity' }).press('ArrowRight');
    expect(await top.evaluate(image => getComputedStyle(image).opacity)).toBe('0.51');
    await stage.page.locator('[data-mode=difference]').click();
    expect(await top.evaluate(image => getComputedStyle(image).mixBlendMode)).toBe('difference');
    expect(await top.evaluate(image => getComputedStyle(image).opacity)).toBe('1');
  });

  it('compares with the result that is chosen, and opens it', async () => {
    const stage = await show(compared());
    await stage.page.locator('atelier-view-toolbar vscode-single-select').click();
    await stage.page.getByText('mountain-lake-faint.png · swirls, 20').last().click();
    await expect
      .poll(() => stage.page.locator('atelier-pane img').nth(1).getAttribute('src'))
      .toContain('faint.jpg');
    await stage.page.getByRole('button', { name: 'Open the result' }).click();
    expect(await stage.lastSent('openResult')).toEqual({ type: 'openResult', id: 'faint' });
  });

  it('tells what a result has become', async () => {
    const stage = await show(compared());
    const shown = stage.page.locator('atelier-view-toolbar vscode-single-select .text');
    await expect.poll(() => shown.innerText()).toBe('mountain-lake-swirls.png · swirls, 50');
    const [first, ...others] = scenes.results;
    await stage.post({ type: 'results', results: [{ ...first!, detail: 'swirls, done' }, ...others] });
    await expect.poll(() => shown.innerText()).toBe('mountain-lake-swirls.png · swirls, done');
  });

  it('takes over the style of a painting that was asked for elsewhere', async () => {
    const chosen = (stage: EditorStage) =>
      stage.page
        .getByRole('radiogroup', { name: 'Styles' })
        .getByRole('radio', { checked: true })
        .getAttribute('aria-label');
    const before = scenes.snapshot({ paintedAt: '2026-01-01T00:00:00.000Z' });
    const stage = await show(before);
    await stage.page.getByRole('radio', { name: 'glass.jpg' }).click();
    // A choice outlives a reload while nothing is painted.
    await stage.page.reload();
    await stage.post({ type: 'snapshot', snapshot: before });
    expect(await chosen(stage)).toBe('glass.jpg');
    const { styles } = scenes;
    await stage.post({ type: 'styles', styles, chosen: 'faint.jpg', paintedAt: '2026-01-02T00:00:00.000Z' });
    expect(await chosen(stage)).toBe('faint.jpg');
    // Another one is painted while the editor is hidden.
    await stage.page.getByRole('radio', { name: 'glass.jpg' }).click();
    await stage.page.reload();
    const choice = { ...before.choice, style: 'painting.jpg' };
    await stage.post({
      type: 'snapshot',
      snapshot: { ...before, choice, paintedAt: '2026-01-03T00:00:00.000Z' },
    });
    expect(await chosen(stage)).toBe('painting.jpg');
  });

  it('begins to compare when the first result is there, and follows the one that is painted', async () => {
    const stage = await show(scenes.snapshot());
    expect(await stage.page.locator('atelier-divider').count()).toBe(0);
    await stage.post({ type: 'results', results: scenes.results.slice(0, 1) });
    expect(await stage.page.locator('atelier-divider').count()).toBe(1);
    await stage.post({ type: 'run', run: { label: '256 × 171, step 40 of 250', fraction: 0.16 } });
    await stage.page.getByRole('button', { name: 'Show' }).click();
    expect(await stage.lastSent('showRun')).toEqual({ type: 'showRun' });
  });

  it('stylizes with what is chosen in the bar', async () => {
    const stage = await show(scenes.snapshot());
    await stage.page.getByRole('radio', { name: 'swirls.jpg' }).press('ArrowRight');
    const strength = stage.page.getByRole('slider', { name: 'Strength' });
    await strength.press('Home');
    await strength.press('PageUp');
    await stage.page.getByRole('combobox', { name: 'Size' }).click();
    await stage.page.getByText('Original size').last().click();
    await stage.page.getByRole('button', { name: 'Stylize' }).click();
    expect(await stage.lastSent('stylize')).toEqual({
      type: 'stylize',
      style: 'glass.jpg',
      ratio: 0.316,
      size: 0,
    });
  });

  it('tells what a size costs, warns of one that does not fit, and offers a smaller one', async () => {
    const stage = await show(scenes.snapshot({ choice: { style: 'swirls.jpg', ratio: 0.003, size: 1024 } }));
    await stage.waitFor('estimate');
    const [width, height] = [1200, 800];
    expect(await stage.lastSent('estimate')).toEqual({ type: 'estimate', size: 1024, width, height });
    const sentence = 'This size needs about 1,300 MB and 4 min here.';
    const fits = { size: 1024, label: '1,300 MB · 4 min', sentence, tooLarge: false };
    await stage.post({ type: 'estimate', estimate: fits });
    expect(await stage.page.locator('.estimate').innerText()).toBe('1,300 MB · 4 min');
    expect(await stage.page.getByRole('alert').count()).toBe(0);
    await stage.picture('editor-estimate');
    await stage.post({ type: 'estimate', estimate: { ...fits, tooLarge: true, smaller: 768 } });
    expect(await stage.page.getByRole('alert').innerText()).toContain(sentence);
    await stage.picture('editor-too-large');
    expect(await seriousFindings(stage.page)).toEqual([]);
    await stage.page.getByRole('button', { name: 'Use 768 px' }).click();
    // What was said about another size counts no more.
    expect(await stage.page.locator('.estimate').count()).toBe(0);
    expect(await stage.page.getByRole('alert').count()).toBe(0);
    await expect.poll(async () => (await stage.lastSent('estimate'))?.size).toBe(768);
    await stage.page.getByRole('button', { name: 'Stylize' }).click();
    expect(await stage.lastSent('stylize')).toMatchObject({ size: 768 });
  });

  it('asks for a style, and takes the one that was picked or dropped', async () => {
    const stage = await show(scenes.snapshot({ styles: [], choice: { ratio: 0.003, size: 512 } }));
    await stage.page.getByRole('button', { name: 'Choose a style…' }).click();
    expect(await stage.lastSent('pickStyle')).toEqual({ type: 'pickStyle' });
    await stage.post({ type: 'styles', styles: scenes.styles, chosen: 'glass.jpg' });
    expect(await stage.page.getByRole('radio', { name: 'glass.jpg' }).getAttribute('aria-checked')).toBe(
      'true',
    );
    await stage.dropUris('file:///styles/wave.jpg');
    expect(await stage.lastSent('dropStyle')).toEqual({
      type: 'dropStyle',
      uris: ['file:///styles/wave.jpg'],
    });
  });

  it('takes a file that is dropped from outside, and refuses one that is too large', async () => {
    const stage = await show(scenes.snapshot());
    await stage.dropFile('wave.png', 3);
    await stage.waitFor('dropFile');
    expect(await stage.lastSent('dropFile')).toMatchObject({ name: 'wave.png' });
    await stage.dropFile('huge.tiff', 65 * 2 ** 20);
    await stage.waitFor('dropRefused');
    expect(await stage.lastSent('dropRefused')).toEqual({ type: 'dropRefused', name: 'huge.tiff' });
  });

  it('shows an icon for a style whose picture is not there yet, or is gone', async () => {
    const [style] = scenes.styles;
    const styles = [
      { ...style!, id: 'a', uri: '' },
      { ...style!, id: 'b', uri: server.pictureUrl('gone.jpg') },
    ];
    const stage = await show(scenes.snapshot({ styles }));
    await expect.poll(() => stage.page.locator('.recent atelier-thumbnail svg').count()).toBe(2);
    expect(await stage.page.locator('.recent atelier-thumbnail img').count()).toBe(0);
  });

  it('says what is wrong with a corrupt image instead of showing it', async () => {
    const stage = await show(scenes.snapshot({ image: scenes.corrupt }));
    expect(await stage.page.getByRole('alert').innerText()).toContain('broken.png is cut short');
    expect(await stage.page.locator('atelier-pane').count()).toBe(0);
    expect(await seriousFindings(stage.page)).toEqual([]);
    await stage.post({ type: 'image', image: scenes.photograph });
    expect(await stage.page.locator('atelier-pane').count()).toBe(1);
  });

  it('says so when the picture cannot be loaded', async () => {
    const image = { ...scenes.photograph, uri: server.pictureUrl('gone.jpg') };
    const stage = await show(scenes.snapshot({ image }));
    await expect.poll(() => stage.page.getByRole('alert').count()).toBe(1);
  });

  it('shows a notice until it is dismissed', async () => {
    const stage = await show(scenes.snapshot());
    const notice = { severity: 'warning', sentence: 'notes.txt is not an image.', actions: [] } as const;
    await stage.post({ type: 'notice', notice });
    expect(await stage.page.getByText('notes.txt is not an image.').count()).toBe(1);
    await stage.page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await stage.page.getByText('notes.txt is not an image.').count()).toBe(0);
  });

  it('carries out the commands of VS Code', async () => {
    const stage = await show(compared());
    await stage.post({ type: 'command', command: 'actualSize' }, { type: 'command', command: 'zoomIn' });
    expect(await zoomText(stage)).toBe('125%');
    await stage.post({ type: 'command', command: 'view:difference' });
    expect(await stage.page.getByRole('radio', { name: 'Difference' }).getAttribute('aria-checked')).toBe(
      'true',
    );
    await stage.post({ type: 'command', command: 'copyImage' });
    await stage.waitFor('copied');
    expect(await stage.lastSent('copied')).toEqual({ type: 'copied' });
  });
});
