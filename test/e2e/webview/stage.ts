import * as path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { screenshotFolder } from '../host/workbench';
import type { PageName, PreviewServer, ThemeName } from './previewServer';

export interface StageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  readonly touch?: boolean;
  /** Whether the test can turn the page's clock on. */
  readonly clock?: boolean;
}

interface FakeHost {
  sent: { type: string }[];
  violations: string[];
}

/** A webview's page with a host that is only played: messages go in, and what the page sends is written down. */
export class WebviewStage<
  Update extends { readonly type: string },
  Request extends { readonly type: string },
> {
  private constructor(readonly page: Page) {}

  static async open<Update extends { readonly type: string }, Request extends { readonly type: string }>(
    browser: Browser,
    server: PreviewServer,
    name: PageName,
    {
      theme = 'dark',
      width = 1280,
      height = 800,
      reducedMotion = false,
      touch = false,
      clock = false,
    }: StageOptions = {},
  ): Promise<WebviewStage<Update, Request>> {
    const context = await browser.newContext({
      viewport: { width, height },
      hasTouch: touch,
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
    const page = await context.newPage();
    if (clock) await page.clock.install();
    await page.addInitScript(() => {
      const fake: FakeHost = { sent: [], violations: [] };
      document.addEventListener('securitypolicyviolation', event => {
        fake.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
      window.addEventListener('error', event => fake.violations.push(event.message));
      window.addEventListener('unhandledrejection', event => fake.violations.push(String(event.reason)));
      Object.assign(window, {
        fakeHost: fake,
        acquireVsCodeApi: () => ({
          postMessage: (message: { type: string }) => fake.sent.push(message),
          getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
          setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
        }),
      });
    });
    await page.goto(server.pageUrl(name, theme));
    const stage = new WebviewStage<Update, Request>(page);
    await stage.waitFor('ready');
    return stage;
  }

  async post(...updates: Update[]): Promise<void> {
    await this.page.evaluate(async messages => {
      for (const message of messages) window.postMessage(message, '*');
      // Messages arrive in order, so what follows this one has seen them all.
      await new Promise<void>(resolve => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
        window.setTimeout(() => port2.postMessage(0));
      });
    }, updates as unknown[]);
  }

  /** Everything that the page sent so far. */
  sent(): Promise<Request[]> {
    return this.page.evaluate(() => (window as unknown as { fakeHost: FakeHost }).fakeHost.sent) as Promise<
      unknown[]
    > as Promise<Request[]>;
  }

  async lastSent<T extends Request['type']>(type: T): Promise<Extract<Request, { type: T }> | undefined> {
    const all = await this.sent();
    return all.findLast((request): request is Extract<Request, { type: T }> => request.type === type);
  }

  /** Waits until the page has sent a request of the type. */
  async waitFor(type: Request['type']): Promise<void> {
    await this.page.waitForFunction(
      wanted => (window as unknown as { fakeHost: FakeHost }).fakeHost.sent.some(one => one.type === wanted),
      type,
    );
  }

  /** Waits until every picture that the page shows, in the components too, is there. */
  async picturesLoad(): Promise<void> {
    await this.page.waitForFunction(() => {
      const loaded = (root: Document | ShadowRoot): boolean =>
        [...root.querySelectorAll('*')].every(
          element =>
            !(element instanceof HTMLImageElement && !element.complete) &&
            (element.shadowRoot === null || loaded(element.shadowRoot)),
        );
      return loaded(document);
    });
  }

  /** Writes a screenshot for people to look at. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(screenshotFolder, 'webview', `${name}.png`) });
  }

  /** Drops a uri-list on the page, as VS Code's explorer does. */
  async dropUris(text: string): Promise<void> {
    await this.page.evaluate(list => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/uri-list', list);
      const target = document.body.lastElementChild ?? document.body;
      const options = { bubbles: true, composed: true, cancelable: true, dataTransfer };
      for (const type of ['dragenter', 'dragover', 'drop'])
        target.dispatchEvent(new DragEvent(type, options));
    }, text);
  }

  /** Drops a file of so many bytes on the page, as from the system's file manager. */
  async dropFile(name: string, bytes: number): Promise<void> {
    await this.page.evaluate(
      ([file, size]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([new Uint8Array(size)], file));
        const target = document.body.lastElementChild ?? document.body;
        const options = { bubbles: true, composed: true, cancelable: true, dataTransfer };
        for (const type of ['dragenter', 'dragover', 'drop'])
          target.dispatchEvent(new DragEvent(type, options));
      },
      [name, bytes] as const,
    );
  }

  /** Puts fingers on the screen and moves them; each entry is where the fingers are, in CSS pixels. */
  async touch(places: readonly (readonly (readonly [number, number])[])[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    for (const [index, fingers] of places.entries())
      await session.send('Input.dispatchTouchEvent', {
        type: index === 0 ? 'touchStart' : 'touchMove',
        touchPoints: fingers.map(([x, y], id) => ({ x, y, id })),
      });
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await session.detach();
  }

  /** How many things move by themselves, in the components too. */
  animations(): Promise<number> {
    return this.page.evaluate(() => {
      const running = (root: Document | ShadowRoot): number =>
        root.getAnimations().filter(({ playState }) => playState === 'running').length +
        [...root.querySelectorAll('*')].reduce(
          (sum, { shadowRoot }) => sum + (shadowRoot ? running(shadowRoot) : 0),
          0,
        );
      return running(document);
    });
  }

  /** Bytes of live objects, after a collection of garbage. */
  async heapBytes(): Promise<number> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    return usedSize;
  }

  /** What broke the content security policy, and scripts' errors. */
  violations(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { fakeHost: FakeHost }).fakeHost.violations);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
