import type { Locator } from 'playwright-core';

import { clickUntil, until } from './waiting';
import type { Workbench } from './workbench';

/** The view of runs in the side bar, driven as a person would. */
export class RunsView {
  constructor(private readonly window: Workbench) {}

  /** Brings the view to the front. */
  async open(): Promise<void> {
    const icon = this.window.page.locator('.activitybar .action-label[aria-label^="Atelier"]').first();
    const isOpen = () => this.title.isVisible();
    // A click on the icon of the view that is open would close it.
    if (await isOpen()) return;
    // The badge with the number of paintings lies over it, and takes the click for it.
    await clickUntil('the view of runs to open', () => icon.click({ force: true }), isOpen);
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
    const action = row.locator(`a.action-label[aria-label^="${button}"]`);
    // A row whose painting goes on is drawn anew, without its buttons until the pointer comes over it.
    await until(
      `the button “${button}” in the row ${text} to be pressed`,
      async () => {
        // A pointer that is there already would not bring them back.
        await this.window.page.mouse.move(0, 0);
        await row.hover({ timeout: 5000 });
        if ((await action.count()) === 0) return this.row('').allInnerTexts();
        await action.click({ timeout: 2000 });
        return true;
      },
      there => there === true,
    );
  }
}
