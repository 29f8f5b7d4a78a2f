import { describe, expect, it } from 'vitest';
import type { EditorRequest, EditorSnapshot, EditorUpdate } from '../../../src/protocol/imageEditor';
import { seriousFindings } from './accessibility';
import { ratioOf } from '../../../src/protocol/strength';
import { EditorScenes } from './editorScenes';
import { themes } from './previewServer';
import { studioLook } from './lookScenes';
import type { StageOptions, WebviewStage } from './stage';
import { Stages } from './stages';

type EditorStage = WebviewStage<EditorUpdate, EditorRequest>;

const modes = ['image', 'sideBySide', 'slider', 'onionSkin', 'difference'] as const;

describe('the image editor', { timeout: 60_000 }, () => {
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
    ['of a middling width', 660, 700],
    ['low', 900, 300],
  ])('fits a window that is %s', async (_, width, height) => {
    const stage = await show(compared(), { width, height });
    const overflow = await stage.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    const button = await stage.page.getByRole('button', { name: 'Stylize' }).boundingBox();
    expect((button?.y ?? Infinity) + (button?.height ?? 0)).toBeLessThanOrEqual(height);
    expect((button?.x ?? Infinity) + (button?.width ?? 0)).toBeLessThanOrEqual(width);
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
    await stage.post({
      type: 'snapshot',
      snapshot: { ...before, style: 'painting.jpg', paintedAt: '2026-01-03T00:00:00.000Z' },
    });
    expect(await chosen(stage)).toBe('painting.jpg');
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
      ...studioLook,
      ...{ type: 'stylize', style: 'glass.jpg', preset: 'studio' },
      ratio: ratioOf(10, 'bures'),
      size: 0,
    });
  });

  it('shows where there are more styles than fit, and brings the chosen one into view', async () => {
    const many = Array.from({ length: 30 }, (_, i) => ({
      ...scenes.styles[i % 5]!,
      id: `s${i}`,
      name: `style ${i}`,
    }));
    const stage = await show(scenes.snapshot({ styles: many, style: 's0' }), { width: 640 });
    const row = stage.page.getByRole('radiogroup', { name: 'Styles' });
    const ends = () => row.evaluate(({ classList }) => [...classList].filter(name => name !== 'row').sort());
    await expect.poll(ends).toEqual(['after']);
    await stage.picture('editor-many-styles');
    await stage.page.getByRole('radio', { name: 'style 0', exact: true }).press('ArrowLeft');
    await expect.poll(ends).toEqual(['before']);
    await row.hover();
    await stage.page.mouse.wheel(0, -60);
    await expect.poll(ends).toEqual(['after', 'before']);
    await stage.post({ type: 'styles', styles: many.slice(0, 3) });
    await expect.poll(ends).toEqual([]);
  });

  it('sets colours, statistic, start and steps, and goes back with a preset', async () => {
    const stage = await show(scenes.snapshot());
    const { page } = stage;
    const choose = async (name: string, option: string) => {
      await page.getByRole('combobox', { name, exact: true }).click();
      await page.getByRole('option', { name: option }).click();
    };
    const painted = async () => {
      await page.getByRole('button', { name: 'Stylize' }).click();
      return stage.lastSent('stylize');
    };
    await choose('Colours', 'Luminance');
    const slider = page.getByRole('slider', { name: 'Strength' });
    await slider.press('End');
    await page.getByRole('button', { name: 'More settings' }).click();
    await choose('Statistics of the style', 'Gram');
    // As strong as before, in the measure of the other statistic.
    expect(await slider.getAttribute('aria-valuetext')).toBe('100');
    expect(await page.getByRole('textbox', { name: 'Seed' }).count()).toBe(0);
    await choose('Start image', 'noise');
    await page.getByRole('textbox', { name: 'Seed' }).fill('7');
    await page.getByRole('textbox', { name: 'Steps' }).fill('35');
    await page.getByRole('textbox', { name: 'Style size' }).fill('0.5');
    await page.getByRole('textbox', { name: 'Longest side in print' }).fill('8 in');
    await page.getByRole('textbox', { name: 'Longest side in print' }).press('Enter');
    const set = {
      colors: 'luminance',
      statistics: 'gram',
      init: 'noise',
      seed: 7,
      steps: 35,
      styleScale: 0.5,
    };
    expect(await painted()).toMatchObject({ ...set, ratio: ratioOf(100, 'gram'), size: 2400 });
    await stage.picture('editor-more');
    expect(await seriousFindings(page)).toEqual([]);
    await choose('Preset', 'Paper');
    expect(await painted()).toMatchObject({
      preset: 'paper',
      colors: 'style',
      init: 'noise',
      ratio: 1e-7,
      seed: 0,
    });
    const statistics = page.getByRole('combobox', { name: 'Statistics of the style' });
    expect(await statistics.isDisabled()).toBe(true);
  });

  it('has the strength of the painting at work, and changes it', async () => {
    const stage = await show(scenes.snapshot());
    const slider = stage.page.getByRole('slider', { name: 'Strength' });
    const run = { label: '256 × 171, step 40 of 250', fraction: 0.16 };
    // It waits, and takes no change yet.
    await stage.post({ type: 'run', run: { label: 'Waiting' } });
    await slider.press('Home');
    expect(await stage.lastSent('retune')).toBeUndefined();
    const at = (strength: number) => ({
      ...run,
      strength: { ratio: ratioOf(strength, 'gram'), statistics: 'gram' as const },
    });
    await stage.post({ type: 'run', run: at(60) });
    expect(await slider.getAttribute('aria-valuetext')).toBe('60');
    await slider.press('ArrowRight');
    await slider.press('ArrowRight');
    await stage.waitFor('retune');
    expect(await stage.lastSent('retune')).toEqual({ type: 'retune', ratio: ratioOf(62, 'gram') });
    // What the studio changes shows here; what was set here does not jump back meanwhile.
    await stage.post({ type: 'run', run: at(60) });
    expect(await slider.getAttribute('aria-valuetext')).toBe('62');
    await stage.post({ type: 'run', run: at(62) }, { type: 'run', run: at(40) });
    expect(await slider.getAttribute('aria-valuetext')).toBe('40');
  });

  it('tells what a size costs, warns of one that does not fit, and offers a smaller one', async () => {
    const stage = await show(scenes.snapshot());
    await stage.page.getByRole('combobox', { name: 'Size' }).click();
    await stage.page.getByText('1024 px').last().click();
    await expect.poll(async () => (await stage.lastSent('estimate'))?.choice.size).toBe(1024);
    expect(await stage.lastSent('estimate')).toMatchObject({ width: 1200, height: 800 });
    const sentence = 'This size needs about 1,300 MB and 4 min here.';
    const fits = { size: 1024, label: '1,300 MB · 4 min', sentence, tooLarge: false, largest: 1200 };
    await stage.post({ type: 'estimate', estimate: fits });
    expect(await stage.page.locator('.estimate').innerText()).toBe('1,300 MB · 4 min');
    expect(await stage.page.getByRole('alert').count()).toBe(0);
    await stage.picture('editor-estimate');
    await stage.post({ type: 'estimate', estimate: { ...fits, tooLarge: true, largest: 900 } });
    expect(await stage.page.getByRole('alert').innerText()).toContain(sentence);
    await stage.picture('editor-too-large');
    expect(await seriousFindings(stage.page)).toEqual([]);
    await stage.page.getByRole('button', { name: 'Use 768 px' }).click();
    // What was said about another size counts no more.
    expect(await stage.page.locator('.estimate').count()).toBe(0);
    expect(await stage.page.getByRole('alert').count()).toBe(0);
    await expect.poll(async () => (await stage.lastSent('estimate'))?.choice.size).toBe(768);
    await stage.page.getByRole('button', { name: 'Stylize' }).click();
    expect(await stage.lastSent('stylize')).toMatchObject({ size: 768 });
  });

  it('asks for a style, and takes the one that was picked or dropped', async () => {
    const stage = await show(scenes.snapshot({ styles: [], style: undefined }));
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
      { ...style!, id: 'b', uri: stages.pictureUrl('gone.jpg') },
    ];
    const stage = await show(scenes.snapshot({ styles }));
    await expect.poll(() => stage.page.locator('atelier-style-strip atelier-thumbnail svg').count()).toBe(2);
    expect(await stage.page.locator('atelier-style-strip atelier-thumbnail img').count()).toBe(0);
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
    const image = { ...scenes.photograph, uri: stages.pictureUrl('gone.jpg') };
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
