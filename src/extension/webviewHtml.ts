import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import { escapeHtml } from '../common/escapeHtml';

/** A page that is built from `dist/webview/NAME.js` and `NAME.css`. */
export type PageName = 'studio' | 'imageEditor' | 'figure' | 'stylePicker';

/** The folder of scripts and styles that every webview may read, beside the pictures that it shows. */
export function pageRoot(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, 'dist', 'webview');
}

/**
 * The only maker of HTML for webviews: nothing may be loaded but our own bundle (the script by nonce), pictures
 * from the webview's roots, and pictures the page makes itself.
 */
export function webviewHtml(webview: vscode.Webview, extension: vscode.Uri, page: PageName): string {
  const nonce = crypto.randomBytes(18).toString('base64url');
  const bundle = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extension), file)).toString();
  const policy = [
    `default-src 'none'`,
    `img-src ${webview.cspSource} blob: data:`,
    // The components adopt their style sheets, which needs no leave.
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(bundle(`${page}.css`))}">
<title>Atelier</title>
</head>
<body>
<script nonce="${nonce}" src="${escapeHtml(bundle(`${page}.js`))}"></script>
</body>
</html>`;
}
