import type { Locator, Page } from 'playwright-core';

import { literal } from './literal';
import { chooseFromMenu, readMenu, type Label } from './menus';
import { chooseInQuickInput, quickInputRow } from './quickInput';

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
    const selected = this.page.locator('.explorer-folders-view .monaco-list-row.selected');
    for (let attempt = 1; ; attempt++) {
      for (const [i, name] of names.entries())
        await this.row(name).click(i === 0 ? {} : { modifiers: ['ControlOrMeta'] });
      await this.page.waitForTimeout(500);
      if ((await selected.count()) === names.length) return;
      if (attempt === 5) throw new Error(`${names.join(', ')} could not be selected.`);
    }
  }

  /**
   * Right-clicks a file and chooses an entry.
   * @param labels the entry's label, preceded by those of the submenus that lead to it
   */
  async menu(name: string, ...labels: Label[]): Promise<void> {
    await this.shows(name);
    await chooseFromMenu(this.page, () => this.row(name).click({ button: 'right' }), labels);
  }

  /** The labels of a file's context menu, or of the submenu that the given labels lead to. */
  async menuLabels(name: string, ...submenus: Label[]): Promise<string[]> {
    await this.shows(name);
    return readMenu(this.page, () => this.row(name).click({ button: 'right' }), submenus);
  }

  /** Opens a file in its default editor. */
  async open(name: string): Promise<void> {
    await this.shows(name);
    await this.row(name).dblclick();
  }

  /** Opens a file with a named editor through "Open With…"; custom editors register seconds after the tree shows. */
  async openWith(name: string, editor: string, attempts = 15): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.menu(name, 'Open With...');
      try {
        await quickInputRow(this.page, editor).first().waitFor({ timeout: 3000 });
        break;
      } catch (error) {
        if (attempt >= attempts) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await chooseInQuickInput(this.page, editor);
  }
}
