import * as path from 'node:path';
import { buildSync } from 'esbuild';
import type { Frame } from 'playwright-core';
import { repository } from '../../test/e2e/host/installation';
import type { StudioPanel } from '../../test/e2e/host/studio';
import type { Workbench } from '../../test/e2e/host/workbench';
import type { ShownPicture, Sight, Watch } from './page/watch';

/** What the bench sees in the studio panel: page/watch.ts, brought into its page. */
export class Eyes {
  private constructor(private readonly studio: StudioPanel) {}

  /** Watches the panel that is open now, without a loop. */
  static async ofPanel(studio: StudioPanel): Promise<Eyes> {
    await (await studio.page()).evaluate(script());
    return new Eyes(studio);
  }

  watchPictures(): Promise<void> {
    return this.see('watchPictures()');
  }

  watchFrames(): Promise<void> {
    return this.see('watchFrames()');
  }

  watchTurns(): Promise<void> {
    return this.see('watchTurns()');
  }

  pictures(): Promise<readonly ShownPicture[]> {
    return this.see('pictures');
  }

  look(): Promise<Sight> {
    return this.see('look()');
  }

  turns(): Promise<readonly number[]> {
    return this.see('turns');
  }

  /**
   * The longest time between two frames since this was asked last, in milliseconds. What was seen in them is forgotten:
   * kept for a long run, it would take more memory than the panel.
   */
  async takeLongestGap(): Promise<number> {
    const gap = await this.see<number>('longestGap');
    const forget = 'window.atelierWatch.longestGap = window.atelierWatch.sights.length = 0';
    await (await this.studio.page()).evaluate(forget);
    return gap;
  }

  private async see<Value>(what: keyof Watch | `${keyof Watch}()`): Promise<Value> {
    const page: Frame = await this.studio.page();
    return page.evaluate(`window.atelierWatch.${what}`);
  }
}

/**
 * Watches all webviews of a window frame by frame, from their first moments, until one has shown what is wanted.
 * @param timeout milliseconds
 */
export async function seen(
  { page }: Workbench,
  wanted: (sight: Sight) => boolean,
  timeout: number,
): Promise<Sight> {
  const look = `${script()};window.atelierWatch.watchFrames();window.atelierWatch.sights`;
  let last: Sight | undefined;
  for (const deadline = Date.now() + timeout; Date.now() < deadline; await page.waitForTimeout(10))
    for (const frame of page.frames().filter(one => one.url().includes('/pre/fake.html'))) {
      // A page that is being replaced cannot be looked at.
      const sights = await frame.evaluate<readonly Sight[]>(look).catch(() => []);
      const found = sights.find(wanted);
      if (found !== undefined) return found;
      last = sights.at(-1) ?? last;
    }
  throw new Error(`Not seen within ${timeout} ms; the last sight was ${JSON.stringify(last)}.`);
}

function script(): string {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(repository, 'bench', 'workbench', 'page', 'watch.ts')],
    bundle: true,
    write: false,
    format: 'iife',
  });
  return outputFiles[0]?.text ?? '';
}
