import type { Frame } from 'playwright-core';

import type { Workbench } from './workbench';

/** The panel of a figure, driven as a person would. */
export class FigurePanel {
  constructor(private readonly window: Workbench) {}

  /** The panel's page; another one after a reload, and whenever the panel was hidden and is shown again. */
  page(timeout = 60_000): Promise<Frame> {
    return this.window.webview('atelier-figure', timeout);
  }

  /** Waits until the header says one of these phases ("Drawing", "Done"). */
  async becomes(phase: string | RegExp, timeout = 120_000): Promise<void> {
    const page = await this.page();
    await page.locator('atelier-figure-header .phase').filter({ hasText: phase }).waitFor({ timeout });
  }

  /** The pictures that are drawn, drafts and finished ones, by id, with the address of each. */
  async drawn(): Promise<ReadonlyMap<string, { readonly draft: boolean; readonly uri: string }>> {
    const page = await this.page();
    const cells = await page.locator('atelier-figure-cell').evaluateAll(elements =>
      elements.map(element => {
        const image = element.shadowRoot?.querySelector('img');
        const loaded = image?.complete === true && image.naturalWidth > 0;
        const draft = element.shadowRoot?.querySelector('.badge') !== null;
        return { id: element.getAttribute('data-id') ?? '', uri: loaded ? image.src : '', draft };
      }),
    );
    return new Map(cells.filter(({ uri }) => uri !== '').map(({ id, ...cell }) => [id, cell]));
  }

  /** Waits until so many pictures are drawn, drafts included, and returns which are finished. */
  async shows(count: number, finished = 0, timeout = 120_000): Promise<readonly string[]> {
    for (const deadline = Date.now() + timeout; ; await this.window.page.waitForTimeout(50)) {
      const drawn = [...(await this.drawn())];
      const done = drawn.filter(([, { draft }]) => !draft).map(([id]) => id);
      if (drawn.length >= count && done.length >= finished) return done;
      if (Date.now() > deadline)
        throw new Error(`Only ${drawn.length} pictures, ${done.length} finished, within ${timeout} ms.`);
    }
  }

  /** Presses one of the panel's buttons by its name. */
  async press(name: string | RegExp): Promise<void> {
    await (await this.page()).getByRole('button', { name }).first().click();
  }

  /** What the banner says, once there is one. */
  async problem(timeout = 60_000): Promise<string> {
    const text = (await this.page()).locator('atelier-problem .text').first();
    return (await text.innerText({ timeout })).trim();
  }
}
