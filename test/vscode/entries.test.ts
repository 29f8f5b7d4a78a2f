import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { recipeIn } from '../../src/images/recipe';
import { listJobs } from '../../src/jobs/folder';
import { eventually, inWorkspace, product, samplePicture, withSettings } from './product';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}

interface Manifest {
  readonly contributes: { readonly menus: Readonly<Record<string, readonly MenuItem[]>> };
}

const escape = () => vscode.commands.executeCommand('workbench.action.closeQuickOpen');

describe('The menus', () => {
  let menus: Manifest['contributes']['menus'];
  const when = (menu: string, entry: string): string => {
    const found = menus[menu]?.find(({ command, submenu }) => command === entry || submenu === entry);
    assert.ok(found?.when, `${menu} has ${entry}`);
    return found.when;
  };

  before(async () => {
    ({ menus } = ((await product()).packageJSON as Manifest).contributes);
  });

  for (const menu of ['explorer/context', 'editor/title/context'])
    it(`of ${menu} offer images of every kind, and nothing else`, () => {
      const [, pattern] = /resourceExtname =~ \/(.+?)\/i/.exec(when(menu, 'atelier.image')) ?? [];
      const isOffered = (name: string) => new RegExp(pattern ?? '(?!)', 'i').test(path.extname(name));
      for (const ending of ['png', 'jpg', 'jpeg', 'webp', 'avif', 'gif', 'bmp', 'tif', 'tiff'])
        for (const name of [`a.${ending}`, `A.${ending.toUpperCase()}`]) assert.ok(isOffered(name), name);
      for (const name of ['a.txt', 'a.png.txt', 'a.svg', 'a.apng', 'a.tifff', 'png'])
        assert.ok(!isOffered(name), name);
    });

  it('are hidden for files that are not on the machine where Atelier runs', () => {
    const entries = [
      ['explorer/context', 'atelier.image'],
      ['editor/title/context', 'atelier.image'],
      ['editor/title', 'atelier.stylize'],
      ['editor/title', 'atelier.openImage'],
      ['explorer/context', 'atelier.runRecipe'],
    ] as const;
    for (const [menu, entry] of entries) {
      const [, pattern] = /resourceScheme =~ \/(.+?)\//.exec(when(menu, entry)) ?? [];
      const isLocal = new RegExp(pattern ?? '(?!)');
      const schemes = ['file', 'vscode-remote', 'vscode-vfs', 'git', 'untitled', 'http'];
      const offered = schemes.filter(each => isLocal.test(each));
      // In a remote window, VS Code itself has made the one of the other.
      assert.ok(offered.includes('file') || offered.includes('vscode-remote'));
      assert.deepEqual(
        offered.filter(each => each !== 'file' && each !== 'vscode-remote'),
        [],
      );
    }
    assert.match(when('explorer/context', 'atelier.image'), /!explorerResourceIsFolder/);
  });

  it('have a button on both viewers of images', () => {
    for (const editor of ['imagePreview.previewEditor', 'atelier.imageEditor'])
      assert.ok(when('editor/title', 'atelier.stylize').includes(`activeCustomEditorId == '${editor}'`));
  });
});

describe('The way to a painting', () => {
  const storage = () => inWorkspace('entries-storage');
  const jobs = () => listJobs(storage());
  let restore: () => Promise<void>;

  before(async () => {
    await product();
    restore = await withSettings({ preset: 'preview', size: 48, storage: storage() });
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  after(async () => {
    await restore();
  });

  it('can be left at every question, and then leaves nothing behind', async () => {
    const photo = await samplePicture('left.jpg');
    for (const [command, ...given] of [
      // Without an editor, images are asked for first.
      ['atelier.stylize'],
      ['atelier.useAsStyle'],
      ['atelier.setContent'],
      ['atelier.setStyle'],
      ['atelier.openImage'],
      ['atelier.reconstructLayers'],
      ['atelier.tradeoffGrid'],
      ['atelier.tryAllStyles'],
      ['atelier.runAgain'],
      // And the style, where there is an image.
      ['atelier.stylize', photo],
      ['atelier.useAsStyle', photo],
      ['atelier.stylizeSample'],
    ] as const) {
      let left = false;
      const done = Promise.resolve(vscode.commands.executeCommand(command, ...given)).then(
        () => (left = true),
      );
      await eventually(`${command} has been left`, async () => {
        await escape();
        return left ? true : undefined;
      });
      await done;
    }
    assert.deepEqual(jobs(), []);
    assert.equal(fs.existsSync(path.join(storage(), 'samples')), false);
    assert.equal(fs.existsSync(path.join(storage(), 'figures')), false);
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 0);
  });

  it('takes the images of a selection of all sorts, in the blend of several styles', async () => {
    const [first, second, style, other] = await Promise.all(
      ['mixed-1.jpg', 'mixed-2.jpg', 'blend-1.jpg', 'blend-2.jpg'].map(samplePicture),
    );
    const notes = vscode.Uri.file(inWorkspace('notes.txt'));
    fs.writeFileSync(notes.fsPath, 'no picture');
    const folder = vscode.Uri.file(inWorkspace('a folder'));
    fs.mkdirSync(folder.fsPath);
    const before = jobs().length;
    await vscode.commands.executeCommand('atelier.setStyle', style, [notes, style, other]);
    await vscode.commands.executeCommand('atelier.applyStyle', first, [notes, first, folder, second]);
    for (const name of ['mixed-1-blend-1+blend-2.png', 'mixed-2-blend-1+blend-2.png']) {
      await eventually(name, () => fs.existsSync(inWorkspace(name)) || undefined);
      const recipe = JSON.parse((await recipeIn(inWorkspace(name))) ?? '{}') as { styles?: unknown };
      assert.deepEqual(recipe.styles, [
        { image: 'blend-1.jpg', weight: 1 },
        { image: 'blend-2.jpg', weight: 1 },
      ]);
    }
    assert.equal(jobs().length, before + 2);
  });

  it('forgets a chosen style that is gone from the disk, instead of failing again and again', async () => {
    const photo = await samplePicture('photo.jpg');
    const style = await samplePicture('gone.jpg');
    await vscode.commands.executeCommand('atelier.setStyle', style);
    fs.rmSync(style.fsPath);
    const before = jobs().length;
    // The first time says so in a notification, which stays; the second does nothing.
    void vscode.commands.executeCommand('atelier.applyStyle', photo);
    await vscode.commands.executeCommand('atelier.applyStyle', photo);
    await vscode.commands.executeCommand('notifications.clearAll');
    assert.equal(jobs().length, before);
  });
});
