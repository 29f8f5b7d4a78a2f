import { describe, expect, it } from 'vitest';
import type { EditorRequest, EditorSnapshot, EditorUpdate } from '../../../src/protocol/imageEditor';
import { EditorScenes } from './editorScenes';
import type { StageOptions, WebviewStage } from './stage';
import { Stages } from './stages';

type EditorStage = WebviewStage<EditorUpdate, EditorRequest>;

describe('what a person sees in the image editor', { timeout: 60_000 }, () => {
  const stages = new Stages<EditorUpdate, EditorRequest>('imageEditor');
  const scenes = new EditorScenes(stages.pictureUrl);
  const show = (snapshot: EditorSnapshot, options?: StageOptions) =>
    stages.show({ type: 'snapshot', snapshot }, options);
  const compared = (): EditorSnapshot => scenes.snapshot({ results: scenes.results });
  const zoomText = (stage: EditorStage) => stage.page.locator('atelier-view-toolbar .fit').innerText();
  const box = async (stage: EditorStage, index = 0) => {
    const found = await stage.page.locator('atelier-pane .picture').nth(index).boundingBox();
    if (found === null) throw new Error('the picture is not there');
    return found;
  };

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

  it('begins to compare when the first result is there, and follows the one that is painted', async () => {
    const stage = await show(scenes.snapshot());
    expect(await stage.page.locator('atelier-divider').count()).toBe(0);
    await stage.post({ type: 'results', results: scenes.results.slice(0, 1) });
    expect(await stage.page.locator('atelier-divider').count()).toBe(1);
    await stage.post({ type: 'run', run: { label: '256 × 171, step 40 of 250', fraction: 0.16 } });
    await stage.page.getByRole('button', { name: 'Show' }).click();
    expect(await stage.lastSent('showRun')).toEqual({ type: 'showRun' });
  });
});
