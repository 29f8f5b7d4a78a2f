import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../../test/e2e/host/browser';
import { drawPictures } from '../../../test/e2e/webview/pictures';
import { PreviewServer, type PageName } from '../../../test/e2e/webview/previewServer';
import { WebviewStage } from '../../../test/e2e/webview/stage';
import type { Trial } from '../campaign';
import { Chance } from '../chance';
import { mutateJson } from '../mutateJson';
import { updatesOf, type PageUpdates } from './updates';

/** Share of the messages after which the page is let draw: that takes most of the time. */
const FRAMES = 0.05;

const NAMES: readonly PageName[] = ['studio', 'figure', 'imageEditor', 'stylePicker'];

const LANDMARKS: Readonly<Record<PageName, string>> = {
  studio: 'mountain-lake.jpg',
  figure: 'conv5_1',
  imageEditor: '1200 × 800',
  stylePicker: 'My recipe',
};

/** What a program says when it does not know what to say. */
const SLIP = /.{0,40}(\bundefined\b|\bNaN\b|\[object).{0,20}/;

type Told = { readonly type: string };

interface Shown {
  readonly stage: WebviewStage<Told, Told>;
  readonly updates: PageUpdates;
  /** What the page says when it has been told that all is well. */
  readonly landmark: string;
}

/** The pages as they are told things by somebody who is not the extension. */
export class HostileHost {
  private readonly pictures = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-pages-'));
  private browser: Browser | undefined;
  private server: PreviewServer | undefined;
  private readonly shown = new Map<PageName, Shown>();

  async open(): Promise<void> {
    await drawPictures(this.pictures);
    this.server = await PreviewServer.start(this.pictures);
    this.browser = withNames(await launchBrowser());
    for (const name of NAMES) this.shown.set(name, await this.show(name));
  }

  /** Tells a page one hostile message; it throws nothing, and shows what it is told next as it ever did. */
  async attempt(seed: number): Promise<Trial> {
    const chance = new Chance(seed);
    const name = chance.pick(NAMES);
    const shown = this.shown.get(name)!;
    const { updates, stage } = shown;
    const healthy = chance.pick(updates.healthy);
    const isNonsense = chance.happens(0.1);
    const message = isNonsense ? chance.pick(nonsense) : mutateJson(healthy, chance);
    const kind = `${name}: ${isNonsense ? 'nonsense' : updates.isUpdate(message) ? 'damage that is let in' : 'damage that is refused'}`;
    const fault = await this.faultOf(shown, message as Told, chance.happens(FRAMES)).catch((error: unknown) =>
      String(error),
    );
    if (fault === undefined) return { kind };
    await stage.close();
    this.shown.set(name, await this.show(name));
    return { kind, fault: `${fault} after ${JSON.stringify(message).slice(0, 400)}` };
  }

  async close(): Promise<readonly string[]> {
    await this.browser?.close();
    await this.server?.stop();
    fs.rmSync(this.pictures, { recursive: true, force: true });
    return [];
  }

  private async faultOf(
    { stage, updates, landmark }: Shown,
    message: Told,
    frames: boolean,
  ): Promise<string | undefined> {
    if (frames) await stage.post(message);
    const { violations, words } = await told(stage, [...(frames ? [] : [message]), updates.healthy[0]!]);
    // Pictures from elsewhere are what the policy is there to stop.
    const grave = violations.filter(one => !one.startsWith('img-src'));
    if (grave.length > 0) return grave.join('; ');
    const slip = words.map(text => SLIP.exec(text)?.[0]).find(found => found !== undefined);
    if (slip !== undefined) return `the page says “${slip}”`;
    return words.at(-1)?.includes(landmark) ? undefined : `the page no longer says “${landmark}”`;
  }

  private async show(name: PageName): Promise<Shown> {
    const { browser, server } = this;
    if (browser === undefined || server === undefined) throw new Error('the pages are not open');
    const updates = updatesOf(name, picture => server.pictureUrl(picture));
    const stage = await WebviewStage.open<Told, Told>(browser, server, name);
    await stage.post(updates.healthy[0]!);
    const { words } = await told(stage, []);
    if (words[0]?.includes(LANDMARKS[name]) !== true)
      throw new Error(`${name} does not show itself: ${words[0]}`);
    return { stage, updates, landmark: LANDMARKS[name] };
  }
}

/** tsx marks functions by a helper, which those that are handed to a page look for there. */
function withNames(browser: Browser): Browser {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async options => {
    const context = await newContext(options);
    await context.addInitScript('globalThis.__name = value => value;');
    return context;
  };
  return browser;
}

const nonsense: readonly unknown[] = [
  ...[null, 0, '', 'snapshot', [], {}, { type: null }, { type: 'snapshot' }, { type: '__proto__' }],
  { type: 'toString' },
  { type: 'snapshot', snapshot: null },
  { type: 'command', command: 'constructor' },
  { type: 'x'.repeat(100_000) },
  { type: 'snapshot', snapshot: { strings: '<img src=x onerror=alert(1)>' } },
];

/**
 * Tells a page messages and lets it take them in, without waiting until they are drawn.
 * @returns what it threw and the policy stopped so far, and its words after each message, those of its components too
 */
function told(
  { page }: WebviewStage<Told, Told>,
  messages: readonly Told[],
): Promise<{ readonly violations: readonly string[]; readonly words: readonly string[] }> {
  return page.evaluate(async list => {
    const wordsOf = (root: Document | ShadowRoot): string =>
      [...root.querySelectorAll('*')]
        .filter(({ localName }) => localName !== 'style' && localName !== 'script')
        .map(({ shadowRoot, childNodes }) => {
          const own = [...childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
          const text = own.map(({ textContent }) => textContent?.trim()).join(' ');
          return `${text} ${shadowRoot ? wordsOf(shadowRoot) : ''}`;
        })
        .join(' ');
    const words: string[] = list.length === 0 ? [wordsOf(document)] : [];
    for (const message of list) {
      window.postMessage(message, '*');
      await new Promise(resolve => {
        window.addEventListener('message', () => setTimeout(resolve), { once: true });
      });
      words.push(wordsOf(document).replace(/\s+/g, ' '));
    }
    const { violations } = (window as unknown as { fakeHost: { violations: string[] } }).fakeHost;
    return { violations, words };
  }, messages as unknown[]);
}
