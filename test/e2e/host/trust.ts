import type { Page } from 'playwright-core';

const restrictedMode = (page: Page) =>
  page.locator('.part.statusbar .statusbar-item', { hasText: 'Restricted Mode' });

/** Waits until the window says that it is in restricted mode, as it does at first in an untrusted folder. */
export async function isRestricted(page: Page): Promise<void> {
  await restrictedMode(page).waitFor({ timeout: 30_000 });
}

/** Trusts the folder that a restricted window shows, through VS Code's own page for it. */
export async function trustFolder(page: Page): Promise<void> {
  await restrictedMode(page).click();
  const editor = page.locator('.workspace-trust-editor');
  await editor.locator('.monaco-button', { hasText: /^Trust$/ }).click({ timeout: 30_000 });
  await restrictedMode(page).waitFor({ state: 'hidden', timeout: 30_000 });
  // The page covers the window.
  await page.locator('.monaco-modal-editor-block .modal-editor-action-container .codicon-close').click();
  await editor.waitFor({ state: 'hidden', timeout: 30_000 });
}
