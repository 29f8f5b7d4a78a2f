import type { Locator, Page } from 'playwright-core';

import { literal } from './literal';

export type Label = string | RegExp;

const entries = (page: Page): Locator => page.locator('.monaco-menu a.action-menu-item');

function entry(page: Page, label: Label): Locator {
  const text = label instanceof RegExp ? label : new RegExp(`^\\s*${literal(label)}\\s*$`);
  return entries(page)
    .filter({ has: page.locator('.action-label', { hasText: text }) })
    .last();
}

/**
 * Opens a menu and the submenus on the way to an entry, then does something there. Repeated when an attempt
 * fails, since extensions contribute their entries late and a menu ignores clicks in its first 100 ms.
 */
async function inMenu<T>(
  page: Page,
  open: () => Promise<void>,
  submenus: readonly Label[],
  act: () => Promise<T>,
  attempts = 12,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      await open();
      await entries(page).first().waitFor({ timeout: 2500 });
      await page.waitForTimeout(300);
      for (const [depth, label] of submenus.entries()) {
        await entry(page, label).hover({ timeout: 2000 });
        await page
          .locator('.monaco-submenu')
          .nth(depth)
          .locator('a.action-menu-item')
          .first()
          .waitFor({ timeout: 2500 });
        await page.waitForTimeout(300);
      }
      return await act();
    } catch (error) {
      if (attempt >= attempts) throw error;
      await closeMenus(page);
    }
  }
}

/**
 * Opens a menu and clicks through it.
 * @param open what shows the menu, a right click say
 * @param labels the entry's label, preceded by those of the submenus that lead to it
 */
export async function chooseFromMenu(
  page: Page,
  open: () => Promise<void>,
  labels: readonly Label[],
): Promise<void> {
  const [last] = labels.slice(-1);
  if (last === undefined) throw new Error('No menu entry was named.');
  await inMenu(page, open, labels.slice(0, -1), async () => {
    await entry(page, last).click({ timeout: 2000 });
    await page.locator('.monaco-menu').first().waitFor({ state: 'hidden', timeout: 2000 });
  });
}

/**
 * The labels in a menu, or in one of its submenus.
 * @param submenus labels of the submenus that lead to the one to read
 */
export async function readMenu(
  page: Page,
  open: () => Promise<void>,
  submenus: readonly Label[],
): Promise<string[]> {
  const labels = await inMenu(page, open, submenus, async () => {
    const menu =
      submenus.length === 0 ? page.locator('.monaco-menu') : page.locator('.monaco-submenu').last();
    return menu.locator('a.action-menu-item .action-label').allInnerTexts();
  });
  await closeMenus(page);
  return labels.map(label => label.trim()).filter(label => label !== '');
}

/** Closes whatever menus are open. */
export async function closeMenus(page: Page): Promise<void> {
  for (let i = 0; i < 4 && (await entries(page).count()) > 0; i++) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
  }
}
