import type { Page } from 'playwright-core';

import { clickUntil } from './waiting';

const restrictedMode = (page: Page) =>
  page.locator('.part.statusbar .statusbar-item', { hasText: 'Restricted Mode' });

/** Waits until the window says that it is in restricted mode, as it does at first in an untrusted folder. */
export async function isRestricted(page: Page): Promise<void> {
  await restrictedMode(page).waitFor({ timeout: 30_000 });
}

/**
 * Trusts the folder that a restricted window shows, through VS Code's own page for it. That page draws itself anew when it
 * is shown, so each of its clicks may be lost.
 */
export async function trustFolder(page: Page): Promise<void> {
  const restricted = restrictedMode(page);
  const editor = page.locator('.workspace-trust-editor');
  const trust = editor.locator('.monaco-button', { hasText: /^Trust$/ });
  const close = page.locator('.monaco-modal-editor-block .modal-editor-action-container .codicon-close');
  const timeout = 5000;
  await clickUntil(
    'the page of workspace trust',
    () => restricted.click({ timeout }),
    () => trust.isVisible(),
  );
  await clickUntil(
    'a trusted window',
    () => trust.click({ timeout }),
    async () => !(await restricted.isVisible()),
  );
  // The page covers the window.
  await clickUntil(
    'the page of workspace trust to go',
    () => close.click({ timeout }),
    async () => !(await editor.isVisible()),
  );
}
