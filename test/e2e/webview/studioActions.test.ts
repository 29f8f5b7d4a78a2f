import { describe, expect, it } from 'vitest';
import type { Snapshot, StudioRequest, StudioUpdate } from '../../../src/protocol/studio';
import type { StageOptions } from './stage';
import { Stages } from './stages';
import { seriousFindings } from './accessibility';
import { StudioScenes } from './studioScenes';

describe('what a person does in the studio', { timeout: 60_000 }, () => {
  const stages = new Stages<StudioUpdate, StudioRequest>('studio');
  const scenes = new StudioScenes(stages.pictureUrl);
  const show = (snapshot: Snapshot, options?: StageOptions) =>
    stages.show({ type: 'snapshot', snapshot }, options);
  const running = (): Snapshot =>
    scenes.snapshot('running', 137, {
      marks: [{ step: 80, label: 'α/β 0.0033 → 0.001' }],
      reconstructions: scenes.reconstructions,
      insights: scenes.insights,
    });

  it('sends what the buttons mean, by keyboard too', async () => {
    const stage = await show(running());
    await stage.page.getByRole('button', { name: 'Pause' }).click();
    await stage.page.getByRole('button', { name: 'Discard' }).focus();
    await stage.page.keyboard.press('Enter');
    await stage.page.getByRole('button', { name: 'Export the run…' }).click();
    const types = (await stage.sent()).map(({ type }) => type);
    expect(types).toEqual(['ready', 'section', 'pause', 'discard', 'export']);
  });

  it('asks in its place what is to become of a picture that is stopped before its last scale', async () => {
    const stage = await show(running(), { width: 640 });
    const buttons = stage.page.locator('atelier-transport vscode-button');
    await stage.page.getByRole('button', { name: 'Stop…' }).focus();
    await stage.page.keyboard.press('Enter');
    expect(await buttons.allInnerTexts()).toEqual([
      'Keep as it is',
      'Finish at this size',
      'Discard',
      'Continue painting',
    ]);
    await stage.picture('studio-stop-question');
    expect(await seriousFindings(stage.page)).toEqual([]);
    // By keyboard it goes on from the first answer; Escape takes the question back.
    const focused = () =>
      stage.page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return (at?.closest('vscode-button') ?? at)?.textContent?.trim();
      });
    await expect.poll(focused).toBe('Keep as it is');
    await stage.page.keyboard.press('Escape');
    await expect.poll(() => buttons.allInnerTexts()).toEqual(['Pause', 'Stop…', 'Discard']);
    await stage.page.getByRole('button', { name: 'Stop…' }).click();
    await stage.page.getByRole('button', { name: 'Finish at this size' }).click();
    await stage.page.getByRole('button', { name: 'Stop…' }).click();
    await stage.page.getByRole('button', { name: 'Keep as it is' }).click();
    expect((await stage.sent()).slice(2)).toEqual([{ type: 'finish' }, { type: 'stop', keep: true }]);
  });

  it('goes on to the next painting of the queue, or along with all of them', async () => {
    const queue = { name: 'louvre.jpg · Great Wave', now: false, place: 2, total: 20, follow: false };
    const status = { ...scenes.status('running', 137), queue };
    const stage = await show({ ...running(), status }, { width: 640 });
    await stage.picture('studio-queue');
    expect(await seriousFindings(stage.page)).toEqual([]);
    await stage.page.getByRole('button', { name: 'Next: louvre.jpg · Great Wave, 2 of 20' }).click();
    const follow = stage.page.getByRole('button', { name: 'Follow the queue' });
    await follow.click();
    expect((await stage.sent()).slice(2)).toEqual([
      { type: 'showQueued' },
      { type: 'followQueue', follow: true },
    ]);
    const followed = { ...status, queue: { ...queue, follow: true, now: true } };
    await stage.post({ type: 'progress', points: [], frames: [], status: followed });
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('true');
    expect(await stage.page.getByRole('button', { name: /^Now: louvre/ }).count()).toBe(1);
  });

  it('scrubs through the timeline and saves the frame that is shown', async () => {
    const stage = await show(running());
    const painting = stage.page.locator('atelier-stage img');
    await stage.page.getByRole('slider', { name: 'Timeline' }).focus();
    await stage.page.keyboard.press('Home');
    expect(await painting.getAttribute('src')).toContain('frame-0.jpg');
    await stage.page.keyboard.press('ArrowRight');
    await stage.page.getByRole('button', { name: 'Save as…' }).click();
    expect(await stage.lastSent('saveAs')).toEqual({ type: 'saveAs', step: 10 });
    // A new frame does not take the old one away from who looks at it; "Live" goes back to it.
    const frame = { uri: stages.pictureUrl('frame-4.jpg'), step: 140, scale: [512, 341] as const };
    await stage.post({ type: 'progress', points: [], frames: [frame] });
    expect(await painting.getAttribute('src')).toContain('frame-0.jpg');
    await stage.page.getByRole('button', { name: 'Live' }).click();
    expect(await painting.getAttribute('src')).toContain('frame-4.jpg');
  });

  it('comes back as it was looked at: the step of the timeline, and what part of the painting', async () => {
    const stage = await show(running());
    const painting = stage.page.locator('atelier-stage img');
    const timeline = stage.page.getByRole('slider', { name: 'Timeline' });
    await timeline.focus();
    await stage.page.keyboard.press('Home');
    await stage.page.keyboard.press('ArrowRight');
    const { x = 0, y = 0, width = 0, height = 0 } = (await painting.boundingBox()) ?? {};
    await stage.page.mouse.move(x + width / 3, y + height / 3);
    await stage.page.keyboard.down('Control');
    await stage.page.mouse.wheel(0, -300);
    await stage.page.keyboard.up('Control');
    await expect.poll(async () => (await painting.boundingBox())?.width).toBeGreaterThan(width * 1.3);
    const zoomed = await painting.boundingBox();
    // Hidden and shown again, a page is a new one, of a run that went on meanwhile.
    await stage.page.reload();
    await stage.post({ type: 'snapshot', snapshot: scenes.snapshot('running', 200) });
    await expect.poll(() => painting.boundingBox()).toEqual(zoomed);
    expect(await timeline.getAttribute('aria-valuetext')).toMatch(/^Step 10\b/);
    // Another run is seen as it is painted, and whole.
    const other = { ...scenes.run, id: 'run-2' };
    await stage.post({ type: 'snapshot', snapshot: scenes.snapshot('running', 200, { run: other }) });
    await expect.poll(async () => (await painting.boundingBox())?.width).toBeLessThanOrEqual(width + 1);
    expect(await timeline.getAttribute('aria-valuetext')).toMatch(/^Step 200\b/);
  });

  it('sends one retune when a slider rests, and marks it when it is taken', async () => {
    const stage = await show(running());
    await stage.page.getByRole('tab', { name: 'Controls' }).click();
    const slider = stage.page.getByRole('slider', { name: 'Strength' });
    await slider.focus();
    for (let i = 0; i < 5; i++) await stage.page.keyboard.press('ArrowRight');
    await stage.waitFor('retune');
    const retunes = (await stage.sent()).filter(({ type }) => type === 'retune');
    expect(retunes).toHaveLength(1);
    const { tuning } = (await stage.lastSent('retune'))!;
    expect(tuning.ratio).toBeLessThan(0.0033);
    const controls = { ...scenes.run.controls, ratio: tuning.ratio! };
    await stage.post({ type: 'retuned', mark: { step: 137, label: 'α/β' }, controls });
    await stage.page.getByRole('tab', { name: 'Losses' }).click();
    expect(await stage.page.getByText('Retuned at step 137').count()).toBe(1);
  });

  it('takes a typed ratio, and keeps changes for the next run when nothing runs', async () => {
    const stage = await show(scenes.snapshot('done', 250));
    await stage.page.getByRole('tab', { name: 'Controls' }).click();
    const field = stage.page.getByRole('textbox', { name: 'Ratio of content to style' });
    await field.fill('nonsense');
    await field.press('Tab');
    await field.fill('1:500');
    await field.press('Enter');
    await stage.page.getByRole('button', { name: 'Choose another' }).click();
    expect(await stage.lastSent('pickStyle')).toEqual({ type: 'pickStyle', tuning: { ratio: 0.002 } });
    await stage.page.getByRole('button', { name: 'Run again' }).click();
    expect(await stage.lastSent('runAgain')).toEqual({ type: 'runAgain', tuning: { ratio: 0.002 } });
    expect(await stage.lastSent('retune')).toBeUndefined();
  });

  it('paints again as the next painting was set, and leaves the one that is shown', async () => {
    const stage = await show(running());
    const { page } = stage;
    await page.getByRole('tab', { name: 'Controls' }).click();
    expect(await page.getByRole('button', { name: 'Paint again with these settings' }).count()).toBe(0);
    await page.getByRole('combobox', { name: 'Colours' }).click();
    await page.getByRole('option', { name: 'Match' }).click();
    const steps = page.getByRole('textbox', { name: 'Steps' });
    await steps.fill('90');
    await steps.press('Tab');
    await stage.picture('studio-next-painting');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Paint again with these settings' }).click();
    expect(await stage.lastSent('runAgain')).toEqual({
      type: 'runAgain',
      look: { colors: 'match', steps: 90 },
    });
    expect(await stage.lastSent('retune')).toBeUndefined();
    await page.getByRole('button', { name: 'Choose another' }).click();
    expect(await stage.lastSent('pickStyle')).toMatchObject({ look: { colors: 'match', steps: 90 } });
    // Another section is read from its top.
    const scrolled = () => page.locator('#panel').evaluate(({ scrollTop }) => scrollTop);
    expect(await scrolled()).toBeGreaterThan(0);
    await page.getByRole('tab', { name: 'Losses' }).click();
    await page.getByRole('tab', { name: 'Controls' }).click();
    expect(await scrolled()).toBe(0);
    // Another run is set anew.
    const other = { ...scenes.run, id: 'run-2' };
    await stage.post({ type: 'snapshot', snapshot: scenes.snapshot('running', 2, { run: other }) });
    expect(await page.getByRole('button', { name: 'Paint again with these settings' }).count()).toBe(0);
  });

  it('believes a snapshot of a run that paints, and keeps what it holds back over that of a paused one', async () => {
    const stage = await show(running());
    await stage.page.getByRole('tab', { name: 'Controls' }).click();
    const field = stage.page.getByRole('textbox', { name: 'Ratio of content to style' });
    await field.fill('1:500');
    await field.press('Tab');
    await stage.waitFor('retune');
    // Confirmed, and changed again, while the page was hidden.
    const controls = { ...scenes.run.controls, ratio: 0.001 };
    await stage.post({ type: 'snapshot', snapshot: { ...running(), controls } });
    await expect.poll(() => field.inputValue()).toBe('0.001');

    await stage.post({ type: 'progress', points: [], frames: [], status: scenes.status('paused', 137) });
    await field.fill('1:500');
    await field.press('Tab');
    await stage.post({ type: 'snapshot', snapshot: scenes.snapshot('paused', 137, { controls }) });
    await expect.poll(() => field.inputValue()).toBe('0.002');
  });

  it('toggles curves, axis and scale, and remembers it', async () => {
    const stage = await show(running());
    const entry = stage.page.getByRole('button', { name: 'style conv2_1' });
    await entry.click();
    await stage.page.getByRole('radio', { name: 'Seconds' }).click();
    await stage.page.reload();
    await stage.post({ type: 'snapshot', snapshot: running() });
    expect(await entry.getAttribute('aria-pressed')).toBe('false');
    expect(await stage.page.getByRole('radio', { name: 'Seconds' }).getAttribute('aria-checked')).toBe(
      'true',
    );
  });

  it('reads the curves by pointer and by keyboard', async () => {
    const stage = await show(running());
    const chart = stage.page.locator('atelier-loss-chart');
    const where = stage.page.locator('atelier-loss-section .where');
    await chart.hover({ position: { x: 200, y: 60 } });
    const hovered = await where.innerText();
    expect(hovered).toMatch(/^Evaluation \d+$/);
    await chart.focus();
    await stage.page.keyboard.press('Home');
    await expect.poll(() => where.innerText()).toBe('Evaluation 2');
    await stage.page.keyboard.press('Escape');
    await expect.poll(() => where.innerText()).toBe('Evaluation 151');
  });

  it('copies the picture as it is shown', async () => {
    const stage = await show(running());
    await stage.page.getByRole('button', { name: 'Copy image' }).click();
    await stage.waitFor('copied');
    expect(await stage.lastSent('copied')).toEqual({ type: 'copied' });
    const kinds = await stage.page.evaluate(async () =>
      (await navigator.clipboard.read()).flatMap(item => item.types),
    );
    expect(kinds).toContain('image/png');
  });

  it('takes a style that is dropped on it', async () => {
    const stage = await show(running());
    await stage.dropUris('file:///styles/wave.jpg');
    expect(await stage.lastSent('dropStyle')).toEqual({
      type: 'dropStyle',
      uris: ['file:///styles/wave.jpg'],
    });
  });

  it('shows the gradient of a layer over the painting', async () => {
    const stage = await show(running());
    await stage.page.getByRole('tab', { name: 'Layers' }).click();
    const gradients = stage.page.getByRole('button', { name: 'Gradient' });
    await gradients.first().click();
    expect(await stage.page.locator('atelier-stage img').count()).toBe(2);
    // The same layer as part of the content is another one.
    expect(await gradients.count()).toBe(6);
    await gradients.last().click();
    expect(await gradients.first().getAttribute('aria-pressed')).toBe('false');
    expect(await gradients.last().getAttribute('aria-pressed')).toBe('true');
  });
});
