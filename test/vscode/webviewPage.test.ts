import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { WebviewPage } from '../../src/extension/webviewPage';
import { eventually, inWorkspace, product } from './product';

describe('The page in a panel', () => {
  let panel: vscode.WebviewPanel;
  let page: WebviewPage<{ readonly type: string }>;

  beforeEach(async () => {
    const { extensionUri } = await product();
    panel = vscode.window.createWebviewPanel('atelier.test', 'A page', vscode.ViewColumn.Active);
    page = new WebviewPage(panel, extensionUri, [inWorkspace('.')]);
  });

  afterEach(() => {
    page.dispose();
    panel.dispose();
  });

  it('may read its own bundle and the folders it is given, and no more', () => {
    const roots = panel.webview.options.localResourceRoots?.map(({ fsPath }) => fsPath) ?? [];
    assert.ok(roots.includes(inWorkspace('.')));
    assert.ok(roots.some(root => root.endsWith(path.join('dist', 'webview'))));
    assert.equal(roots.length, 3);
    assert.match(page.toUri(inWorkspace('photo.jpg')), /photo\.jpg$/);
  });

  it('listens when it is loaded', async () => {
    let said: unknown;
    panel.webview.onDidReceiveMessage((message: unknown) => (said ??= message));
    page.load('figure');
    assert.deepEqual(await eventually('word from the page', () => said), { type: 'ready' });
  });

  it('is told nothing and shows nothing once it is closed, whatever was awaited for it', () => {
    panel.dispose();
    // What VS Code says to those who do not know.
    assert.throws(() => panel.webview, /disposed/);
    page.post({ type: 'status' });
    assert.equal(page.toUri(inWorkspace('photo.jpg')), '');
  });
});
