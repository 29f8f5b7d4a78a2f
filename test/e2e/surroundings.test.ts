import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pictureFailures } from './host/failures';
import { FigurePanel } from './host/figurePanel';
import { photograph, saved, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import { chooseInQuickInput } from './host/quickInput';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { isRestricted, trustFolder } from './host/trust';
import type { Workbench } from './host/workbench';
import { seriousFindings } from './webview/accessibility';

const quick = { 'atelier.preset': 'preview', 'atelier.size': 128 };

describe('In a folder that is not trusted', () => {
  let session: Session;
  let window: Workbench;

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph },
      settings: { ...quick, 'security.workspace.trust.startupPrompt': 'never' },
      workspaceTrust: true,
    });
    fs.mkdirSync(path.join(session.workspace, '.vscode'));
    const elsewhere = path.join(session.workspace, 'elsewhere');
    fs.mkdirSync(elsewhere);
    const settings = { 'atelier.outputFolder': elsewhere, 'atelier.node': '/bin/false' };
    fs.writeFileSync(path.join(session.workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
    writeRecipe(session.workspace, 'theirs', { size: 128, steps: 10 });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('does not run recipes of the workspace, and says why', async () => {
    await isRestricted(window.page);
    await window.explorer.menu('theirs.atelier.json', 'Run Recipe');
    await window.notification('theirs.atelier.json was not run: this window is not trusted.');
  });

  it('paints images nevertheless, and heeds no setting of the workspace that names a file', async () => {
    await window.explorer.menu('photo.jpg', 'Atelier', 'Stylize Image…');
    await chooseInQuickInput(window.page, 'Mosaic');
    await saved(path.join(session.workspace, 'photo-mosaic.png'));
    expect(fs.readdirSync(path.join(session.workspace, 'elsewhere'))).toEqual([]);
  });

  it('runs recipes once the folder is trusted', async () => {
    fs.rmSync(path.join(session.workspace, '.vscode'), { recursive: true });
    await trustFolder(window.page);
    await window.explorer.menu('theirs.atelier.json', 'Run Recipe');
    await saved(path.join(session.workspace, 'photo-mosaic-2.png'));
  });
});

describe('In Simplified Chinese', () => {
  let session: Session;
  let window: Workbench;

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph },
      settings: {
        ...quick,
        ...{ 'atelier.figureSize': 64, 'atelier.figureSteps': 8 },
        'atelier.stylePicker': 'pictures',
      },
      machine: { 'atelier.threads': 2 },
      language: 'zh-cn',
    });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('offers the styles with their pictures in a tab that goes with the answer', async () => {
    await window.explorer.menu('photo.jpg', 'Atelier', '风格化图像…');
    const picker = await window.webview('atelier-style-picker');
    await expect.poll(() => picker.locator('h1').innerText()).toBe('风格化 photo.jpg');
    const style = picker.getByRole('option', { name: /^马赛克/ });
    const isDrawn = () => style.locator('img').evaluate((one: HTMLImageElement) => one.naturalWidth > 0);
    await expect.poll(isDrawn).toBe(true);
    expect(await seriousFindings(picker)).toEqual([]);
    expect((await picker.getByRole('button').allInnerTexts()).join()).not.toMatch(/[A-Za-z]/);
    await window.screenshot('e2e/surroundings-chinese-styles');
    await picker.locator('body').press('Escape');
    const tabs = window.page.locator('.tabs-container .tab');
    await expect.poll(() => tabs.count()).toBe(0);
  });

  it('paints, and says everything in that language', async () => {
    await window.explorer.menu('photo.jpg', 'Atelier', '风格化图像…');
    const picker = await window.webview('atelier-style-picker');
    await picker.getByRole('option', { name: /^马赛克/ }).click();
    const studio = new StudioPanel(window);
    await studio.becomes('完成');
    await saved(path.join(session.workspace, 'photo-mosaic.png'));
    // The photograph and the studio: the page for the style made no group of its own.
    expect(await window.page.locator('.editor-group-container').count()).toBe(2);
    const page = await studio.page();
    const tabs = async () => (await page.getByRole('tab').allInnerTexts()).join();
    await expect.poll(tabs).toMatch(/^[^A-Za-z]+$/);
    expect((await page.locator('vscode-button, button.tool').allInnerTexts()).join()).not.toMatch(/[A-Za-z]/);
    const facts = page.locator('atelier-run-header .facts');
    await expect.poll(() => facts.innerText()).toContain('CPU，2 个线程');
    const editor = await window.webview('atelier-image-editor');
    expect(await editor.getByRole('button', { name: '风格化' }).count()).toBeGreaterThan(0);
    await window.screenshot('e2e/surroundings-chinese');
  });

  it('makes a figure whose page is in that language', async () => {
    await window.explorer.menu('photo.jpg', 'Atelier', '重建各层…');
    await chooseInQuickInput(window.page, '内容');
    const panel = new FigurePanel(window);
    await panel.becomes('完成');
    await window.screenshot('e2e/surroundings-chinese-figure');
    const storage = path.join(session.server.userDataDir, 'User', 'globalStorage', 'atelier.atelier');
    const [figure = ''] = fs.readdirSync(path.join(storage, 'figures'));
    const page = fs.readFileSync(path.join(storage, 'figures', figure, 'index.html'), 'utf8');
    for (const text of ['<html lang="zh-cn">', '每一层表示什么', '白噪声']) expect(page).toContain(text);
  });

  it('reports on the devices in that language', async () => {
    await window.command('Atelier: 设备报告');
    const report = await window.webview('h1:has-text("设备报告")', 170_000);
    const text = await report.locator('body').innerText();
    expect(text).toContain('NVIDIA 驱动');
    expect(text).not.toMatch(/install-cuda|not found|is not installed/);
    await window.screenshot('e2e/surroundings-chinese-report');
  });
});
