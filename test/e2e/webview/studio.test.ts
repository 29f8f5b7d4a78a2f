import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  SECTIONS,
  type Snapshot,
  type StudioRequest,
  type StudioUpdate,
} from '../../../src/webview/studio/messages';
import { launchBrowser } from '../host/browser';
import { seriousFindings } from './accessibility';
import { PreviewServer, themes } from './previewServer';
import { WebviewStage, type StageOptions } from './stage';
import { pointAt, StudioScenes } from './studioScenes';

type StudioStage = WebviewStage<StudioUpdate, StudioRequest>;

describe('the studio panel', { timeout: 60_000 }, () => {
  let server: PreviewServer;
  let browser: Browser;
  let scenes: StudioScenes;
  const open: StudioStage[] = [];

  beforeAll(async () => {
    server = await PreviewServer.start();
    browser = await launchBrowser();
    scenes = new StudioScenes(name => server.pictureUrl(name));
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

  async function show(snapshot: Snapshot, options?: StageOptions): Promise<StudioStage> {
    const stage = await WebviewStage.open<StudioUpdate, StudioRequest>(browser, server, 'studio', options);
    open.push(stage);
    await stage.post({ type: 'snapshot', snapshot });
    return stage;
  }

  const running = (): Snapshot =>
    scenes.snapshot('running', 137, {
      marks: [{ step: 80, label: 'α/β 0.0033 → 0.001' }],
      reconstructions: scenes.reconstructions,
      insights: scenes.insights,
    });

  it.each(themes)('is accessible and lawful in the theme %s, in every section', async theme => {
    const stage = await show(running(), { theme });
    for (const section of SECTIONS) {
      await stage.page.locator(`#tab-${section}`).click();
      await stage.picture(`studio-${section}-${theme}`);
      expect(await seriousFindings(stage.page)).toEqual([]);
    }
  });

  it('says that it is there until it is heard, and no longer', async () => {
    const stage = await WebviewStage.open<StudioUpdate, StudioRequest>(browser, server, 'studio');
    open.push(stage);
    const said = async (type: string) => (await stage.sent()).filter(request => request.type === type).length;
    await expect.poll(() => said('ready'), { timeout: 10_000 }).toBe(2);
    expect(await said('section')).toBe(2);
    await stage.post({ type: 'snapshot', snapshot: running() });
    // The third would have come after four more seconds.
    await stage.page.waitForTimeout(4500);
    expect(await said('ready')).toBe(2);
  });

  it('would be found out: the check sees into the components', async () => {
    const stage = await show(running());
    await stage.page
      .locator('atelier-run-header button.tool')
      .first()
      .evaluate(button => {
        button.removeAttribute('aria-label');
        button.removeAttribute('title');
      });
    expect((await seriousFindings(stage.page)).join()).toContain('button-name');
  });

  it.each([
    ['narrow', 320, 640],
    ['in a side-by-side group', 560, 900],
    ['as narrow as groups get', 270, 720],
    ['low', 700, 420],
  ])('fits a window that is %s', async (_, width, height) => {
    const stage = await show(running(), { width, height });
    const overflow = await stage.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    const painting = await stage.page.locator('atelier-stage img').boundingBox();
    expect(Math.min(painting?.width ?? 0, painting?.height ?? 0)).toBeGreaterThan(100);
    expect(await seriousFindings(stage.page)).toEqual([]);
  });

  it.each(['queued', 'starting', 'paused', 'stopped', 'interrupted', 'done', 'failed'] as const)(
    'shows a run that is %s without a serious finding of axe',
    async phase => {
      const stage = await show(scenes.snapshot(phase, phase === 'queued' || phase === 'starting' ? 0 : 40));
      await stage.picture(`studio-${phase}`);
      expect(await seriousFindings(stage.page)).toEqual([]);
    },
  );

  it('keeps its parts apart and its tabs whole where there is little room', async () => {
    const problem = {
      severity: 'warning',
      sentence: 'The engine stopped unexpectedly (signal SIGKILL).',
      next: 'Resume from the checkpoint.',
      actions: ['Resume', 'Restart Engine', 'Show Log'].map(label => ({ id: label, label })),
    } as const;
    const status = { ...scenes.status('interrupted', 137), problem };
    const stage = await show({ ...running(), status }, { width: 270, height: 640 });
    const parts = await Promise.all(
      ['atelier-run-header', 'main', 'aside'].map(part => stage.page.locator(part).boundingBox()),
    );
    const ends = parts.map(part => [part!.y, part!.y + part!.height] as const);
    for (const [index, [start]] of ends.entries())
      expect(start).toBeGreaterThanOrEqual(ends[index - 1]?.[1] ?? 0);
    const hidden = await stage.page
      .locator('[role=tab] > .clip')
      .evaluateAll(texts => texts.map(text => text.scrollWidth - text.clientWidth));
    expect(hidden).toEqual([0, 0, 0, 0]);
    const { width = 0, x = 0 } = (await stage.page.getByRole('tab').last().boundingBox()) ?? {};
    expect(x + width).toBeLessThanOrEqual(270);
    expect(await seriousFindings(stage.page)).toEqual([]);
  });

  it.each([
    ['done', ['Open the result', 'Run again']],
    ['stopped', ['Open the result', 'Resume', 'Run again']],
  ] as const)('says where a run that is %s was saved, and opens it', async (phase, buttons) => {
    const status = { ...scenes.status(phase, 137), savedAs: 'album/photo-atelier-2.png' };
    const stage = await show(scenes.snapshot(phase, 137, { status }));
    const transport = stage.page.locator('atelier-transport');
    expect(await transport.locator('.saved').innerText()).toBe('Saved as album/photo-atelier-2.png');
    expect(await transport.locator('vscode-button').allInnerTexts()).toEqual(buttons);
    await stage.page.getByRole('button', { name: 'Open the result' }).click();
    expect(await stage.lastSent('open')).toEqual({ type: 'open' });
  });

  it('says what the layers wait for', async () => {
    const texts = {
      running: 'The layers appear with the first steps.',
      paused: 'The layers appear when the painting goes on.',
      done: 'Looking at the layers…',
    };
    for (const [phase, text] of Object.entries(texts)) {
      const stage = await show(scenes.snapshot(phase as keyof typeof texts, 40));
      await stage.page.getByRole('tab', { name: 'Layers' }).click();
      await expect.poll(() => stage.page.locator('atelier-layer-section p').innerText()).toBe(text);
    }
  });

  it('offers to begin when there is nothing to show', async () => {
    const stage = await show({ ...running(), run: undefined, status: undefined });
    await stage.page.getByRole('button', { name: 'Stylize an image…' }).click();
    expect(await stage.lastSent('begin')).toEqual({ type: 'begin' });
    expect(await seriousFindings(stage.page)).toEqual([]);
  });

  it('sends what the buttons mean, by keyboard too', async () => {
    const stage = await show(running());
    await stage.page.getByRole('button', { name: 'Pause' }).click();
    await stage.page.getByRole('button', { name: 'Stop and keep' }).focus();
    await stage.page.keyboard.press('Enter');
    await stage.page.getByRole('button', { name: 'Export the run…' }).click();
    const types = (await stage.sent()).map(({ type }) => type);
    expect(types).toEqual(['ready', 'section', 'pause', 'stop', 'export']);
    expect(await stage.lastSent('stop')).toEqual({ type: 'stop', keep: true });
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
    const frame = { uri: server.pictureUrl('frame-4.jpg'), step: 140, scale: [512, 341] as const };
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
    await stage.page.getByRole('button', { name: 'Run again' }).click();
    expect(await stage.lastSent('runAgain')).toEqual({ type: 'runAgain', tuning: { ratio: 0.002 } });
    expect(await stage.lastSent('retune')).toBeUndefined();
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

  it('says politely what phase and scale it is in', async () => {
    const stage = await show(running());
    const said = stage.page.locator('atelier-studio').getByRole('status').last();
    expect(await said.textContent()).toBe('Painting. Scale 3 of 5');
    await stage.post({ type: 'progress', points: [], frames: [], status: scenes.status('paused', 137) });
    expect(await said.textContent()).toBe('Paused');
  });

  it('shows what is wrong, what to do, and sends the button that was pressed', async () => {
    const problem = {
      severity: 'error',
      sentence: 'The engine stopped <b>in the middle</b>.',
      next: 'Resume from the checkpoint.',
      actions: [{ id: 'resumeRun', label: 'Resume now' }],
    } as const;
    const stage = await show({ ...running(), status: { ...scenes.status('interrupted', 137), problem } });
    expect(await stage.page.getByRole('alert').innerText()).toContain('<b>in the middle</b>');
    await stage.page.getByRole('button', { name: 'Resume now' }).click();
    expect(await stage.lastSent('action')).toEqual({ type: 'action', action: 'resumeRun' });
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

  it('shows the pull of a layer over the painting', async () => {
    const stage = await show(running());
    await stage.page.getByRole('tab', { name: 'Layers' }).click();
    const pulls = stage.page.getByRole('button', { name: 'Pull' });
    await pulls.first().click();
    expect(await stage.page.locator('atelier-stage img').count()).toBe(2);
    // The same layer as part of the content is another one.
    expect(await pulls.count()).toBe(6);
    await pulls.last().click();
    expect(await pulls.first().getAttribute('aria-pressed')).toBe('false');
    expect(await pulls.last().getAttribute('aria-pressed')).toBe('true');
  });

  it('moves only while it waits for the engine, and not where motion is unwelcome', async () => {
    // Drawing takes the processors that paint.
    expect(await (await show(running())).animations()).toBe(0);
    const starting = scenes.snapshot('starting', 0);
    const stage = await show(starting);
    expect(await stage.animations()).toBeGreaterThan(0);
    // VS Code's own setting, which it puts on the body.
    await stage.page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
    expect(await stage.animations()).toBe(0);
    expect(await (await show(starting, { reducedMotion: true })).animations()).toBe(0);
  });

  it('is complete within half a second of a snapshot after a long run', async () => {
    const stage = await show(scenes.snapshot('starting', 0));
    const snapshot = scenes.snapshot('running', 1000);
    const frames = Array.from({ length: 240 }, (_, i) => ({ ...snapshot.frames[0]!, step: i * 4 + 1 }));
    const took = await stage.timeToShow({ type: 'snapshot', snapshot: { ...snapshot, frames } });
    expect(took).toBeLessThan(500);
  });

  it('stays responsive and in flat memory over 10,000 steps', async () => {
    const stage = await show(scenes.snapshot('running', 1));
    const batches = (from: number, to: number): StudioUpdate[] =>
      Array.from({ length: (to - from) / 20 }, (_, batch): StudioUpdate => {
        const points = Array.from({ length: 20 }, (_, i) => pointAt(from + batch * 20 + i + 1));
        return { type: 'progress', points, frames: [] };
      });
    const costs: number[] = [];
    const heaps: number[] = [];
    for (let from = 0; from < 10_000; from += 2000) {
      costs.push(await stage.costOf(batches(from, from + 2000)));
      heaps.push(await stage.heapBytes());
    }
    // The first rounds fill the buffers; afterwards nothing may grow with the number of steps.
    expect(heaps.at(-1)! - heaps[1]!).toBeLessThan(1_000_000);
    expect(Math.max(...costs)).toBeLessThan(30);
  });
});
