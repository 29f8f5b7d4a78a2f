import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runtimePlace } from '../../src/backends/tensorflow/install/place';
import { TENSORFLOW_VERSION } from '../../src/backends/tensorflow/install/wheels';
import { indexEnvironment } from '../engine/tensorflow/wheel';
import { pictureFailures } from './host/failures';
import { photograph, saved, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { writeMachineSettings } from './host/userSettings';
import type { Workbench } from './host/workbench';

const hasDriver = ['/proc/driver/nvidia/version', '/usr/lib/wsl/lib/libcuda.so.1'].some(fs.existsSync);

// Where there is a driver, the command installs CUDA: 3.4 GB.
describe.skipIf(hasDriver)('TensorFlow without a graphics card', () => {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-runtime-'));
  const place = runtimePlace(storage);
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph },
      settings: { 'atelier.preset': 'preview', 'atelier.size': 128 },
      env: await indexEnvironment(),
    });
    // All at the start: a window that has just been reloaded may miss a new file.
    writeRecipe(session.workspace, 'there', { size: 128, steps: 120 });
    writeRecipe(session.workspace, 'fallen', { size: 128, steps: 4000, pyramid: false });
    nameStorage();
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    studio = new StudioPanel(window);
  }, 400_000);

  afterAll(async () => {
    const survivors = await session?.stop();
    fs.rmSync(storage, { recursive: true, force: true });
    expect(survivors).toEqual([]);
  });

  pictureFailures(() => window);

  /** `Use It for New Paintings` writes there as well. */
  const nameStorage = () =>
    writeMachineSettings(session.server.userDataDir, {
      'atelier.storage': storage,
      'atelier.device': 'auto',
    });

  /** Asks for CUDA, and takes what is offered instead. */
  async function askForIt(answer: 'Install' | 'Cancel', picture?: string): Promise<void> {
    await window.command('Atelier: Install CUDA Runtime…');
    if (picture !== undefined) {
      await window.page.locator('.monaco-dialog-box').waitFor();
      await window.screenshot(`e2e/${picture}-refused`);
    }
    await window.dialog(/CUDA needs an NVIDIA driver, and none was found/, 'TensorFlow for the CPU…');
    const consent = window.page.locator('.monaco-dialog-box').filter({ hasText: '274 MB to download' });
    await consent.waitFor();
    if (picture !== undefined) await window.screenshot(`e2e/${picture}-consent`);
    await window.dialog('Install TensorFlow for the CPU?', answer);
  }

  const progress = () =>
    window.page
      .locator('.notification-list-item')
      .filter({ hasText: 'Installing TensorFlow for the CPU' })
      .first();

  it('is offered in the place of CUDA, and nothing is fetched without consent', async () => {
    await askForIt('Cancel', 'runtime');
    expect(fs.existsSync(place.root)).toBe(false);
  });

  it('is stopped half-way, and keeps what has arrived', async () => {
    await askForIt('Install');
    const percent = async (): Promise<number> =>
      Number(/(\d+)\s?%/.exec(await progress().innerText())?.[1] ?? 0);
    // The download is behind it, and libraries are unpacked.
    await expect.poll(percent, { timeout: 120_000, interval: 20 }).toBeGreaterThan(70);
    await window.screenshot('e2e/runtime-progress');
    await window.leaveProgress(progress(), 'Cancel');
    await expect.poll(() => fs.existsSync(place.lock)).toBe(false);
    expect(fs.existsSync(place.record)).toBe(false);
    expect(fs.readdirSync(place.root)).toContain('library.partial');
  });

  it('goes on where it was stopped, and is chosen', async () => {
    await askForIt('Install');
    await window.notification('TensorFlow for the CPU is installed.', 'Use It for New Paintings', 170_000);
    expect(JSON.parse(fs.readFileSync(place.record, 'utf8'))).toEqual({
      variant: 'cpu',
      version: TENSORFLOW_VERSION,
    });
  });

  it('is in the device report, with its version and its speed', async () => {
    await window.command('Atelier: Device Report');
    const report = await window.webview('h1:has-text("Device report")', 170_000);
    const text = await report.locator('body').innerText();
    expect(text).toContain('New paintings use TensorFlow CPU');
    expect(text).toMatch(/^TensorFlow CPU, 1 thread\s+yes\s+\d+ ms\s+\d\.\de-\d+, \d\.\de-\d+/m);
    expect(text).toMatch(/^CPU, 1 thread\s+yes, chosen by auto\s+\d+ ms/m);
    expect(text).toMatch(/^CPU \(WebAssembly\), 1 thread\s+yes\s+\d+ ms/m);
    expect(text).toMatch(/^WebGPU\s+no/m);
    expect(text).toContain('WebGPU: There is no graphics card.');
    expect(text).toContain('CUDA: The installed TensorFlow is the CPU build.');
    expect(text).toMatch(/This size needs about .* MB and .* here\. The largest that fits/);
    expect(text).toContain(`TensorFlow\t${TENSORFLOW_VERSION}, on the CPU`);
    expect(text).toMatch(/NVIDIA driver\s+not found/);
    expect(text).toMatch(/onnxruntime\s+\d+\.\d+/);
    await window.screenshot('e2e/runtime-report');
    await window.command('View: Close All Editors');
  });

  it('paints, and the status bar names it', async () => {
    await window.explorer.menu('there.atelier.json', 'Run Recipe');
    await expect
      .poll(async () => (await window.statusBar()).join('|'), { timeout: 120_000, interval: 100 })
      .toMatch(/Atelier \d+\s?% · TensorFlow CPU/);
    await studio.becomes('Done');
    const page = await studio.page();
    await expect
      .poll(() => page.locator('atelier-run-header .facts').innerText())
      .toContain('TensorFlow CPU');
    await saved(path.join(session.workspace, 'photo-mosaic.png'));
    await window.screenshot('e2e/runtime-painted');
  });

  it('is removed with everything that belongs to it', async () => {
    await window.command('Atelier: Remove CUDA Runtime…');
    await window.dialog('Remove the TensorFlow that Atelier installed?', 'Remove');
    await window.notification('TensorFlow is removed.');
    expect(fs.existsSync(place.root)).toBe(false);
  });

  it('that was installed for a card and cannot be used is told of while the CPU paints', async () => {
    fs.mkdirSync(place.root, { recursive: true });
    fs.writeFileSync(place.record, JSON.stringify({ variant: 'cuda', version: TENSORFLOW_VERSION }));
    nameStorage();
    await window.reloadWithoutEditors();
    await window.explorer.menu('fallen.atelier.json', 'Run Recipe');
    const item = window.page
      .locator('.part.statusbar .statusbar-item.warning-kind')
      .filter({ hasText: 'Atelier' });
    await item.waitFor({ timeout: 120_000 });
    await expect.poll(() => item.innerText()).toMatch(/Atelier \d+\s?% · CPU/);
    await expect
      .poll(() => item.locator('[aria-label]').first().getAttribute('aria-label'))
      .toMatch(/TensorFlow’s addon is missing/);
    const page = await studio.page();
    await expect
      .poll(() => page.locator('atelier-run-header .facts').innerText())
      .toMatch(/CPU.* – TensorFlow’s addon is missing/);
    await window.screenshot('e2e/runtime-fallen-back');
    await studio.becomes('Painting');
    await studio.press('Stop and keep');
    await studio.becomes('Stopped');
  });
});
