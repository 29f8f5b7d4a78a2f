import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import Module from 'node:module';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { recipeIn } from '../../src/images/recipe';
import { eventually, inWorkspace, product, samplePicture, withSettings } from './product';

/** Waits for a finished painting. */
const painting = (name: string): Promise<string> =>
  eventually(name, () => (fs.existsSync(inWorkspace(name)) ? inWorkspace(name) : undefined));

describe('Painting through commands', () => {
  let restore: () => Promise<void>;

  before(async () => {
    await product();
    restore = await withSettings({ preset: 'preview', size: 48 });
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await restore();
  });

  it('paints the selected content in the style of another image, without a question', async () => {
    const content = await samplePicture('content.jpg');
    const style = await samplePicture('style.jpg');
    await vscode.commands.executeCommand('atelier.setContent', content);
    await vscode.commands.executeCommand('atelier.stylizeContent', style);
    const file = await painting('content-style.png');
    const recipe = JSON.parse((await recipeIn(file)) ?? '{}') as Record<string, unknown>;
    assert.equal(recipe.content, 'content.jpg');
    assert.equal(recipe.size, 48);
    assert.deepEqual(recipe.styles, [{ image: 'style.jpg', weight: 1 }]);
  });

  it('opens the photograph, and the studio beside it', () => {
    const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
    const editor = inputs.find(input => input instanceof vscode.TabInputCustom);
    assert.equal(editor?.viewType, 'atelier.imageEditor');
    assert.equal(editor?.uri.fsPath, inWorkspace('content.jpg'));
    const studio = inputs.find(input => input instanceof vscode.TabInputWebview);
    assert.match(studio?.viewType ?? '', /atelier\.studio$/);
  });

  it('paints several selected images in the selected style', async () => {
    const style = await samplePicture('style.jpg');
    const first = await samplePicture('one.jpg');
    const second = await samplePicture('two.jpg');
    await vscode.commands.executeCommand('atelier.setStyle', style);
    await vscode.commands.executeCommand('atelier.applyStyle', first, [first, second]);
    await painting('one-style.png');
    await painting('two-style.png');
  });

  it('paints a painting again from the recipe inside it, under a free name, to the same bytes', async () => {
    const file = await painting('content-style.png');
    await vscode.commands.executeCommand('atelier.runAgain', vscode.Uri.file(file));
    const again = await painting('content-style-2.png');
    assert.ok(fs.readFileSync(again).equals(fs.readFileSync(file)));
  });

  it('saves into the folder, under the name and in the format that the settings name', async () => {
    const folder = inWorkspace('paintings');
    fs.mkdirSync(folder);
    const taken = await withSettings({
      ...{ outputFolder: folder, outputName: '{style} of {content}', outputFormat: 'webp' },
    });
    try {
      await vscode.commands.executeCommand('atelier.applyStyle', await samplePicture('three.jpg'));
      const file = await painting(path.join('paintings', 'style of three.webp'));
      assert.equal(fs.readFileSync(file).subarray(8, 12).toString(), 'WEBP');
    } finally {
      await taken();
    }
  });

  it('saves into a folder of the workspace that the setting names from there', async () => {
    fs.mkdirSync(inWorkspace('album/paintings'), { recursive: true });
    const taken = await withSettings({ outputFolder: 'album/paintings' });
    try {
      await vscode.commands.executeCommand('atelier.applyStyle', await samplePicture('four.jpg'));
      await painting(path.join('album', 'paintings', 'four-style.png'));
    } finally {
      await taken();
    }
  });

  it('loads no tensor or codec library into the extension host', () => {
    const cache = (Module as unknown as { _cache: Record<string, unknown> })._cache;
    const loaded = Object.keys(cache).filter(file =>
      /[\\/]node_modules[\\/](sharp|onnxruntime|@img|@tensorflow|h5wasm)/.test(file),
    );
    assert.ok(Object.keys(cache).some(file => file.endsWith(path.join('dist', 'extension.js'))));
    assert.deepEqual(loaded, []);
  });
});
