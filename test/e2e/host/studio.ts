import type { Frame, Locator } from 'playwright-core';

import { clickUntil, until } from './waiting';
import type { Workbench } from './workbench';

/** The sections below the painting, by the names of their tabs in English. */
export type SectionName = 'Losses' | 'Reconstructions' | 'Layers' | 'Controls';

/** What the painting on screen is: how wide the preview is, and which step it shows. */
export interface ShownPreview {
  readonly step: number;
  readonly width: number;
}

/** The studio panel of a window, driven as a person would. */
export class StudioPanel {
  constructor(private readonly window: Workbench) {}

  /** The panel's page; another one after a reload, and whenever the panel was hidden and is shown again. */
  page(timeout = 60_000): Promise<Frame> {
    return this.window.webview('atelier-studio', timeout);
  }

  /** Waits until the header says one of these phases ("Painting", "Done"). */
  async becomes(phase: string | RegExp, timeout = 120_000): Promise<void> {
    const isIt = (said: string): boolean =>
      phase instanceof RegExp ? phase.test(said) : said.includes(phase);
    await until(`the studio to say “${phase}”`, () => this.phase(), isIt, { timeout });
  }

  /** The phase that the header says now. */
  async phase(): Promise<string> {
    const page = await this.page(1000);
    return (await page.locator('atelier-run-header .phase').innerText({ timeout: 1000 })).trim();
  }

  /** The preview or result on screen; undefined while the photograph stands in for it. */
  async preview(): Promise<ShownPreview | undefined> {
    const page = await this.page();
    return page.evaluate(() => {
      const stage = document.querySelector('atelier-studio')?.shadowRoot?.querySelector('atelier-stage');
      const pane = stage?.shadowRoot?.querySelector('atelier-pane');
      const image = pane?.shadowRoot?.querySelector('img');
      const step = Number(/\d+$/.exec(image?.alt ?? '')?.[0] ?? NaN);
      if (!image?.complete || image.naturalWidth === 0 || Number.isNaN(step)) return undefined;
      return { step, width: image.naturalWidth };
    });
  }

  /** Waits until a preview of this step or a later one is drawn. */
  async paints(step = 1, timeout = 120_000): Promise<ShownPreview> {
    const shown = await until(
      `a preview of step ${step}`,
      () => this.preview(),
      preview => preview !== undefined && preview.step >= step,
      { timeout },
    );
    return shown!;
  }

  /** The latest step that the progress tells; 0 before the first. */
  async step(): Promise<number> {
    const bar = (await this.page()).getByRole('progressbar', { name: 'Progress' });
    if ((await bar.count()) === 0) return 0;
    return Number((await bar.first().getAttribute('aria-valuenow')) ?? 0);
  }

  /** Waits until the run has come to a step. */
  async comesTo(step: number, timeout = 120_000): Promise<void> {
    await until(
      `the run to come to step ${step}`,
      () => this.step(),
      now => now >= step,
      { timeout },
    );
  }

  /** Presses one of the panel's buttons by its name, once it is there and can be pressed. */
  async press(name: string): Promise<void> {
    await (await this.page()).getByRole('button', { name, exact: true }).first().click();
  }

  async choose(section: SectionName): Promise<void> {
    const tab = (await this.page()).getByRole('tab', { name: section });
    await clickUntil(
      `the section “${section}” to come to the front`,
      () => tab.click({ timeout: 5000 }),
      async () => (await tab.getAttribute('aria-selected')) === 'true',
    );
  }

  /** What the banner says is wrong, once there is one. */
  async problem(timeout = 60_000): Promise<string> {
    const text = (await this.page()).locator('atelier-problem .text').first();
    return (await text.innerText({ timeout })).trim();
  }

  async find(selector: string): Promise<Locator> {
    return (await this.page()).locator(selector);
  }
}
