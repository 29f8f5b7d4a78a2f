import type { Frame, Page } from 'playwright-core';

const isDocument = (frame: Frame): boolean => frame.url().includes('/pre/fake.html');

/**
 * Finds the frame that holds an extension's own page, inside VS Code's two wrappers.
 * @param selector something that only this webview contains
 * @param timeout milliseconds
 */
export async function webviewWith(page: Page, selector: string, timeout = 60_000): Promise<Frame> {
  for (const deadline = Date.now() + timeout; Date.now() < deadline; await page.waitForTimeout(100)) {
    for (const frame of page.frames().filter(isDocument)) {
      try {
        const found = frame.locator(selector).first();
        // A webview behind another tab keeps its frame, but its wrapper is hidden.
        if ((await found.count()) > 0 && (await isShown(frame))) return frame;
      } catch {
        // The frame was replaced while it was looked at.
      }
    }
  }
  throw new Error(`No visible webview with ${selector} within ${timeout} ms.`);
}

async function isShown(frame: Frame): Promise<boolean> {
  const wrapper = await frame.parentFrame()?.frameElement();
  return (await wrapper?.isVisible()) ?? false;
}

/** The number of webviews that exist in a window, hidden ones included. */
export const webviewCount = (page: Page): number => page.frames().filter(isDocument).length;
