import type { Locator, Page } from 'playwright-core';

const widget = (page: Page): Locator => page.locator('.quick-input-widget:visible');

/** The visible rows of the open quick pick that contain a text. */
export const quickInputRow = (page: Page, text: string | RegExp): Locator =>
  widget(page).locator('.monaco-list-row').filter({ hasText: text });

/** Waits until a quick pick or input box is open. */
export async function quickInputOpens(page: Page, timeout = 30_000): Promise<void> {
  await widget(page).waitFor({ timeout });
}

/** The labels, with descriptions and details, of the rows that are in view, once the list has settled. */
export async function quickInputRows(page: Page): Promise<string[]> {
  await quickInputOpens(page);
  const read = () => widget(page).locator('.monaco-list-row').allInnerTexts();
  for (let before = await read(); ;) {
    await page.waitForTimeout(250);
    const rows = await read();
    if (rows.length > 0 && rows.join('\n') === before.join('\n'))
      return rows.map(row => row.replace(/\s+/g, ' ').trim());
    before = rows;
  }
}

/** The title of the open quick input; empty where it has none. It may still be that of the one before: poll. */
export async function quickInputTitle(page: Page): Promise<string> {
  await quickInputOpens(page);
  return (await widget(page).locator('.quick-input-title').innerText()).trim();
}

/** What the empty field of the open quick input says. It may still be that of the one before: poll. */
export async function quickInputPlaceholder(page: Page): Promise<string> {
  await quickInputOpens(page);
  return (await widget(page).locator('input.input').first().getAttribute('placeholder')) ?? '';
}

/** Whether the palette that a command was chosen in goes, or becomes what the command asks, within seconds. */
export async function paletteCloses(page: Page): Promise<boolean> {
  const input = widget(page).locator('input.input').first();
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await page.waitForTimeout(50))
    if (!(await input.isVisible()) || !(await typed(input)).startsWith('>')) return true;
  return false;
}

/** What stands in a field; nothing when it goes meanwhile. */
async function typed(input: Locator): Promise<string> {
  try {
    return await input.inputValue({ timeout: 1000 });
  } catch {
    return '';
  }
}

/** Narrows the open quick pick to a text and takes the row that shows it; the row may be out of view before. */
export async function chooseInQuickInput(page: Page, text: string, timeout = 30_000): Promise<void> {
  await quickInputOpens(page, timeout);
  const row = quickInputRow(page, text).first();
  if (!(await row.isVisible())) await widget(page).locator('input.input').first().fill(text);
  await row.waitFor({ timeout });
  await row.click();
}

/** Ticks rows of a quick pick that takes several. */
export async function tickInQuickInput(page: Page, texts: readonly string[]): Promise<void> {
  await quickInputOpens(page);
  for (const text of texts)
    await quickInputRow(page, text).first().locator('label.quick-input-list-label').click();
}

/** Types into the open quick input, replacing what is there, and accepts. */
export async function answerQuickInput(page: Page, text: string): Promise<void> {
  await quickInputOpens(page);
  await widget(page).locator('input.input').first().fill(text);
  await page.keyboard.press('Enter');
}

/** Accepts the open quick input as it stands (the ticked rows, the focused row). */
export async function acceptQuickInput(page: Page): Promise<void> {
  await quickInputOpens(page);
  await page.keyboard.press('Enter');
}

/**
 * Answers VS Code's own dialog for files. It lists folders while one types, and completes what it takes for the
 * beginning of a name: only what stands still is accepted.
 * @param file absolute path
 */
export async function answerFileDialog(page: Page, file: string): Promise<void> {
  await quickInputOpens(page);
  const input = widget(page).locator('input.input').first();
  const settled = async (): Promise<string> => {
    for (let before = ''; ;) {
      const value = await input.inputValue();
      if (value !== '' && value === before) return value;
      before = value;
      await page.waitForTimeout(500);
    }
  };
  await settled();
  for (let attempt = 1; attempt <= 5; attempt++) {
    await input.fill(file);
    if ((await settled()) === file) break;
  }
  // While it still looks for the file, it takes no Enter.
  for (let attempt = 1; ; attempt++) {
    await input.press('Enter');
    try {
      await widget(page).waitFor({ state: 'hidden', timeout: 5000 });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
