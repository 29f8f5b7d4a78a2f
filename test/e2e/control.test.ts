import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { recipeIn } from '../../src/images/recipe';
import { createJob, listJobs } from '../../src/jobs/folder';
import { JobRecorder } from '../../src/jobs/recorder';
import { presets } from '../../src/recipe/presets';
import { pictureFailures } from './host/failures';
import { photograph, saved, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import { RunsView } from './host/runsView';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import type { Theme } from './host/userSettings';
import { until } from './host/waiting';
import type { Workbench } from './host/workbench';
import { seriousFindings } from './webview/accessibility';

const themes: readonly Theme[] = ['vs', 'hc-black', 'hc-light', 'vs-dark'];

/** When old runs are deleted: a minute after the first window is there, with room for a machine that is busy. */
const PRUNED_MS = 150_000;

describe('Steering a painting while it is painted', () => {
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;
  let finished: string;
  let interrupted: string;
  const storage = () => path.join(session.server.userDataDir, 'User', 'globalStorage', 'atelier.atelier');

  /** A run of long ago. */
  const oldRun = (name: string, finished: boolean): string => {
    const folder = createJob(
      storage(),
      { ...presets.studio, content: `/${name}.jpg`, styles: [{ image: '/style.jpg', weight: 1 }] },
      { now: new Date('2020-01-01') },
    );
    const done = { event: 'done', output: '/gone.png', device: 'cpu', seconds: 1, peakRssMiB: 1 } as const;
    if (finished) JobRecorder.open(folder, console.error).record(done);
    return folder;
  };

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph },
      settings: { 'atelier.resume': 'never', 'atelier.notifyWhenDone': true },
    });
    finished = oldRun('finished', true);
    interrupted = oldRun('interrupted', false);
    // It does not end by itself while these tests look at it.
    writeRecipe(session.workspace, 'long', { name: 'A long one', size: 128, steps: 20_000, pyramid: false });
    writeRecipe(session.workspace, 'short', { name: 'A short one', size: 128, steps: 12 });
    writeRecipe(session.workspace, 'unseen', { name: 'An unseen one', size: 96, steps: 200 });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    studio = new StudioPanel(window);
    await window.explorer.menu('long.atelier.json', 'Run Recipe');
    await studio.paints();
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('pauses, stands still, and goes on', async () => {
    await studio.press('Pause');
    await studio.becomes('Paused');
    const paused = await studio.step();
    const status = window.page.locator('.statusbar-item', { hasText: 'Atelier' });
    await status.locator('.codicon-debug-pause').waitFor();
    // Nothing tells that nothing happens; all this takes longer than a step.
    for (const section of ['Controls', 'Layers', 'Reconstructions', 'Losses'] as const)
      await studio.choose(section);
    expect(await studio.step()).toBe(paused);
    await studio.press('Continue');
    await studio.becomes('Painting');
    await studio.comesTo(paused + 3);
  });

  it('keeps its place while files are opened in the explorer', async () => {
    await window.showTab('A long one');
    await window.explorer.open('short.atelier.json');
    await expect.poll(() => window.tabs()).toContain('short.atelier');
    const groups = window.page.locator('.editor-group-container');
    await expect.poll(() => groups.count()).toBe(2);
    const inLast = async () => (await groups.last().locator('.tab').allInnerTexts()).join();
    await expect.poll(inLast).toMatch(/^\s*A long one\s*$/);
    await window.explorer.menu('photo.jpg', 'Atelier', 'Open in Atelier');
    await window.webview('atelier-image-editor');
    await expect.poll(() => groups.last().locator('.tab').count()).toBe(1);
  });

  it('goes on behind another editor, and shows what came meanwhile on the page that it had', async () => {
    await window.showTab('A long one');
    const page = await studio.page();
    await page.evaluate('document.body.dataset.kept = "yes"');
    const before = await studio.step();
    await window.command('View: Unlock Editor Group');
    await window.explorer.open('long.atelier.json');
    await until(
      'some steps that nobody sees',
      () => listJobs(storage()).map(({ state }) => state.step),
      ([step = 0]) => step >= before + 3,
    );
    await window.showTab('A long one');
    await studio.comesTo(before + 3);
    await studio.paints(before + 3);
    expect(await (await studio.page()).evaluate('document.body.dataset.kept')).toBe('yes');
  });

  it('takes new strengths at once, and marks the change in the curves', async () => {
    await studio.choose('Controls');
    const page = await studio.page();
    const strength = page.getByRole('slider', { name: 'Strength' });
    await strength.focus();
    // One change: each key is retuned at once, and marked if a step lies between.
    await strength.press('PageUp');
    const ratio = Number(
      await page.getByRole('textbox', { name: 'Ratio of content to style' }).inputValue().then(fraction),
    );
    expect(ratio).toBeLessThan(presets.studio.ratio);
    await studio.choose('Losses');
    const mark = page.locator('atelier-loss-section .marks li');
    await mark.first().waitFor();
    await expect
      .poll(() => mark.allInnerTexts())
      .toEqual([expect.stringMatching(/^Retuned at step \d+: α\/β /)]);
    await studio.comesTo((await studio.step()) + 2);
    await window.screenshot('e2e/control-retuned');
  });

  it('shows what the layers know while it paints', async () => {
    await studio.choose('Layers');
    const page = await studio.page();
    const layers = page.locator('atelier-layer-section section');
    await expect.poll(() => layers.count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(5);
    await expect
      .poll(() => layers.locator('h4').allInnerTexts())
      .toEqual(expect.arrayContaining(['conv1_1', 'conv2_1', 'conv3_1', 'conv4_1', 'conv5_1']));
    // The result's map of the first layer has more than one colour.
    const colours = () =>
      page
        .locator('atelier-heat-map canvas')
        .nth(1)
        .evaluate(canvas => {
          const { width, height } = canvas as HTMLCanvasElement;
          const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height);
          return new Set(new Uint32Array(pixels?.data.buffer ?? new ArrayBuffer(0))).size;
        });
    await expect.poll(colours, { timeout: 60_000 }).toBeGreaterThan(8);
    const before = await studio.step();
    await studio.comesTo(before + 2);
    await window.screenshot('e2e/control-layers');
  });

  it('says what a layer sees, and shows how its Gram matrix differs from that of the style, live', async () => {
    const page = await studio.page();
    const first = page.locator('atelier-layer-section section').first();
    const facts = (await first.locator('.facts').innerText()).replaceAll('\n', ' ');
    expect(facts).toMatch(/3 × 3|3 px/);
    expect(facts).toMatch(/channels/i);
    const difference = page.getByRole('img', { name: /conv2_1.*difference/i });
    const drawn = () => difference.evaluate(canvas => (canvas as HTMLCanvasElement).toDataURL());
    const before = await drawn();
    expect(before).not.toBe(
      await page
        .getByRole('img', { name: /conv2_1.*style/i })
        .evaluate(canvas => (canvas as HTMLCanvasElement).toDataURL()),
    );
    await expect.poll(drawn, { timeout: 60_000, interval: 500 }).not.toBe(before);
  });

  it('shows over the painting the gradient of a layer', async () => {
    const page = await studio.page();
    const gradient = page.getByRole('button', { name: 'Gradient', exact: true });
    await expect.poll(() => gradient.count(), { timeout: 120_000, interval: 250 }).toBe(6);
    const images = page.locator('atelier-stage img');
    const painting = await images.count();
    const pressed = () => gradient.nth(3).getAttribute('aria-pressed');
    await gradient.nth(3).click();
    await expect.poll(pressed).toBe('true');
    await expect.poll(() => images.count(), { timeout: 30_000 }).toBe(painting + 1);
    // The overlay has arrived, is as large as the painting, and is neither empty nor opaque everywhere.
    const overlay = () =>
      images.last().evaluate(element => {
        const image = element as HTMLImageElement;
        const { naturalWidth: width, naturalHeight: height } = image;
        if (!image.complete || width === 0) return undefined;
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d');
        context?.drawImage(image, 0, 0);
        let pixels: Uint8ClampedArray | undefined;
        try {
          pixels = context?.getImageData(0, 0, width, height).data;
        } catch {
          // A picture from elsewhere may be looked at, but not read.
        }
        return { width, opacities: pixels && new Set(pixels.filter((_, i) => i % 4 === 3)).size };
      });
    // Both are exchanged while it paints: they need not be of one step at every moment.
    const fits = async () => {
      const [over, under] = [await overlay(), await studio.preview()];
      return over !== undefined && over.width === under?.width && (over.opacities ?? Infinity) > 8;
    };
    await expect.poll(fits, { timeout: 30_000 }).toBe(true);
    await window.screenshot('e2e/control-gradient');
    await gradient.nth(3).click();
    await expect.poll(pressed).toBe('false');
    await expect.poll(() => images.count()).toBe(painting);
  });

  it('fills in reconstructions while it paints', async () => {
    await studio.choose('Reconstructions');
    const page = await studio.page();
    const cards = page.locator('atelier-reconstruction-section figure');
    // Five cumulative sets of style layers, and the content layer.
    await expect.poll(() => cards.count(), { timeout: 60_000 }).toBe(6);
    await cards.first().locator('img').waitFor({ timeout: 120_000 });
    const before = await studio.step();
    await studio.comesTo(before + 2);
  });

  it('pauses again', async () => {
    await studio.press('Pause');
    await studio.becomes('Paused');
  });

  it.each(themes)('is accessible in %s, in every section, and so is the editor of its image', async theme => {
    await window.setTheme(theme);
    const page = await studio.page();
    for (const section of ['Layers', 'Controls', 'Losses', 'Reconstructions'] as const) {
      await studio.choose(section);
      expect(await seriousFindings(page)).toEqual([]);
    }
    await window.screenshot(`e2e/theme-${theme}-paused`);
    expect(await seriousFindings(await window.webview('atelier-image-editor'))).toEqual([]);
  });

  it('stops, keeps the picture with the strengths that it has now, and computes its insights when it is idle', async () => {
    await studio.press('Stop and keep');
    await studio.becomes('Stopped');
    const file = path.join(session.workspace, 'photo-mosaic.png');
    await saved(file);
    const recipe = JSON.parse((await recipeIn(file)) ?? '{}') as { ratio?: number };
    expect(recipe.ratio).toBeLessThan(presets.studio.ratio);
    const said = await studio.find('atelier-transport .saved');
    await expect.poll(() => said.innerText()).toBe('Saved as photo-mosaic.png');
    const page = await studio.page();
    const pictures = page.locator('atelier-reconstruction-section figure img');
    await expect.poll(() => pictures.count(), { timeout: 120_000, interval: 250 }).toBeGreaterThanOrEqual(3);
    await window.screenshot('e2e/control-reconstructions');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('goes on from where it was stopped', async () => {
    const stopped = await studio.step();
    await studio.press('Resume');
    await studio.becomes('Painting');
    await studio.comesTo(stopped + 2);
    await studio.press('Stop and keep');
    await studio.becomes('Stopped');
    await saved(path.join(session.workspace, 'photo-mosaic-2.png'));
    await studio.press('Open the result');
    await expect.poll(() => window.tabs()).toContain('photo-mosaic-2');
    // It takes the focus once it is there.
    await window.webview('atelier-image-editor');
  });

  it('is discarded with one click, and goes on with another', async () => {
    await window.explorer.menu('long.atelier.json', 'Run Recipe');
    await studio.becomes('Painting');
    await studio.comesTo(2);
    const running = listJobs(storage()).find(({ state }) => state.status === 'running');
    const folders = () => listJobs(storage()).map(({ folder }) => folder);
    expect(running?.recipe.name).toBe('A long one');
    await studio.press('Discard');
    await (await studio.find('.empty')).waitFor();
    await expect.poll(folders).not.toContain(running!.folder);
    await window.notification('Discarded "A long one".', 'Undo');
    await studio.becomes('Painting');
    await expect.poll(folders).toContain(running!.folder);
    await studio.press('Discard');
    await (await studio.find('.empty')).waitFor();
  });

  it('says that a painting is saved that nobody looks at, and compares it with the photograph', async () => {
    await window.explorer.menu('unseen.atelier.json', 'Run Recipe');
    await studio.becomes(/Starting|Painting/);
    await window.showTab('An unseen one');
    await window.command('View: Close Editor');
    await window.screenshot('e2e/control-unseen');
    await window.notification('Saved photo-mosaic-3.png', 'Compare');
    const front = window.page.locator('.editor-group-container.active .tab.active');
    const name = async () => (await front.allInnerTexts()).join().replace(/\s/g, '');
    await expect.poll(name).toBe('photo.jpg');
  });

  it('takes turns with another window: the second says that it waits, and begins when the first has ended', async () => {
    const second = await session.window();
    const other = new StudioPanel(second);
    await window.explorer.menu('long.atelier.json', 'Run Recipe');
    await studio.becomes('Painting');
    await studio.comesTo(2);
    await second.explorer.menu('short.atelier.json', 'Run Recipe');
    expect(await other.problem()).toContain('Another window is painting.');
    const runs = new RunsView(second);
    await runs.open();
    await runs.row(/A short one.*waiting for another window/).waitFor();
    await runs.row(/A long one.*painting.*in another window/).waitFor();
    await second.screenshot('e2e/windows-waiting');
    await studio.press('Stop and keep');
    await studio.becomes('Stopped');
    await other.becomes('Done');
    await saved(path.join(session.workspace, 'photo-mosaic-5.png'));
    await expect.poll(async () => (await other.find('atelier-problem')).count()).toBe(0);
  });

  it('old runs are deleted by themselves, but none that was interrupted', async () => {
    await expect.poll(() => fs.existsSync(finished), { timeout: PRUNED_MS, interval: 500 }).toBe(false);
    expect(fs.existsSync(interrupted)).toBe(true);
  });
});

/** "1:300" or "0.0033" as a number. */
function fraction(text: string): number {
  const [one = NaN, other = 1] = text.split(':').map(Number);
  return one / other;
}
