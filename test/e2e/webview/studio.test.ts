import { describe, expect, it } from 'vitest';
import { SECTIONS, type Snapshot, type StudioRequest, type StudioUpdate } from '../../../src/protocol/studio';
import { seriousFindings } from './accessibility';
import { themes } from './previewServer';
import type { StageOptions } from './stage';
import { Stages } from './stages';
import { historyOf, pointAt, StudioScenes } from './studioScenes';

describe('the studio panel', { timeout: 60_000 }, () => {
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

  it.each(themes)('is accessible and lawful in the theme %s, in every section', async theme => {
    const stage = await show(running(), { theme });
    for (const section of SECTIONS) {
      await stage.page.locator(`#tab-${section}`).click();
      await stage.picture(`studio-${section}-${theme}`);
      expect(await seriousFindings(stage.page)).toEqual([]);
    }
  });

  it('says that it is there until it is heard, and no longer', async () => {
    const stage = await stages.open({ clock: true });
    const said = async (type: string) => (await stage.sent()).filter(request => request.type === type).length;
    await stage.page.clock.fastForward(4000);
    await expect.poll(() => said('ready')).toBe(2);
    expect(await said('section')).toBe(2);
    await stage.post({ type: 'snapshot', snapshot: running() });
    // The third would have come after four more seconds.
    await stage.page.clock.fastForward(60_000);
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

  it('has the whole chart in sight beside a photograph in an ordinary window', async () => {
    const stage = await show(running(), { width: 690, height: 815 });
    const [chart, aside] = await Promise.all(
      ['atelier-loss-chart', 'aside'].map(part => stage.page.locator(part).boundingBox()),
    );
    expect(chart!.y + chart!.height).toBeLessThanOrEqual(aside!.y + aside!.height);
    expect(chart!.height).toBeGreaterThan(100);
  });

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
    const status = { ...scenes.status(phase, 137), savedAs: 'album/photo-mosaic-2.png' };
    const stage = await show(scenes.snapshot(phase, 137, { status }));
    const transport = stage.page.locator('atelier-transport');
    expect(await transport.locator('.saved').innerText()).toBe('Saved as album/photo-mosaic-2.png');
    expect(await transport.locator('vscode-button').allInnerTexts()).toEqual(buttons);
    await stage.page.getByRole('button', { name: 'Open the result' }).click();
    expect(await stage.lastSent('open')).toEqual({ type: 'open' });
  });

  it('says what the layers wait for', async () => {
    const texts = [
      ['starting', 0, 'The layers appear with the first steps.'],
      ['running', 154, 'Inspecting the layers…'],
      ['paused', 40, 'The layers appear when the painting continues.'],
      ['done', 40, 'Inspecting the layers…'],
    ] as const;
    for (const [phase, step, text] of texts) {
      const stage = await show(scenes.snapshot(phase, step));
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

  it('is complete with one snapshot after a long run', async () => {
    const snapshot = scenes.snapshot('running', 250, { history: historyOf(1000) });
    const frames = Array.from({ length: 240 }, (_, i) => ({ ...snapshot.frames[0]!, step: i * 4 + 1 }));
    const stage = await show({ ...snapshot, frames });
    const timeline = stage.page.getByRole('slider', { name: 'Timeline' });
    expect(await timeline.getAttribute('aria-valuetext')).toMatch(/^Step 957\b/);
    expect(await stage.page.locator('atelier-loss-section .where').innerText()).toBe('Evaluation 1,100');
  });

  it('holds no more after 10,000 steps than after 4000', async () => {
    const stage = await show(scenes.snapshot('running', 1));
    const heaps: number[] = [];
    for (let from = 0; from < 10_000; from += 2000) {
      const updates = Array.from({ length: 100 }, (_, batch): StudioUpdate => {
        const points = Array.from({ length: 20 }, (_, i) => pointAt(from + 20 * batch + i + 1));
        return { type: 'progress', points, frames: [] };
      });
      await stage.post(...updates);
      heaps.push(await stage.heapBytes());
    }
    // The first rounds fill the buffers; afterwards nothing may grow with the number of steps.
    expect(heaps.at(-1)! - heaps[1]!).toBeLessThan(1_000_000);
  });
});
