import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { recipeIn } from '../../src/images/recipe';
import { pictureFailures } from './host/failures';
import { FigurePanel } from './host/figurePanel';
import { photograph, saved } from './host/paintings';
import { packagedExtension } from './host/product';
import { answerFileDialog, chooseInQuickInput } from './host/quickInput';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { isSafe } from './host/safety';
import type { Theme } from './host/userSettings';
import type { Workbench } from './host/workbench';
import { seriousFindings } from './webview/accessibility';

/** Those that a figure of either kind is looked at in. */
const themes: readonly Theme[] = ['vs', 'hc-black'];

/** Small and quick; long enough to be cut off in the middle, on any machine. */
const settings = {
  'atelier.figureSize': 64,
  'atelier.figureSteps': 32,
  'atelier.preset': 'preview',
  'atelier.size': 96,
};

/** Markup that would run, were a name ever taken for HTML; no slashes, so that a file can be called so. */
const trap = `<img src=x onerror="window.broken=1">&amp;'.jpg`;
const painted = trap.replace('.jpg', '-mosaic.png');

describe('The figures of the paper', () => {
  let session: Session;
  let window: Workbench;
  let panel: FigurePanel;
  let elsewhere: string;
  const inWorkspace = (name: string): string => path.join(session.workspace, name);
  const engines = () => session.server.processes().filter(({ command }) => /dist.engine\.js/.test(command));
  const storage = () => path.join(session.server.userDataDir, 'User', 'globalStorage', 'atelier.atelier');
  /** The folders of all figures so far, oldest first. */
  const figures = (): string[] => {
    const folder = path.join(storage(), 'figures');
    return fs
      .readdirSync(folder)
      .sort()
      .map(name => path.join(folder, name));
  };
  /** The finished pictures of a figure: when they were written, and their bytes. */
  const pictures = (folder: string) =>
    (
      JSON.parse(fs.readFileSync(path.join(folder, 'figure.json'), 'utf8')) as {
        readonly pictures: readonly { readonly id: string; readonly file: string }[];
      }
    ).pictures.map(({ id, file }) => ({
      id,
      bytes: fs.readFileSync(path.join(folder, file)),
      written: fs.statSync(path.join(folder, file)).mtimeMs,
    }));

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph, [trap]: photograph },
      settings,
    });
    elsewhere = path.join(session.server.folder, 'elsewhere.jpg');
    fs.copyFileSync(photograph, elsewhere);
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    panel = new FigurePanel(window);
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('a grid appears as drafts after one question, refines, and is finished', async () => {
    await window.explorer.menu('photo.jpg', 'Atelier', 'Trade-off Grid…');
    await chooseInQuickInput(window.page, 'Mosaic');
    expect(await panel.shows(1)).toEqual([]);
    await panel.shows(20, 3);
    await window.screenshot('e2e/figures-grid-drawing');
    await panel.becomes('Done');
    expect(await panel.shows(20, 20)).toHaveLength(20);
    await expect.poll(() => window.tabs()).toContain('Trade-off: photo.jpg × Mosaic');
    expect(pictures(figures()[0]!)).toHaveLength(20);
  });

  it.each(themes)('is accessible in %s', async theme => {
    await window.setTheme(theme);
    await panel.shows(20, 20);
    await window.screenshot(`e2e/figures-grid-${theme}`);
    expect(await seriousFindings(await panel.page())).toEqual([]);
  });

  it('a killed engine explains itself, and the grid goes on without making a picture again', async () => {
    await window.setTheme('vs-dark');
    await window.explorer.menu(trap, 'Atelier', 'Trade-off Grid…');
    await chooseInQuickInput(window.page, 'Mosaic');
    // The grid before it is finished, and in front until then.
    const grids = async () => (await window.tabs()).filter(tab => tab.startsWith('Trade-off: '));
    await expect.poll(grids, { timeout: 60_000 }).toHaveLength(2);
    const finished = await panel.shows(20, 4);
    const [whole, cut] = [figures()[0]!, figures()[1]!];
    const before = pictures(cut).filter(({ id }) => finished.includes(id));
    const [engine] = engines();
    const problem = panel.problem();
    process.kill(engine!.pid, 'SIGKILL');
    expect(await problem).toContain('The engine process stopped unexpectedly (signal SIGKILL)');
    await panel.becomes('Done');
    await expect.poll(async () => (await panel.page()).locator('atelier-problem').count()).toBe(0);
    expect(engines().map(({ pid }) => pid)).not.toContain(engine!.pid);
    const after = pictures(cut);
    for (const { id, written } of before)
      expect(after.find(picture => picture.id === id)?.written, id).toBe(written);
    // The same photograph under another name: an uninterrupted grid has the same bytes.
    const bytes = new Map(pictures(whole).map(picture => [picture.id, picture.bytes]));
    expect(after).toHaveLength(20);
    for (const picture of after) expect(bytes.get(picture.id)?.equals(picture.bytes), picture.id).toBe(true);
  });

  it('a picture is enlarged, and painted at full size as a normal run', async () => {
    await panel.press(/conv2_1, α\/β 10⁻³\. Finished.*Enlarge/);
    await window.screenshot('e2e/figures-enlarged');
    // Behind another tab the page stays as it is.
    await window.showTab('photo.jpg × Mosaic');
    await expect.poll(async () => (await panel.page()).locator('atelier-enlarged').count()).toBe(0);
    await window.showTab("&amp;'.jpg × Mosaic");
    await panel.press('Paint this at full size');
    const studio = new StudioPanel(window);
    await studio.becomes('Done');
    await saved(inWorkspace(painted));
    // The tree has taken it in, and holds still for the next click.
    await window.explorer.shows(painted);
    const recipe = JSON.parse((await recipeIn(inWorkspace(painted))) ?? '{}') as unknown;
    expect(recipe).toMatchObject({
      ...{ content: trap, styles: [{ image: 'swatch:mosaic' }], ratio: 0.001, size: 96 },
      styleLayers: { conv1_1: 0.5, conv2_1: 0.5 },
    });
  });

  it('a page shows a picture of any name as it is called, runs nothing of it, and reads no other folder', async () => {
    const studio = await new StudioPanel(window).page();
    expect(await studio.locator('atelier-run-header .title').innerText()).toContain(trap);
    await isSafe(studio, elsewhere);
    await window.screenshot('e2e/figures-names');
    await isSafe(await window.webview('atelier-image-editor'), elsewhere);
    await window.showTab("&amp;'.jpg × Mosaic");
    await isSafe(await panel.page(), elsewhere);
  });

  it('reconstructions are drawn, stopped, survive a reload, and are resumed', async () => {
    await window.command('View: Close All Editors');
    await window.explorer.menu('photo.jpg', 'Atelier', 'Reconstruct Layers…');
    await chooseInQuickInput(window.page, 'Both');
    await chooseInQuickInput(window.page, 'Mosaic');
    await panel.shows(2, 1);
    await panel.press('Stop');
    await panel.becomes('Stopped');
    const folder = figures().at(-1)!;
    const before = pictures(folder);
    await window.remembersEditors(path.basename(folder));
    await window.reload();
    await panel.becomes('Stopped');
    await panel.press('Resume');
    await panel.shows(before.length + 1, before.length + 1);
    // The window goes in the middle: nobody asked for the figure to stop.
    await window.remembersEditors(path.basename(folder));
    await window.reload();
    await panel.becomes('Interrupted');
    await panel.press('Resume');
    await panel.becomes('Done');
    expect(await panel.shows(10, 10)).toHaveLength(10);
    const after = pictures(folder);
    for (const { id, written } of before)
      expect(after.find(picture => picture.id === id)?.written, id).toBe(written);
  });

  it.each(themes)('they are accessible in %s', async theme => {
    await window.setTheme(theme);
    await panel.shows(10, 10);
    await window.screenshot(`e2e/figures-reconstructions-${theme}`);
    expect(await seriousFindings(await panel.page())).toEqual([]);
  });

  it('the contact sheet and the page are saved beside the image', async () => {
    await panel.press('Save the contact sheet…');
    await answerFileDialog(window.page, inWorkspace('photo-layers.png'));
    const sheet = await saved(inWorkspace('photo-layers.png'));
    expect(sheet.equals(fs.readFileSync(path.join(figures().at(-1)!, 'sheet.png')))).toBe(true);
    await panel.press('Save the page…');
    await answerFileDialog(window.page, inWorkspace('photo-layers.html'));
    const page = (await saved(inWorkspace('photo-layers.html'))).toString();
    for (const part of ['conv5_1', 'class="curves"', 'Computing time']) expect(page).toContain(part);
    await window.explorer.shows('photo-layers.html');
  });

  it('asked for again, a finished figure is shown at once and nothing is made', async () => {
    const before = pictures(figures().at(-1)!);
    await window.command('View: Close All Editors');
    await window.explorer.menu('photo.jpg', 'Atelier', 'Reconstruct Layers…');
    await chooseInQuickInput(window.page, 'Both');
    await chooseInQuickInput(window.page, 'Mosaic');
    await panel.becomes('Done');
    expect(figures()).toHaveLength(3);
    expect(pictures(figures().at(-1)!)).toEqual(before);
  });

  it('a grid is made once more with cold starts, beside the warm one', async () => {
    await window.command('View: Close All Editors');
    await window.explorer.menu('photo.jpg', 'Atelier', 'Trade-off Grid…');
    await chooseInQuickInput(window.page, 'Mosaic');
    await panel.becomes('Done');
    await panel.press('Compare with cold starts');
    await expect.poll(() => window.tabs()).toContain('Trade-off, cold starts: photo.jpg × Mosaic');
    await panel.becomes('Drawing');
    // Its first row tells the difference.
    const finished = await panel.shows(20, 4);
    expect(finished).toEqual(expect.arrayContaining(['cell-1-1', 'cell-1-4']));
    await panel.press('Stop');
    await panel.becomes('Stopped');
    await window.screenshot('e2e/figures-grid-cold');
    const [warm, cold] = [figures()[0]!, figures().at(-1)!];
    const asked = (folder: string) =>
      JSON.parse(fs.readFileSync(path.join(folder, 'request.json'), 'utf8')) as object;
    expect(asked(cold)).toEqual({ ...asked(warm), start: 'cold' });
    // The first picture of a row has no neighbour to start from, the last one has.
    const bytes = (folder: string) => new Map(pictures(folder).map(picture => [picture.id, picture.bytes]));
    const same = (id: string) => bytes(cold).get(id)!.equals(bytes(warm).get(id)!);
    expect(['cell-1-4', 'cell-1-1'].map(same)).toEqual([true, false]);
  });

  it('leaves nothing half-written', async () => {
    const names = () => [session.workspace, ...figures()].flatMap(folder => fs.readdirSync(folder));
    await expect
      .poll(() => names().filter(name => name.startsWith('.') || name.endsWith('.part')))
      .toEqual([]);
  });
});
