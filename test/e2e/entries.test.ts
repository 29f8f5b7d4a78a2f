import * as fs from 'node:fs';
import * as path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pictureFailures } from './host/failures';
import { photograph } from './host/paintings';
import { packagedExtension } from './host/product';
import {
  acceptQuickInput,
  chooseInQuickInput,
  dismissQuickInput,
  quickInputPlaceholder,
  quickInputRow,
  quickInputRows,
  quickInputTitled,
  tickInQuickInput,
} from './host/quickInput';
import { RunsView } from './host/runsView';
import { Session } from './host/session';
import { StudioPanel } from './host/studio';
import { clickUntil } from './host/waiting';
import type { Workbench } from './host/workbench';

/** Of every kind that its menu is for: test/unit/extension/menus.test.ts. */
const endings = ['JPEG', 'avif', 'TIF'];

describe('The ways in', () => {
  let session: Session;
  let window: Workbench;
  let studio: StudioPanel;
  let runs: RunsView;
  const inWorkspace = (name: string): string => path.join(session.workspace, name);

  beforeAll(async () => {
    session = await Session.start({
      vsix: packagedExtension(),
      files: {
        'photo.jpg': photograph,
        'second.jpg': photograph,
        'style.jpg': photograph,
        ...Object.fromEntries(endings.map(ending => [`kinds/image.${ending}`, photograph])),
      },
      settings: { 'atelier.preset': 'article', 'atelier.size': 256, 'explorer.compactFolders': false },
    });
    fs.writeFileSync(inWorkspace('notes.txt'), 'no picture');
    fs.mkdirSync(inWorkspace('folder.png'));
    window = await session.window();
    await window.settleWebviews('photo.jpg');
    studio = new StudioPanel(window);
    runs = new RunsView(window);
  });

  afterAll(async () => {
    expect(await session?.stop()).toEqual([]);
  });

  pictureFailures(() => window);

  const explorer = async () => {
    await window.page.keyboard.press('ControlOrMeta+Shift+E');
    await window.explorer.shows('photo.jpg');
  };

  it('has its menu on images, in upper case too, and on nothing else', async () => {
    await window.explorer.row('kinds').click();
    await window.explorer.shows(`image.${endings[0]}`);
    for (const ending of endings)
      expect(await window.explorer.menuLabels(`image.${ending}`)).toContain('Atelier');
    for (const other of ['notes.txt', 'folder.png', 'kinds'])
      expect(await window.explorer.menuLabels(other)).not.toContain('Atelier');
    await window.explorer.row('kinds').click();
  });

  it("has a button on VS Code's own preview of an image, and on its own", async () => {
    await window.explorer.open('photo.jpg');
    const button = window.page.locator('.editor-actions a.action-label[aria-label^="Stylize Image"]');
    const open = window.page.locator('.editor-actions a.action-label[aria-label^="Open in Atelier"]');
    const isAsked = async () => {
      await clickUntil(
        'the styles to be offered',
        () => button.first().click({ timeout: 5000 }),
        () => quickInputRow(window.page, 'Mosaic').first().isVisible(),
      );
      await quickInputTitled(window.page, 'Stylize photo.jpg');
      await dismissQuickInput(window.page);
    };
    await isAsked();
    await window.screenshot('e2e/entries-preview');
    await clickUntil(
      'the image to be opened in Atelier',
      () => open.click({ timeout: 5000 }),
      async () => (await open.count()) === 0,
    );
    await window.webview('atelier-image-editor');
    await isAsked();
    await window.command('View: Close All Editors');
  });

  it('remembers the image that was set as style, over a reload, and then offers to paint with it', async () => {
    const menu = () => window.explorer.menuLabels('photo.jpg', 'Atelier');
    await explorer();
    expect(await menu()).not.toContain('Stylize with Selected Style');
    await window.explorer.menu('style.jpg', 'Atelier', 'Set as Style');
    await expect.poll(async () => (await window.statusBar()).join()).toContain('Style: style.');
    await expect.poll(menu).toContain('Stylize with Selected Style');
    await window.reload();
    await window.settleWebviews('photo.jpg');
    await explorer();
    await expect.poll(menu).toContain('Stylize with Selected Style');
  });

  it('paints several selected images, each in the blend of the styles that are ticked, one after the other', async () => {
    await explorer();
    await window.explorer.select('second.jpg', 'notes.txt', 'photo.jpg');
    await window.explorer.menu('photo.jpg', 'Atelier', 'Stylize Image…');
    await quickInputTitled(window.page, 'Stylize 2 images');
    const blend = window.page.locator(
      '.quick-input-widget a.action-label[aria-label="Blend several styles"]',
    );
    await clickUntil(
      'several styles to be asked for',
      () => blend.click({ timeout: 5000 }),
      async () => (await quickInputPlaceholder(window.page)) === 'Tick styles, then press Enter',
    );
    await quickInputRows(window.page);
    await tickInQuickInput(window.page, ['Mosaic', 'Woodcut']);
    await window.screenshot('e2e/entries-blend');
    await acceptQuickInput(window.page);
    await studio.becomes('Painting');
    await runs.open();
    await runs.row(/Mosaic \+ Woodcut.*painting/).waitFor();
    await runs.row(/Mosaic \+ Woodcut.*next in line/).waitFor();
    for (const theme of ['vs', 'vs-dark'] as const) {
      await window.setTheme(theme);
      await window.screenshot(`e2e/entries-queue-${theme}`);
    }
  });

  it('lets a waiting painting be removed from the queue', async () => {
    await runs.press('next in line', 'Remove from Queue');
    await runs.row('next in line').waitFor({ state: 'detached' });
    await expect.poll(() => runs.row('Mosaic + Woodcut').count()).toBe(1);
    // It could be had back; the next notification is to be that of another run.
    await window.command('Notifications: Clear All Notifications');
  });

  it('takes an image of the explorer that is dropped on the studio as style', async () => {
    const page = await studio.page();
    expect(await page.getByRole('button', { name: /^Style: / }).getAttribute('title')).toContain(
      'hold Shift',
    );
    // What VS Code hands over of a drag from its explorer, while Shift is held.
    const uri = `vscode-remote://${session.server.authority}${inWorkspace('style.jpg')}`;
    const drag = (kind: string) =>
      page.evaluate(
        ([type, dropped]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.setData('application/vnd.code.uri-list', dropped!);
          dataTransfer.setData('text/plain', dropped!);
          const target = document.querySelector('atelier-studio');
          target?.dispatchEvent(new DragEvent(type!, { dataTransfer, bubbles: true, cancelable: true }));
        },
        [kind, uri],
      );
    await drag('dragenter');
    await drag('dragover');
    await page.locator('.dropping', { hasText: 'Drop to use as style' }).waitFor();
    await drag('drop');
    await page.locator('.dropping').waitFor({ state: 'detached' });
    await runs.row(/style.*next in line/).waitFor();
  });

  it('begins the next painting by itself, and deletes one that can be had back', async () => {
    await runs.press(/Mosaic \+ Woodcut/, 'Stop Run…');
    await runs.row(/Mosaic \+ Woodcut.*stopped/).waitFor();
    await runs.row(/style.*painting/).waitFor();
    await expect.poll(() => runs.title.innerText(), { timeout: 30_000 }).toMatch(/\d MB/);
    await runs.press(/Mosaic \+ Woodcut/, 'Delete Run');
    await runs.row(/Mosaic \+ Woodcut/).waitFor({ state: 'detached' });
    await window.screenshot('e2e/entries-discarded');
    await window.notification('Discarded', 'Undo');
    await runs.row(/Mosaic \+ Woodcut/).waitFor();
    await runs.press(/Mosaic \+ Woodcut/, 'Delete Run');
    await runs.row(/Mosaic \+ Woodcut/).waitFor({ state: 'detached' });
    expect(fs.readdirSync(session.workspace).join()).toMatch(/(photo|second)-mosaic\+woodcut\.png/);
    await runs.press(/style/, 'Stop Run…');
    await runs.row(/style.*stopped/).waitFor();
  });

  it('shows what an agent paints, which no window has begun', async () => {
    const { extensionsDir, userDataDir } = session.server;
    const [extension = ''] = fs.readdirSync(extensionsDir).filter(name => name.startsWith('atelier.'));
    const client = new Client({ name: 'agent', version: '1' });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [path.join(extensionsDir, extension, 'dist/cli.js'), 'mcp', '--root', session.workspace],
        env: { ATELIER_STORAGE: path.join(userDataDir, 'User/globalStorage/atelier.atelier') },
      }),
    );
    try {
      const asked = { content: inWorkspace('photo.jpg'), style: 'swatch:ink-wash', size: 32, steps: 2 };
      const answers = [await client.callTool({ name: 'stylize_image', arguments: asked })];
      const state = () => answers.at(-1)?.structuredContent as { run: string; state: string };
      // It waits its turn behind what the window paints, longer than an answer may take.
      while (state().state === 'queued' || state().state === 'running')
        answers.push(await client.callTool({ name: 'get_run', arguments: { run: state().run } }));
      expect(state()).toMatchObject({ state: 'done' });
    } finally {
      await client.close();
    }
    await runs.row(/photo\.jpg.*Ink.*done/).waitFor();
  });

  it('offers the styles used last before the others, and images with their thumbnails', async () => {
    await window.command('View: Close All Editors');
    await window.command('Atelier: Stylize Image…');
    await quickInputTitled(window.page, /^Stylize an image$/);
    await quickInputRow(window.page, 'second.jpg').first().waitFor();
    await window.screenshot('e2e/entries-images');
    expect(
      await quickInputRow(window.page, 'second.jpg')
        .first()
        .locator('.quick-input-list-icon')
        .getAttribute('style'),
    ).toContain('url(');
    await chooseInQuickInput(window.page, 'second.jpg');
    await quickInputTitled(window.page, 'Stylize second.jpg');
    const rows = await quickInputRows(window.page);
    expect(rows.slice(0, 3).join('|')).toMatch(/^style.*Recent styles?.*\|Mosaic.*\|Woodcut/);
    await window.screenshot('e2e/entries-styles');
    await dismissQuickInput(window.page);
  });
});
