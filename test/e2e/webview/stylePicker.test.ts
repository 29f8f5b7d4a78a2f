import { describe, expect, it } from 'vitest';
import type {
  PickerSnapshot,
  StylePickerRequest,
  StylePickerUpdate,
} from '../../../src/protocol/stylePicker';
import { seriousFindings } from './accessibility';
import { themes } from './previewServer';
import type { StageOptions } from './stage';
import { Stages } from './stages';
import { StylePickerScenes } from './stylePickerScenes';

describe('the page on which a style is chosen', { timeout: 60_000 }, () => {
  const stages = new Stages<StylePickerUpdate, StylePickerRequest>('stylePicker');

  const { scene } = new StylePickerScenes(stages.pictureUrl);

  async function show(changes?: Partial<PickerSnapshot>, options?: StageOptions) {
    const stage = await stages.show({ type: 'snapshot', snapshot: scene(changes) }, options);
    await stage.picturesLoad();
    return stage;
  }

  it.each(themes)('is accessible and lawful in the theme %s', async theme => {
    const stage = await show({ searching: true }, { theme });
    await stage.picture(`style-picker-${theme}`);
    expect(await seriousFindings(stage.page)).toEqual([]);
    for (const key of ['ArrowRight', 'Space', 'ArrowRight', 'Space']) await stage.page.keyboard.press(key);
    await stage.picturesLoad();
    await stage.picture(`style-picker-blend-${theme}`);
    expect(await seriousFindings(stage.page)).toEqual([]);
  });

  it('is worked by keys alone: letters filter, arrows move, Enter chooses, Escape leaves', async () => {
    const stage = await show();
    const { page } = stage;
    await expect.poll(() => page.getByRole('option').count()).toBe(7);
    await page.keyboard.type('strokes');
    expect(await page.getByRole('option').allInnerTexts()).toEqual([
      expect.stringContaining('Swirls'),
      expect.stringContaining('Lake'),
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await stage.lastSent('choose')).toEqual({
      ...{ type: 'choose', styles: [{ id: 'Lake', weight: 1 }], combine: 'blend' },
    });
    await page.getByRole('searchbox').fill('nothing like it');
    await expect.poll(() => page.getByRole('status').innerText()).toContain('No style matches.');
    await page.keyboard.press('Escape');
    expect(await stage.lastSent('cancel')).toBeUndefined();
    await expect.poll(() => page.getByRole('option').count()).toBe(7);
    await page.keyboard.press('Escape');
    expect(await stage.lastSent('cancel')).toEqual({ type: 'cancel' });
  });

  it('says what is focused and chosen, and blends in shares that are set', async () => {
    const stage = await show();
    const { page } = stage;
    const focused = () =>
      page
        .getByRole('listbox')
        .evaluate(list =>
          (list.getRootNode() as ShadowRoot)
            .getElementById(list.getAttribute('aria-activedescendant') ?? '')
            ?.getAttribute('aria-label'),
        );
    expect(await focused()).toBe('Swirls, strokes that turn');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('Glass, square panes');
    await page.keyboard.press('Space');
    const chosen = page.getByRole('option', { selected: true });
    await expect.poll(() => chosen.count()).toBe(2);
    const share = page.getByRole('slider', { name: 'Share of Glass' });
    expect(await share.getAttribute('aria-valuetext')).toBe('50%');
    await share.focus();
    await page.keyboard.press('End');
    for (const _ of [1, 2, 3, 4, 5]) await page.keyboard.press('PageUp');
    expect(await share.getAttribute('aria-valuetext')).toBe('67%');
    await page.getByRole('button', { name: 'Use the blend' }).click();
    expect(await stage.lastSent('choose')).toEqual({
      type: 'choose',
      styles: [
        { id: 'Swirls', weight: 0.333 },
        { id: 'Glass', weight: 0.667 },
      ],
      combine: 'blend',
    });
    await page.getByRole('button', { name: 'One painting for each' }).click();
    expect(await stage.lastSent('choose')).toMatchObject({ combine: 'each' });
    await page.getByRole('button', { name: 'Remove Swirls from the blend' }).click();
    await expect.poll(() => chosen.count()).toBe(1);
    // The recipe is in no blend, and does not end it.
    await page.getByRole('option', { name: 'My recipe' }).click();
    expect(await stage.lastSent('recipe')).toBeUndefined();
  });

  it('is worked by the pointer: a click chooses, and adds while a blend is made', async () => {
    const stage = await show();
    const { page } = stage;
    await page.getByRole('option', { name: 'My recipe' }).click();
    expect(await stage.lastSent('recipe')).toEqual({ type: 'recipe', id: '/r' });
    await page.getByRole('option', { name: /^Dawn/ }).click();
    expect(await stage.lastSent('choose')).toMatchObject({ styles: [{ id: 'Dawn', weight: 1 }] });
    await page.getByRole('button', { name: 'Blend several styles' }).click();
    const before = (await stage.sent()).length;
    await page.getByRole('option', { name: /^Dawn/ }).click();
    await page.getByRole('option', { name: /^Lake/ }).click();
    expect((await stage.sent()).length).toBe(before);
    await expect.poll(() => page.getByRole('option', { selected: true }).count()).toBe(2);
    for (const [name, type] of [
      ['Browse…', 'browse'],
      ['Preset: Balanced', 'preset'],
      ['Cancel', 'cancel'],
    ] as const) {
      await page.getByRole('button', { name }).click();
      expect(await stage.lastSent(type)).toEqual({ type });
    }
  });

  it('takes one style alone where there is no blend, and what is found later without moving the focus', async () => {
    const stage = await show({ blend: 'none', sections: scene().sections.slice(1, 2), searching: true });
    const { page } = stage;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    expect(await page.getByRole('option', { selected: true }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Blend several styles' }).count()).toBe(0);
    await stage.post({ type: 'snapshot', snapshot: scene({ blend: 'none' }) });
    await stage.post({ type: 'picture', id: 'b.tif', uri: stages.pictureUrl('faint.jpg') });
    await expect
      .poll(() =>
        page
          .getByRole('option', { name: /^b\.tif/ })
          .locator('img')
          .count(),
      )
      .toBe(1);
    await page.keyboard.press('Enter');
    expect(await stage.lastSent('choose')).toMatchObject({ styles: [{ id: 'Lake' }] });
  });

  it.each([
    ['narrow', 320, 560],
    ['wide', 1600, 900],
  ] as const)('has room in a %s group', async (name, width, height) => {
    const stage = await show({}, { width, height });
    for (const key of ['Space', 'ArrowDown', 'Space']) await stage.page.keyboard.press(key);
    await stage.picture(`style-picker-${name}`);
    const overflow = await stage.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    const grid = await stage.page.locator('atelier-picker-grid').boundingBox();
    expect(grid!.height).toBeGreaterThan(150);
  });
});
