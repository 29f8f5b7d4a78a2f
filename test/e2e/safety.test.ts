import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readCheckpoint } from '../../src/jobs/checkpoint';
import { readJob } from '../../src/jobs/folder';
import { pictureFailures } from './host/failures';
import { FigurePanel } from './host/figurePanel';
import { photograph, writeRecipe } from './host/paintings';
import { packagedExtension } from './host/product';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { chooseStyle } from './host/stylePicker';
import type { Workbench } from './host/workbench';

/** What each page is refused when it tries. */
const refused = ['connect-src', 'script-src-attr', 'script-src-elem', 'style-src-elem'];

/** Markup that would run, were a name ever taken for HTML; no slashes, so that a file can be called so. */
const markup = `<img src=x onerror="window.broken=1">&amp;'`;
const trap = `${markup}.jpg`;

describe('The webviews', () => {
  let session: Session;
  let window: Workbench;

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: { 'photo.jpg': photograph, [trap]: photograph },
      settings: { 'atelier.figureSize': 64, 'atelier.figureSteps': 8 },
    });
    fs.copyFileSync(photograph, path.join(session.server.folder, 'elsewhere.jpg'));
    const recipe = { name: markup, content: trap, size: 96, steps: 6 };
    writeRecipe(session.workspace, 'odd', recipe);
    window = await session.window();
    await window.settleWebviews('photo.jpg');
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  /** What holds for every page of ours, wherever it is shown. */
  async function isSafe(page: Frame, picture: string): Promise<void> {
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    const rules = new Map(
      (policy ?? '').split(';').map(rule => {
        const [name = '', ...sources] = rule.trim().split(/\s+/);
        return [name, sources] as const;
      }),
    );
    expect([...rules.keys()].sort()).toEqual(['default-src', 'img-src', 'script-src', 'style-src']);
    expect(rules.get('default-src')).toEqual([`'none'`]);
    expect(rules.get('script-src')).toHaveLength(1);
    expect(rules.get('script-src')?.[0]).toMatch(/^'nonce-[\w-]{20,}'$/);
    expect(policy).not.toMatch(/unsafe|\*(?!\.vscode-cdn\.net)|http:/);

    const outside = path.join(session.server.folder, 'elsewhere.jpg');
    const found = await page.evaluate(
      async ({ picture, outside, refused }) => {
        // Told after the fact, and in any order.
        const violations = new Set<string>();
        document.addEventListener('securitypolicyviolation', event =>
          violations.add(event.effectiveDirective),
        );
        const loads = (uri: string) =>
          new Promise<boolean>(resolve => {
            const image = new Image();
            image.addEventListener('load', () => resolve(true));
            image.addEventListener('error', () => resolve(false));
            image.src = uri;
          });
        const script = document.createElement('script');
        script.textContent = 'window.broken = 1';
        document.body.append(script);
        const element = document.createElement('div');
        element.innerHTML = '<img src="data:," onerror="window.broken = 1">';
        document.body.append(element);
        const foreign = new URL(picture);
        foreign.pathname = outside;
        const readable = { own: await loads(picture), foreign: await loads(foreign.href) };
        const reached = await fetch(picture).then(
          () => true,
          () => false,
        );
        const style = document.createElement('style');
        style.textContent = 'body { outline: 7px solid red }';
        document.body.append(style);
        const styled = getComputedStyle(document.body).outlineWidth === '7px';
        for (const deadline = Date.now() + 10_000; violations.size < refused.length && Date.now() < deadline;)
          await new Promise(resolve => setTimeout(resolve, 20));
        for (const each of [script, element, style]) each.remove();
        const broken = 'broken' in window;
        return { readable, reached, styled, broken, violations: [...violations].sort() };
      },
      { picture, outside, refused },
    );
    expect(found).toEqual({
      readable: { own: true, foreign: false },
      reached: false,
      styled: false,
      broken: false,
      violations: refused,
    });
  }

  const pictureIn = async (page: Frame): Promise<string> => {
    const image = page.locator('img[src*="vscode-resource"]').first();
    await image.waitFor({ state: 'attached' });
    return (await image.getAttribute('src')) ?? '';
  };

  it('show a painting of any name as it is called, and nothing of it runs', async () => {
    await window.explorer.menu('odd.atelier.json', 'Run Recipe');
    const studio = new StudioPanel(window);
    await studio.becomes('Done');
    const page = await studio.page();
    await isSafe(page, await pictureIn(page));
    expect(await page.locator('atelier-run-header .title').innerText()).toContain(trap);
    await window.screenshot('e2e/safety-names');
  });

  it('show an image of any name, and read no other folder', async () => {
    await window.explorer.menu(trap, 'Atelier', 'Open in Atelier');
    const page = await window.webview('atelier-image-editor');
    await isSafe(page, await pictureIn(page));
  });

  it('show a figure of any picture', async () => {
    await window.explorer.menu(trap, 'Atelier', 'Trade-off Grid…');
    await chooseStyle(window.page, 'Mosaic');
    const figure = new FigurePanel(window);
    await figure.shows(1);
    const page = await figure.page();
    await isSafe(page, await pictureIn(page));
  });
});

describe('An engine whose window is killed', () => {
  let session: Session;
  let window: Workbench;
  const processOf = (pattern: RegExp) =>
    session.server.processes().find(({ command }) => pattern.test(command))?.pid;

  beforeAll(async () => {
    session = await Session.start({ vsix: packagedExtension(), files: { 'photo.jpg': photograph } });
    writeRecipe(session.workspace, 'long', { steps: 5000 });
    window = await session.window();
    await window.settleWebviews('photo.jpg');
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  it('writes a checkpoint and goes, too', async () => {
    await window.explorer.menu('long.atelier.json', 'Run Recipe');
    await new StudioPanel(window).comesTo(20);
    const [host, engine] = [processOf(/--type=extensionHost/), processOf(/dist.engine\.js/)];
    expect(host).toBeDefined();
    expect(engine).toBeDefined();
    process.kill(host!, 'SIGKILL');
    const alive = () => session.server.processes().some(({ pid }) => pid === engine);
    await expect.poll(alive, { timeout: 20_000 }).toBe(false);
    const jobs = path.join(session.server.userDataDir, 'User', 'globalStorage', 'atelier.atelier', 'jobs');
    const [job = ''] = fs.readdirSync(jobs).map(name => path.join(jobs, name));
    const { state, owner, resumable } = readJob(job);
    expect({ owner, resumable, status: state.status }).toEqual({
      owner: undefined,
      resumable: true,
      status: 'interrupted',
    });
    expect(readCheckpoint(job)?.state.step).toBe(state.step);
  });
});
