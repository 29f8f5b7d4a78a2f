import { describe, expect, it } from 'vitest';
import {
  FIGURE_PHASES,
  type FigureRequest,
  type FigureSnapshot,
  type FigureUpdate,
} from '../../../src/protocol/figure';
import { seriousFindings } from './accessibility';
import { FigureScenes } from './figureScenes';
import { themes } from './previewServer';
import type { StageOptions } from './stage';
import { Stages } from './stages';

describe('the panel of a figure', { timeout: 60_000 }, () => {
  const stages = new Stages<FigureUpdate, FigureRequest>('figure');
  const scenes = new FigureScenes(stages.pictureUrl);

  async function show(snapshot: FigureSnapshot, options?: StageOptions) {
    const stage = await stages.show({ type: 'snapshot', snapshot }, options);
    await stage.picturesLoad();
    return stage;
  }

  it.each(themes)('is accessible and lawful in the theme %s', async theme => {
    const grid = await show(scenes.grid('running', 6), { theme });
    await grid.picture(`figure-grid-${theme}`);
    expect(await seriousFindings(grid.page)).toEqual([]);
    await grid.page
      .getByRole('button', { name: /Enlarge/ })
      .first()
      .click();
    await grid.picture(`figure-enlarged-${theme}`);
    expect(await seriousFindings(grid.page)).toEqual([]);
    for (const [name, snapshot] of [
      ['reconstructions', scenes.reconstructions('running', 6)],
      ['styles', scenes.styles('running', 2)],
      ['variations', scenes.variations('running', 4)],
    ] as const) {
      const stage = await show(snapshot, { theme });
      await stage.picture(`figure-${name}-${theme}`);
      expect(await seriousFindings(stage.page)).toEqual([]);
    }
  });

  it.each([
    ['small', 480, 560],
    ['wide', 1900, 1000],
  ] as const)('has room in a %s panel', async (name, width, height) => {
    for (const [kind, snapshot] of [
      ['grid', scenes.grid('running', 3)],
      ['reconstructions', scenes.reconstructions('done', 10)],
    ] as const) {
      const stage = await show(snapshot, { width, height });
      await stage.picture(`figure-${kind}-${name}`);
      const sizes = await stage.page
        .locator('atelier-figure-cell')
        .evaluateAll(cells => cells.map(cell => cell.getBoundingClientRect().width));
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(100);
      // Lines that do not fit would be cut off without a sign.
      const cut = await stage.page
        .locator('atelier-figure-cell figcaption')
        .evaluateAll(captions =>
          captions.map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight),
        );
      expect(Math.max(...cut)).toBe(0);
      const overflow = await stage.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    }
  });

  it('shows the whole grid at once in a window of usual size', async () => {
    const { page } = await show(scenes.grid('done', 20), { width: 1100, height: 860 });
    const grid = page.locator('atelier-figure-grid');
    await expect.poll(() => grid.evaluate(one => one.scrollHeight - one.clientHeight)).toBeLessThanOrEqual(1);
  });

  it('paints a style, or a variation, that is clicked, and enlarges it by the small button', async () => {
    for (const [snapshot, chosen] of [
      [scenes.styles('running', 2), 'Mosaic'],
      [scenes.variations('running', 4), 'Less style, As they are'],
    ] as const) {
      const stage = await show(snapshot);
      const { page } = stage;
      await page.getByRole('button', { name: `Enlarge: ${chosen}` }).click();
      await page.getByRole('dialog', { name: chosen }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: new RegExp(`^${chosen}\\. .*Paint at full size$`) }).click();
      await stage.waitFor('paint');
      expect(await stage.lastSent('paint')).toEqual({ type: 'paint', cell: 'cell-1-2' });
    }
  });

  it('is a table whose rows and columns are named', async () => {
    const { page } = await show(scenes.grid('running', 6));
    const named = async (role: 'columnheader' | 'rowheader') =>
      (await page.getByRole(role).allInnerTexts()).map(text => text.trim().replace(/\s+/g, ' '));
    expect(await named('columnheader')).toEqual(['10⁻⁵', '10⁻⁴', '10⁻³', '10⁻²']);
    expect(await named('rowheader')).toEqual([
      'conv1_1 sees 3 px',
      '… conv2_1 sees 10 px',
      '… conv3_1 sees 24 px',
      '… conv4_1 sees 68 px',
      '… conv5_1 sees 156 px',
    ]);
    expect(await page.getByRole('cell').count()).toBe(21);
  });

  it.each(FIGURE_PHASES)('tells the phase %s and offers what makes sense', async phase => {
    const stage = await show(scenes.grid(phase, phase === 'done' ? 20 : 4));
    const names = await stage.page.locator('vscode-button').allInnerTexts();
    const wanted = {
      ...{ queued: ['Stop'], starting: ['Stop'], running: ['Stop'], stopping: [], done: [] },
      ...{ stopped: ['Resume'], interrupted: ['Resume'], failed: ['Try again'] },
    } as const;
    expect(names.map(name => name.trim())).toEqual(wanted[phase]);
    expect(await stage.page.getByRole('button', { name: 'Open the page' }).isEnabled()).toBe(
      phase === 'done',
    );
    expect(await seriousFindings(stage.page)).toEqual([]);
  });

  it('shows drafts as they come, and what replaces them', async () => {
    const stage = await show(scenes.grid('running', 0, 0));
    const first = stage.page.locator('atelier-figure-cell').first();
    expect(await first.locator('img').count()).toBe(0);
    const [cell] = scenes.grid('running', 0, 1).figure.rows[0]!.cells;
    await stage.post({ type: 'cells', cells: [cell!] });
    expect(await first.locator('.badge').innerText()).toBe('Draft');
    await stage.post({
      type: 'cells',
      cells: [{ ...cell!, state: 'done', losses: { content: 0.25, style: 0.00123 } }],
    });
    expect(await first.locator('.badge').count()).toBe(0);
    await stage.page.setViewportSize({ width: 640, height: 700 });
    expect(await first.locator('figcaption span:visible').allInnerTexts()).toEqual(['c 0.25', 's 0.00123']);
    await stage.page.setViewportSize({ width: 1400, height: 1300 });
    expect(await first.locator('figcaption span:visible').allInnerTexts()).toEqual([
      'content 0.25',
      'style 0.00123',
    ]);
    expect(await stage.page.getByText('1 of 20 pictures').count()).toBe(1);
  });

  it('enlarges a picture, goes to its neighbours by keyboard, and comes back to the last', async () => {
    const stage = await show(scenes.grid('running', 6));
    const { page } = stage;
    await page.getByRole('button', { name: /conv1_1, α\/β 10⁻⁵\. Finished.*Enlarge/ }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const name = () => dialog.getByRole('heading').innerText();
    await expect.poll(name).toBe('Style from conv1_1, α/β 10⁻⁵');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect.poll(name).toBe('Style from conv1_1, conv2_1, α/β 10⁻⁴');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(name).toBe('Style from conv1_1, α/β 10⁻⁴');
    await dialog.getByRole('button', { name: 'Save as…' }).click();
    expect(await stage.lastSent('saveCell')).toEqual({ type: 'saveCell', cell: 'cell-1-2' });
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    // The dialog gives the focus back to where it came from; the panel then moves it to the picture that was shown last.
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.getAttribute('aria-label') ?? '';
      });
    await expect.poll(focused).toContain('α/β 10⁻⁴');
  });

  it('paints a picture of a grid at full size, from the cell and from the enlarged one', async () => {
    const stage = await show(scenes.grid('running', 6));
    await stage.page
      .getByRole('button', { name: 'Paint at full size: Style from conv1_1, α/β 10⁻³' })
      .click();
    expect(await stage.lastSent('paint')).toEqual({ type: 'paint', cell: 'cell-1-3' });
    await stage.page
      .getByRole('button', { name: /Enlarge/ })
      .nth(4)
      .click();
    await stage.page.getByRole('button', { name: 'Paint this at full size' }).click();
    expect(await stage.lastSent('paint')).toEqual({ type: 'paint', cell: 'cell-2-1' });
    expect(await stage.page.getByRole('dialog').count()).toBe(0);
    const rows = await show(scenes.reconstructions('done', 10));
    expect(await rows.page.getByRole('button', { name: /Paint/ }).count()).toBe(0);
  });

  it('says how a grid begins its pictures, and offers the other way', async () => {
    const warm = scenes.grid('done', 20);
    const stage = await show(warm);
    const about = stage.page.locator('.about');
    expect(await about.innerText()).toContain('Warm starts: each draft continues from its neighbour.');
    await stage.page.getByRole('button', { name: 'Compare with cold starts' }).click();
    expect(await stage.lastSent('otherStarts')).toEqual({ type: 'otherStarts' });
    const cold = await show({ ...warm, figure: { ...warm.figure, start: 'cold' } });
    expect(await cold.page.locator('.about').innerText()).toContain('Cold starts: every picture starts');
    expect(await cold.page.getByRole('button', { name: 'Compare with warm starts' }).count()).toBe(1);
    const rows = await show(scenes.reconstructions('done', 10));
    expect(await rows.page.getByRole('button', { name: /Compare/ }).count()).toBe(0);
  });

  it('sends what the buttons mean, and keeps which figure it shows', async () => {
    const stage = await show(scenes.grid('running', 3));
    await stage.page.getByRole('button', { name: 'Stop' }).click();
    await stage.post({ type: 'status', status: scenes.grid('done', 20).status });
    for (const name of ['Save the contact sheet…', 'Save the page…', 'Open the page'])
      await stage.page.getByRole('button', { name }).click();
    await stage.page.getByRole('button', { name: 'Show where the contact sheet is' }).click();
    const types = (await stage.sent()).map(({ type }) => type);
    expect(types).toEqual(['ready', 'stop', 'saveSheet', 'savePage', 'openPage', 'reveal']);
    expect(await stage.page.evaluate(() => sessionStorage.getItem('state'))).toBe('{"figure":"f1"}');
  });

  it('shows what is wrong, as text, and sends the button that was pressed', async () => {
    const snapshot = scenes.grid('failed', 3);
    const problem = {
      severity: 'error',
      sentence: 'The <b>engine</b> stopped.',
      actions: [{ id: 'showLog', label: 'Show Log' }],
    } as const;
    const stage = await show({ ...snapshot, status: { ...snapshot.status, problem } });
    expect(await stage.page.getByRole('alert').innerText()).toContain('<b>engine</b>');
    await stage.page.getByRole('button', { name: 'Show Log' }).click();
    expect(await stage.lastSent('action')).toEqual({ type: 'action', action: 'showLog' });
  });

  it('holds still where motion is unwelcome', async () => {
    const snapshot = scenes.grid('running', 3);
    expect(await (await show(snapshot)).animations()).toBeGreaterThan(0);
    expect(await (await show(snapshot, { reducedMotion: true })).animations()).toBe(0);
  });
});
