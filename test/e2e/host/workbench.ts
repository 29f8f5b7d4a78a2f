import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';

import { Explorer } from './explorer';
import { repository } from './installation';
import { chooseInQuickInput, dismissQuickInput, quickInputOpens, quickInputRow } from './quickInput';
import type { Server } from './server';
import { storedEditors } from './storedEditors';
import { themeLabels, type Theme } from './userSettings';
import { clickUntil, until } from './waiting';
import { webviewWith } from './webviews';

/** Looks without finding a notification, 50 ms each, after which it may have gone from view. */
const LOOKS_BEFORE_BELL = 100;

export const screenshotFolder = path.join(repository, 'out', 'screenshots');

/** How a window is opened. */
export interface WindowOptions {
  /** Absolute path of the folder, or of a `.code-workspace` file, to open. */
  readonly open?: string;
  /** Absolute paths of extensions to load from their development folders (the server must allow it). */
  readonly development?: readonly string[];
  /** Absolute path of a script whose `run()` the extension host calls (the server must allow it). */
  readonly tests?: string;
}

/** The address that shows a window of a server. */
export function windowUrl(server: Server, { open, development = [], tests }: WindowOptions): string {
  const remote = (file: string): string => `vscode-remote://${server.authority}${file}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...development.map(folder => ['extensionDevelopmentPath', remote(folder)]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
  ];
  const url = new URL(`http://${server.authority}/`);
  if (open === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set(open.endsWith('.code-workspace') ? 'workspace' : 'folder', open);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** One VS Code window in the browser, driven as a person would. */
export class Workbench {
  readonly explorer: Explorer;

  private constructor(readonly page: Page) {
    this.explorer = new Explorer(page);
  }

  /** Opens a window and waits until its side bar shows. */
  static async open(browser: Browser, server: Server, options: WindowOptions): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    await page.goto(windowUrl(server, options), { waitUntil: 'domcontentloaded' });
    const workbench = new Workbench(page);
    await workbench.isReady(options.open !== undefined);
    return workbench;
  }

  private async isReady(folder = true): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 90_000 });
    // Without a folder, the side bar is closed.
    const sideBar = this.page.locator('.part.sidebar .pane-header').first();
    if (folder) await sideBar.waitFor({ timeout: 90_000 });
    else await this.page.locator('.part.activitybar .action-label').first().waitFor({ timeout: 90_000 });
  }

  /** Reloads the window, as the command of that name does. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
    await this.isReady();
  }

  /** Closes the folder, in the same browser: webviews that are settled stay so. */
  async leaveFolder(server: Server): Promise<void> {
    await this.page.goto(windowUrl(server, {}), { waitUntil: 'domcontentloaded' });
    await this.isReady(false);
  }

  /** Reloads the window so that it comes back without any editor. */
  async reloadWithoutEditors(): Promise<void> {
    await this.command('View: Close All Editors');
    await until(
      'all tabs to close',
      () => this.tabs(),
      tabs => tabs.length === 0,
    );
    await until(
      'the window to write down that no editor is open',
      () => storedEditors(this.page),
      stored => stored.count === 0,
    );
    await this.reload();
  }

  /**
   * Waits until the window has written down which editors are open, so that it comes back with them after a reload.
   * @param kept a part of what a page keeps: an editor may be written down before its page has said it
   */
  async remembersEditors(kept = ''): Promise<void> {
    const open = (await this.tabs()).length;
    await until(
      `the window to write down that ${open} editors are open${kept && ` and keep ${kept}`}`,
      () => storedEditors(this.page),
      ({ count, text }) => count === open && text.includes(kept),
    );
  }

  /** Runs a command by its full title in the palette (`Category: Title`), waiting for it to be contributed. */
  async command(title: string, timeout = 60_000): Promise<void> {
    await this.openPalette(title, timeout);
    await chooseInQuickInput(this.page, title);
  }

  /** The palette's rows that contain a text, without running any. */
  async commandsWith(text: string): Promise<string[]> {
    await this.openPalette(text, 60_000);
    const rows = await quickInputRow(this.page, text).allInnerTexts();
    await dismissQuickInput(this.page);
    return rows.map(row => row.replace(/\s+/g, ' ').trim());
  }

  private async openPalette(text: string, timeout: number): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input').first();
    for (const deadline = Date.now() + timeout; ;) {
      await this.page.keyboard.press('F1');
      try {
        await quickInputOpens(this.page, 5000);
        // It may close again at once, when something else takes the focus.
        await input.fill(`>${text}`, { timeout: 3000 });
        await quickInputRow(this.page, text).first().waitFor({ timeout: 3000 });
        return;
      } catch (cause) {
        // An open palette does not learn of commands that are contributed meanwhile.
        await this.page.keyboard.press('Escape');
        if (Date.now() > deadline) throw new Error(`The palette does not offer “${text}”.`, { cause });
      }
    }
  }

  /** The frame of a webview, by something that only it contains. */
  webview(selector: string, timeout?: number): Promise<Frame> {
    return webviewWith(this.page, selector, timeout);
  }

  /**
   * Shows one image and closes it. The service worker behind all webviews of a browser is then in control: before that,
   * a webview was seen to stay blank or away, the first one as well, which is therefore opened again.
   */
  async settleWebviews(image: string): Promise<void> {
    await until(
      'the first webview',
      async () => {
        await this.explorer.menu(image, 'Atelier', /Open in Atelier|在 Atelier 中打开/);
        const isThere = await this.webview('atelier-image-editor', 20_000).then(
          () => true,
          () => false,
        );
        await this.command('View: Close All Editors');
        return isThere;
      },
      isThere => isThere,
    );
  }

  /** Switches the theme and waits until the window wears it; the choice lasts, as the user's. */
  async setTheme(theme: Theme): Promise<void> {
    await this.command('Preferences: Color Theme');
    // The list opens scrolled to the current theme, and a row that is half under the header takes no click.
    await this.page.locator('.quick-input-widget input.input').first().fill(themeLabels[theme]);
    await chooseInQuickInput(this.page, themeLabels[theme]);
    await this.page.locator(`.monaco-workbench.${theme}`).waitFor({ timeout: 30_000 });
  }

  /** Texts of the notifications that show now. */
  async notifications(): Promise<string[]> {
    const texts = await this.page.locator('.notification-list-item-message').allInnerTexts();
    return texts.map(text => text.trim());
  }

  /**
   * Waits for a notification with a text, then presses one of its buttons if given. One that has been in view for a while
   * goes by itself; then it is looked for behind the bell, as a person would.
   */
  async notification(text: string | RegExp, button?: string, timeout = 120_000): Promise<Locator> {
    const item = this.page.locator('.notification-list-item:visible').filter({ hasText: text }).first();
    let looks = 0;
    await until(
      `the notification “${text}”`,
      async () => {
        const there = (await item.count()) > 0;
        if (!there && ++looks % LOOKS_BEFORE_BELL === 0) await this.showNotifications();
        return there || (await this.notifications());
      },
      there => there === true,
      { timeout },
    );
    if (button === undefined) return item;
    const pressed = item.locator('.monaco-button', { hasText: button });
    await clickUntil(
      `the notification to take “${button}” and go`,
      () => pressed.click({ timeout: 5000 }),
      async () => (await item.count()) === 0,
    );
    return item;
  }

  private async showNotifications(): Promise<void> {
    if ((await this.page.locator('.notification-list-item:visible').count()) > 0) return;
    const bell = this.page.locator('.statusbar-item[id="status.notifications"] a').first();
    // Where it is lost, it is made again: this is called until the notification is there.
    await bell.click({ timeout: 5000 });
    // The bell's own hint would cover the buttons of what it shows.
    await this.page.mouse.move(700, 300);
  }

  /** Waits for a modal dialog with a text, presses one of its buttons and waits until it closes. */
  async dialog(text: string | RegExp, button: string, timeout = 60_000): Promise<void> {
    const box = this.page.locator('.monaco-dialog-box').filter({ hasText: text });
    await until(
      `a dialog that says “${text}”`,
      () => this.page.locator('.monaco-dialog-box').allInnerTexts(),
      async () => (await box.count()) > 0,
      { timeout },
    );
    await clickUntil(
      `the dialog “${text}” to take “${button}” and close`,
      () => box.locator('.monaco-button', { hasText: button }).first().click({ timeout: 5000 }),
      async () => (await box.count()) === 0,
    );
  }

  /** Texts of the status bar's entries. */
  async statusBar(): Promise<string[]> {
    const texts = await this.page.locator('.part.statusbar .statusbar-item:visible').allInnerTexts();
    return texts.map(text => text.trim()).filter(text => text !== '');
  }

  /** Titles of the open editor tabs. */
  async tabs(): Promise<string[]> {
    const labels = await this.page.locator('.tabs-container .tab .label-name').allInnerTexts();
    return labels.map(label => label.trim());
  }

  /** Brings the tab to the front whose title contains a text. */
  async showTab(text: string): Promise<void> {
    const tab = this.page.locator('.tabs-container .tab').filter({ hasText: text }).first();
    await clickUntil(
      `the tab “${text}” to come to the front`,
      () => tab.click({ timeout: 5000 }),
      async () => (await tab.getAttribute('aria-selected')) === 'true',
    );
  }

  /** Presses a button of the notification that shows the progress of something, and waits until that goes. */
  async leaveProgress(progress: Locator, button: string): Promise<void> {
    await clickUntil(
      `the progress to take “${button}” and go`,
      () => progress.locator('.monaco-button', { hasText: button }).click({ timeout: 5000 }),
      async () => !(await progress.isVisible()),
    );
  }

  /** Saves a picture of the window as `out/screenshots/<name>.png`. */
  async screenshot(name: string): Promise<string> {
    fs.mkdirSync(screenshotFolder, { recursive: true });
    const file = path.join(screenshotFolder, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Closes the window; its extension host ends when the server notices. */
  async close(): Promise<void> {
    await this.page.context().close();
  }
}
