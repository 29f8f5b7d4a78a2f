import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { recipeIn } from '../../src/images/recipe';
import { pictureFailures } from './host/failures';
import { FigurePanel } from './host/figurePanel';
import { photograph, saved, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import {
  answerFileDialog,
  chooseInQuickInput,
  quickInputOpens,
  quickInputTitle,
  quickInputRow,
} from './host/quickInput';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { chooseStyle } from './host/stylePicker';
import { isRestricted, trustFolder } from './host/trust';
import { writeMachineSettings } from './host/userSettings';
import type { Workbench } from './host/workbench';

const quick = { 'atelier.preset': 'preview', 'atelier.size': 128 };

describe('By keyboard alone', () => {
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;
  const inWorkspace = (name: string): string => path.join(session.workspace, name);

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph, 'album/photo.jpg': photograph },
      settings: quick,
    });
    writeRecipe(session.workspace, 'album', { content: 'album/photo.jpg', size: 128, steps: 60 });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    studio = new StudioPanel(window);
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('goes from the command palette to a painting', async () => {
    const { keyboard } = window.page;
    const palette = async (title: string) => {
      await keyboard.press('F1');
      await quickInputOpens(window.page);
      await keyboard.type(title);
      await quickInputRow(window.page, title).first().waitFor({ timeout: 60_000 });
      await keyboard.press('Enter');
    };
    // An open palette does not learn of commands that are contributed meanwhile.
    await window.commandsWith('Atelier: Stylize Image…');
    await palette('Atelier: Stylize Image…');
    await expect.poll(() => quickInputTitle(window.page)).toBe('Stylize an image');
    await quickInputRow(window.page, 'photo.jpg').first().waitFor();
    await keyboard.type('photo');
    await keyboard.press('Enter');
    await expect.poll(() => quickInputTitle(window.page)).toMatch(/^Stylize photo\.jpg/);
    await keyboard.type('Woodcut');
    await quickInputRow(window.page, 'Woodcut').first().waitFor();
    await keyboard.press('Enter');
    await studio.paints();
    await studio.becomes('Done');
    const painted = await Promise.any([
      saved(inWorkspace('photo-atelier.png')),
      saved(inWorkspace('album/photo-atelier.png')),
    ]);
    expect(painted.length).toBeGreaterThan(1000);
  });

  it('steers the studio with Tab, arrows and Enter', async () => {
    const { keyboard } = window.page;
    const page = await studio.page();
    const focused = () =>
      page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
      });
    // The second group of editors.
    await keyboard.press('ControlOrMeta+2');
    const seen: string[] = [];
    for (let i = 0; i < 30 && !seen.includes('Losses'); i++) {
      await keyboard.press('Tab');
      seen.push(await focused());
    }
    expect(seen.join('|')).toMatch(/Style: Woodcut.*Save as….*Timeline.*Run again.*Losses/);
    await keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('Reconstructions');
    expect(await page.getByRole('tab', { name: 'Reconstructions' }).getAttribute('aria-selected')).toBe(
      'true',
    );
  });

  it('keeps a painting that cannot be saved, says why, and saves it elsewhere', async () => {
    await window.explorer.menu('album.atelier.json', 'Run Recipe');
    await studio.becomes('Painting');
    await studio.press('Pause');
    await studio.becomes('Paused');
    // The folder of the photograph goes while it is painted; root may write even where it is read-only.
    fs.rmSync(inWorkspace('album'), { recursive: true });
    fs.writeFileSync(inWorkspace('album'), 'no folder any more');
    await studio.press('Continue');
    await studio.becomes('Failed');
    expect(await studio.problem()).toMatch(/cannot be written: .*The picture is kept as /);
    await window.screenshot('e2e/surroundings-not-saved');
    await studio.press('Save As…');
    const elsewhere = inWorkspace('rescued.png');
    await answerFileDialog(window.page, elsewhere);
    await saved(elsewhere);
    expect(JSON.parse((await recipeIn(elsewhere)) ?? '{}')).toMatchObject({ size: 128, steps: 60 });
  });
});

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
    await chooseStyle(window.page, 'Mosaic');
    await saved(path.join(session.workspace, 'photo-atelier.png'));
    expect(fs.readdirSync(path.join(session.workspace, 'elsewhere'))).toEqual([]);
  });

  it('runs recipes once the folder is trusted', async () => {
    fs.rmSync(path.join(session.workspace, '.vscode'), { recursive: true });
    await trustFolder(window.page);
    await window.explorer.menu('theirs.atelier.json', 'Run Recipe');
    await saved(path.join(session.workspace, 'photo-atelier-2.png'));
  });
});

describe('In Simplified Chinese', () => {
  let session: Session;
  let window: Workbench;

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph },
      settings: { ...quick, 'atelier.figureSize': 64, 'atelier.figureSteps': 8 },
      language: 'zh-cn',
    });
    writeMachineSettings(session.server.userDataDir, { 'atelier.threads': 2 });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('paints, and says everything in that language', async () => {
    await window.explorer.menu('photo.jpg', 'Atelier', '风格化图像…');
    await expect.poll(() => quickInputTitle(window.page)).toContain('风格化 photo.jpg');
    await chooseStyle(window.page, '马赛克');
    const studio = new StudioPanel(window);
    await studio.becomes('完成');
    await saved(path.join(session.workspace, 'photo-atelier.png'));
    const page = await studio.page();
    expect((await page.getByRole('tab').allInnerTexts()).join()).not.toMatch(/[A-Za-z]/);
    expect((await page.locator('vscode-button, button.tool').allInnerTexts()).join()).not.toMatch(/[A-Za-z]/);
    expect(await page.locator('atelier-run-header .facts').innerText()).toContain('CPU，2 个线程');
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
    for (const text of ['<html lang="zh-cn">', '每一层知道什么', '白噪声']) expect(page).toContain(text);
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
