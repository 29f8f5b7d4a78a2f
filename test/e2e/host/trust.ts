import type { Page } from 'playwright-core';

/** Answers the question that a window with workspace trust asks when a folder is opened first. */
export async function answerTrust(page: Page, trusted: boolean): Promise<void> {
  const box = page.locator('.monaco-dialog-box').filter({ hasText: 'trust the authors' });
  await box.waitFor({ timeout: 60_000 });
  await box
    .locator('.monaco-button')
    .filter({ hasText: trusted ? /^Yes/ : /^No/ })
    .click();
  await box.waitFor({ state: 'hidden', timeout: 30_000 });
}

/** Whether the window says that it is in restricted mode. */
export async function isRestricted(page: Page): Promise<boolean> {
  return (await page.locator('.part.statusbar .statusbar-item', { hasText: 'Restricted Mode' }).count()) > 0;
}
