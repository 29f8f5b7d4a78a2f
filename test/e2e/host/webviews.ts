import type { Frame, Page } from 'playwright-core';

import { until } from './waiting';

const isDocument = (frame: Frame): boolean => frame.url().includes('/pre/fake.html');

/**
 * Finds the frame that holds an extension's own page, inside VS Code's two wrappers.
 * @param selector something that only this webview contains
 * @param timeout milliseconds
 */
export async function webviewWith(page: Page, selector: string, timeout = 60_000): Promise<Frame> {
  let found: Frame | undefined;
  await until(
    `a webview with ${selector} in view`,
    async () => {
      const shown: string[] = [];
      for (const frame of page.frames().filter(isDocument)) {
        try {
          // A webview behind another tab keeps its frame, but its wrapper is hidden.
          if (!(await isShown(frame))) continue;
          if ((await frame.locator(selector).count()) > 0) found = frame;
          else shown.push(await frame.title());
        } catch {
          // The frame was replaced while it was looked at.
        }
      }
      return shown;
    },
    () => found !== undefined,
    { timeout, interval: 100 },
  );
  return found!;
}

async function isShown(frame: Frame): Promise<boolean> {
  const wrapper = await frame.parentFrame()?.frameElement();
  return (await wrapper?.isVisible()) ?? false;
}
