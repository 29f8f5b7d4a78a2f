import type { Locator } from 'playwright-core';

import type { Workbench } from './workbench';

/** The view of runs in the side bar, driven as a person would. */
export class RunsView {
  constructor(private readonly window: Workbench) {}

  /** Brings the view to the front. */
  async open(): Promise<void> {
    const icon = this.window.page.locator('.activitybar .action-label[aria-label^="Atelier"]').first();
    // The badge with the number of paintings lies over it, and takes the click for it.
    await icon.click({ force: true });
    await this.title.waitFor();
  }

  /** The header of the view, with the size of the storage beside its name. */
  get title(): Locator {
    return this.window.page.locator('.pane-header', { hasText: 'Runs' }).first();
  }

  /** Rows whose text, state and time included, contains something. */
  row(text: string | RegExp): Locator {
    return this.window.page.locator('.pane-body [role=treeitem]').filter({ hasText: text });
  }

  /** Presses one of the buttons that a row shows under the pointer. */
  async press(text: string | RegExp, button: string): Promise<void> {
    const row = this.row(text).first();
    await row.hover();
    await row.locator(`a.action-label[aria-label^="${button}"]`).click();
  }
}
