import type { Locator, Page } from 'playwright-core';

import { literal } from './literal';
import { clickUntil, until } from './waiting';

export type Label = string | RegExp;

/** How long a menu may take to show entries before it is opened anew, in milliseconds. */
const SHOWS_MS = 5000;

const entries = (page: Page): Locator => page.locator('.monaco-menu a.action-menu-item');

function entry(page: Page, label: Label): Locator {
  const text = label instanceof RegExp ? label : new RegExp(`^\\s*${literal(label)}\\s*$`);
  return entries(page)
    .filter({ has: page.locator('.action-label', { hasText: text }) })
    .last();
}

/**
 * Opens a menu and the submenus on the way to an entry, and waits for that. Repeated when an attempt fails, since extensions
 * contribute their entries late, and a menu that was opened does not learn of them.
 * @param awaited the entry that must be there; any one if none is named
 */
async function openMenu(
  page: Page,
  open: () => Promise<void>,
  submenus: readonly Label[],
  awaited?: Label,
): Promise<void> {
  const path = [...submenus, awaited ?? ''].join(' → ');
  for (const deadline = Date.now() + 120_000; ;) {
    try {
      await open();
      await entries(page).first().waitFor({ timeout: SHOWS_MS });
      for (const [depth, label] of submenus.entries()) {
        await entry(page, label).hover({ timeout: SHOWS_MS });
        const submenu = page.locator('.monaco-submenu').nth(depth);
        await submenu.locator('a.action-menu-item').first().waitFor({ timeout: SHOWS_MS });
      }
      if (awaited !== undefined) await entry(page, awaited).waitFor({ timeout: SHOWS_MS });
      return;
    } catch (error) {
      const there = await labelsIn(entries(page));
      await closeMenus(page);
      // A hint under the pointer may lie over what is to be clicked.
      await page.mouse.move(700, 300);
      if (Date.now() > deadline)
        throw new Error(`Waited for the menu “${path}”; there was “${there.join('”, “')}”.`, {
          cause: error,
        });
    }
  }
}

async function labelsIn(items: Locator): Promise<string[]> {
  const labels = await items.locator('.action-label').allInnerTexts();
  return labels.map(label => label.trim()).filter(label => label !== '');
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
  await openMenu(page, open, labels.slice(0, -1), last);
  // A menu ignores clicks in its first moments. One that it takes closes it before another can be made.
  await clickUntil(
    `the menu to take “${String(last)}” and close`,
    () => entry(page, last).click({ timeout: SHOWS_MS }),
    async () => (await entries(page).count()) === 0,
  );
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
  await openMenu(page, open, submenus);
  const menu = submenus.length === 0 ? page.locator('.monaco-menu') : page.locator('.monaco-submenu').last();
  const labels = await labelsIn(menu.locator('a.action-menu-item'));
  await closeMenus(page);
  return labels;
}

/** Closes whatever menus are open. */
async function closeMenus(page: Page): Promise<void> {
  await until(
    'all menus to close',
    async () => {
      const open = await entries(page).count();
      // One key for each level.
      if (open > 0) await page.keyboard.press('Escape');
      return open;
    },
    open => open === 0,
    { timeout: 30_000, interval: 100 },
  );
}
