import type { Locator, Page } from 'playwright-core';

import { literal } from './literal';
import { chooseFromMenu, readMenu, type Label } from './menus';
import { clickUntil } from './waiting';

/** VS Code's file explorer in one window. */
export class Explorer {
  constructor(private readonly page: Page) {}

  /** The row of a file or folder that is visible in the tree, by its exact name. */
  row(name: string): Locator {
    return this.page
      .locator('.explorer-folders-view .monaco-list-row')
      .filter({ has: this.page.locator('.label-name', { hasText: new RegExp(`^${literal(name)}$`) }) });
  }

  /** Waits until the tree shows a name. */
  async shows(name: string, timeout = 90_000): Promise<void> {
    await this.row(name).first().waitFor({ timeout });
  }

  /** Selects several rows, as with Ctrl held; again, when the editor that the first click opens takes them back. */
  async select(...names: string[]): Promise<void> {
    const rows = this.page.locator('.explorer-folders-view .monaco-list-row');
    const selected = rows.and(this.page.locator('.selected'));
    await clickUntil(
      `${names.join(', ')} to be selected in the explorer`,
      async () => {
        const [first = '', ...others] = names;
        await this.row(first).click();
        await this.page.locator('.tabs-container .tab.active').filter({ hasText: first }).waitFor();
        for (const name of others) await this.row(name).click({ modifiers: ['ControlOrMeta'] });
      },
      async () => (await selected.count()) === names.length,
    );
  }

  /**
   * Right-clicks a file and chooses an entry.
   * @param labels the entry's label, preceded by those of the submenus that lead to it
   */
  async menu(name: string, ...labels: Label[]): Promise<void> {
    await this.shows(name);
    await chooseFromMenu(this.page, () => this.row(name).click({ button: 'right', timeout: 5000 }), labels);
  }

  /** The labels of a file's context menu, or of the submenu that the given labels lead to. */
  async menuLabels(name: string, ...submenus: Label[]): Promise<string[]> {
    await this.shows(name);
    return readMenu(this.page, () => this.row(name).click({ button: 'right', timeout: 5000 }), submenus);
  }

  /** Opens a file in its default editor, and waits for its tab. */
  async open(name: string): Promise<void> {
    await this.shows(name);
    const tab = this.page.locator('.tabs-container .tab.active').filter({ hasText: name });
    await clickUntil(
      `an editor of ${name}`,
      () => this.row(name).dblclick(),
      async () => (await tab.count()) > 0,
    );
  }
}
