import type { Frame } from 'playwright-core';

import { until } from './waiting';
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
    const said = async () => {
      const page = await this.page(1000);
      return (await page.locator('atelier-figure-header .phase').innerText({ timeout: 1000 })).trim();
    };
    const isIt = (text: string): boolean =>
      phase instanceof RegExp ? phase.test(text) : text.includes(phase);
    await until(`the figure to say “${phase}”`, said, isIt, { timeout });
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
    const { done } = await until(
      `${count} pictures, ${finished} of them finished`,
      async () => {
        const drawn = [...(await this.drawn())];
        return { drawn: drawn.length, done: drawn.filter(([, { draft }]) => !draft).map(([id]) => id) };
      },
      ({ drawn, done }) => drawn >= count && done.length >= finished,
      { timeout },
    );
    return done;
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
