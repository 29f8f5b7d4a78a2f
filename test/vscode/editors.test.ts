import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { webviewHtml } from '../../src/extension/webviewHtml';
import { eventually, product, samplePicture } from './product';

const activeInput = (): unknown => vscode.window.tabGroups.activeTabGroup.activeTab?.input;

describe('The image editor', () => {
  before(product);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it("leaves images to VS Code's own preview", async () => {
    const uri = await samplePicture('plain.jpg');
    await vscode.commands.executeCommand('vscode.open', uri);
    const input = await eventually('an editor', activeInput);
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.equal(input.viewType, 'imagePreview.previewEditor');
  });

  it('opens images on request, the one in front without a question', async () => {
    const uri = await samplePicture('asked.jpg');
    await vscode.commands.executeCommand('vscode.open', uri);
    await eventually('the preview', () =>
      activeInput() instanceof vscode.TabInputCustom ? true : undefined,
    );
    await vscode.commands.executeCommand('atelier.openImage');
    const input = await eventually('the editor', () => {
      const found = activeInput();
      const isOurs = found instanceof vscode.TabInputCustom && found.viewType === 'atelier.imageEditor';
      return isOurs ? found : undefined;
    });
    assert.equal(input.uri.fsPath, uri.fsPath);
  });

  it('may be open twice on one image', async () => {
    const uri = await samplePicture('twice.jpg');
    for (const column of [vscode.ViewColumn.One, vscode.ViewColumn.Two])
      await vscode.commands.executeCommand('vscode.openWith', uri, 'atelier.imageEditor', column);
    const groups = vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.input);
    assert.equal(groups.filter(input => input instanceof vscode.TabInputCustom).length, 2);
  });
});

describe('The HTML of webviews', () => {
  let panel: vscode.WebviewPanel;
  let extension: vscode.Uri;

  before(async () => {
    extension = (await product()).extensionUri;
    panel = vscode.window.createWebviewPanel('test', 'Test', vscode.ViewColumn.One);
  });
  after(() => {
    panel.dispose();
  });

  it('runs only the script that carries its nonce', () => {
    const html = webviewHtml(panel.webview, extension, 'studio');
    const [, nonce] = /script-src &#39;nonce-([\w-]{24})&#39;/.exec(html) ?? [];
    assert.ok(nonce);
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.ok(html.includes(`<script nonce="${nonce}"`));
    assert.ok(html.includes('default-src &#39;none&#39;'));
    assert.ok(!html.includes('unsafe-eval'));
  });

  it('never uses a nonce twice', () => {
    const nonces = [1, 2].map(
      () => /nonce-([\w-]+)/.exec(webviewHtml(panel.webview, extension, 'imageEditor'))?.[1],
    );
    assert.notEqual(nonces[0], nonces[1]);
  });
});
