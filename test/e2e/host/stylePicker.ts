import type { Page } from 'playwright-core';

import { chooseInQuickInput } from './quickInput';

/**
 * Takes a style in the open list of styles. The list grows while the workspace is searched, and a row that is
 * replaced under the pointer does not take the click: then it is clicked again, as a person would.
 */
export async function chooseStyle(page: Page, style: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await chooseInQuickInput(page, style);
    try {
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: 3000 });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
