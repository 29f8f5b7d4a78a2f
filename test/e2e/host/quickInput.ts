import type { Locator, Page } from 'playwright-core';

import { clickUntil, until } from './waiting';

const widget = (page: Page): Locator => page.locator('.quick-input-widget:visible');
const field = (page: Page): Locator => widget(page).locator('input.input').first();
const busy = (page: Page): Locator => widget(page).locator('.quick-input-progress.active');

/** The visible rows of the open quick pick that contain a text. */
export const quickInputRow = (page: Page, text: string | RegExp): Locator =>
  widget(page).locator('.monaco-list-row').filter({ hasText: text });

/** Waits until a quick pick or input box is open. */
export async function quickInputOpens(page: Page, timeout = 60_000): Promise<void> {
  await widget(page).waitFor({ timeout });
}

const read = async (row: Locator): Promise<string[]> =>
  (await row.allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim());

/** The labels, with descriptions and details, of the rows in view, once the list is not being filled any more. */
export async function quickInputRows(page: Page): Promise<string[]> {
  await quickInputOpens(page);
  const rows = widget(page).locator('.monaco-list-row');
  await until(
    'the rows of the open list, complete',
    async () => ({ busy: (await busy(page).count()) > 0, rows: await rows.count() }),
    found => !found.busy && found.rows > 0,
    { timeout: 60_000 },
  );
  return read(rows);
}

/** The title of the open quick input; empty where it has none. */
async function title(page: Page): Promise<string> {
  return (await widget(page).locator('.quick-input-title').innerText({ timeout: 1000 })).trim();
}

/** Waits until a quick input of that title is open. */
export async function quickInputTitled(page: Page, text: string | RegExp): Promise<void> {
  const isIt = (found: string): boolean =>
    typeof text === 'string' ? found.includes(text) : text.test(found);
  await until(`a list titled “${text}”`, () => title(page), isIt, { timeout: 60_000 });
}

/** What the empty field of the open quick input says. It may still be that of the one before: poll. */
export async function quickInputPlaceholder(page: Page): Promise<string> {
  await quickInputOpens(page);
  return (await field(page).getAttribute('placeholder')) ?? '';
}

/** Closes the open quick input without an answer. */
export async function dismissQuickInput(page: Page): Promise<void> {
  await clickUntil(
    'the open list to close',
    () => page.keyboard.press('Escape'),
    async () => (await widget(page).count()) === 0,
  );
}

/**
 * What tells one question from the next, undefined while none is open. A palette becomes the question of its command without
 * closing.
 */
function question(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const open = document.querySelector<HTMLElement>('.quick-input-widget');
    if (open === null || open.getClientRects().length === 0) return undefined;
    const { value = '', placeholder = '' } = open.querySelector<HTMLInputElement>('input.input') ?? {};
    const title = open.querySelector<HTMLElement>('.quick-input-title')?.innerText ?? '';
    return JSON.stringify([value.startsWith('>'), placeholder, title]);
  });
}

/**
 * Narrows the open quick pick to a text and takes the row that shows it, which may be out of view before; waits until the
 * list closes or becomes the next question. A row that is replaced under the pointer does not take the click, as happens
 * while extensions contribute their commands and while the workspace is searched: then it is clicked again.
 */
export async function chooseInQuickInput(page: Page, text: string, timeout = 60_000): Promise<void> {
  const isOpen = (found?: string): boolean => found !== undefined;
  const before = await until('a list to choose from', () => question(page), isOpen, { timeout });
  const row = quickInputRow(page, text).first();
  if (!(await row.isVisible())) await field(page).fill(text);
  await row.waitFor({ timeout });
  await clickUntil(
    `the open list to take “${text}”`,
    () => row.click({ timeout: 5000 }),
    async () => (await question(page)) !== before,
  );
}

/** Ticks rows of a quick pick that takes several. */
export async function tickInQuickInput(page: Page, texts: readonly string[]): Promise<void> {
  await quickInputOpens(page);
  for (const text of texts) {
    const row = quickInputRow(page, text).first();
    const box = row.locator('[role=checkbox], input[type=checkbox]').first();
    const isTicked = async (): Promise<boolean> =>
      (await box.or(row).first().getAttribute('aria-checked', { timeout: 5000 })) === 'true';
    await clickUntil(
      `“${text}” to be ticked`,
      // A second click would take the first one back.
      async () => {
        if (!(await isTicked())) await row.locator('label.quick-input-list-label').click({ timeout: 5000 });
      },
      isTicked,
    );
  }
}

/** Accepts the open quick input as it stands (the ticked rows, the focused row), and waits until it closes. */
export async function acceptQuickInput(page: Page): Promise<void> {
  await quickInputOpens(page);
  await clickUntil(
    'the open list to be accepted',
    () => field(page).press('Enter', { timeout: 5000 }),
    async () => (await widget(page).count()) === 0,
  );
}

/**
 * Answers VS Code's own dialog for files. It lists folders while one types, and completes what it takes for the
 * beginning of a name: only what stands still is accepted.
 * @param file absolute path
 */
export async function answerFileDialog(page: Page, file: string): Promise<void> {
  await quickInputOpens(page);
  const input = field(page);
  const isThere = async (): Promise<boolean> => (await input.inputValue({ timeout: 1000 })) === file;
  await until('the dialog for files to name a folder', () => input.inputValue({ timeout: 1000 }), Boolean);
  await clickUntil(
    `the dialog for files to take ${file}`,
    async () => {
      // It lists the folder at first, and the folder that one types, and then writes into the field itself.
      await until(
        'the dialog for files to have listed',
        () => busy(page).count(),
        count => count === 0,
      );
      if (!(await isThere())) await input.fill(file);
      await until(
        'the dialog for files to have listed',
        () => busy(page).count(),
        count => count === 0,
      );
      if (await isThere()) await input.press('Enter', { timeout: 5000 });
    },
    async () => (await widget(page).count()) === 0,
  );
}
