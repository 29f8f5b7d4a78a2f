import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** Findings of axe on a page, or in a frame of one, that are serious or critical, in one line each. */
export async function seriousFindings(page: Page | Frame): Promise<string[]> {
  // The content security policy keeps inline scripts out, but not what the debugger evaluates.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.target.join(' ')).join(', ')}`);
}
