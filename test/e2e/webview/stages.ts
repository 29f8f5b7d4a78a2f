import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { launchBrowser } from '../host/browser';
import { PreviewServer, type PageName } from './previewServer';
import { WebviewStage, type StageOptions } from './stage';

interface Message {
  readonly type: string;
}

/**
 * The stages of a suite, with one browser for all of them. To be made inside `describe`. After each test its stages are
 * closed; none of them may have broken the content security policy or thrown.
 */
export class Stages<Update extends Message, Request extends Message> {
  private server: PreviewServer | undefined;
  private browser: Browser | undefined;
  private readonly opened: WebviewStage<Update, Request>[] = [];

  constructor(private readonly page: PageName) {
    beforeAll(async () => {
      this.server = await PreviewServer.start(inject('pictures'));
      this.browser = await launchBrowser();
    }, 60_000);
    afterAll(async () => {
      await this.browser?.close();
      await this.server?.stop();
    });
    afterEach(async () => {
      for (const stage of this.opened.splice(0)) {
        expect(await stage.violations()).toEqual([]);
        await stage.close();
      }
    });
  }

  /** Where a page finds a picture of the scenes. */
  readonly pictureUrl = (name: string): string => this.running.server.pictureUrl(name);

  /** A page that has been told nothing. */
  async open(options?: StageOptions): Promise<WebviewStage<Update, Request>> {
    const { browser, server } = this.running;
    const stage = await WebviewStage.open<Update, Request>(browser, server, this.page, options);
    this.opened.push(stage);
    return stage;
  }

  /** A page that has been told something. */
  async show(update: Update, options?: StageOptions): Promise<WebviewStage<Update, Request>> {
    const stage = await this.open(options);
    await stage.post(update);
    return stage;
  }

  private get running(): { readonly server: PreviewServer; readonly browser: Browser } {
    const { server, browser } = this;
    if (server === undefined || browser === undefined) throw new Error('The suite has not begun.');
    return { server, browser };
  }
}
