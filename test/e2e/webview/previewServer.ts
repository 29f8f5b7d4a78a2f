import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { repository } from '../host/installation';

export type PageName = 'studio' | 'imageEditor' | 'figure' | 'stylePicker';
export const themes = ['light', 'dark', 'hc-black', 'hc-light'] as const;
export type ThemeName = (typeof themes)[number];

/** Classes that VS Code gives to the body of a webview, by theme. */
const bodyClasses: Record<ThemeName, string> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'hc-black': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
};

const types: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
};

/** Serves the built webviews, in the themes of VS Code and under a policy at least as strict as the product's. */
export class PreviewServer {
  private constructor(private readonly server: http.Server) {}

  /** @param pictures absolute path of the folder with the pictures of the scenes */
  static async start(pictures: string): Promise<PreviewServer> {
    // Another folder lets a build of one's own be looked at while dist/ belongs to a running test.
    const bundles = process.env.ATELIER_WEBVIEWS ?? path.join(repository, 'dist', 'webview');
    if (!fs.existsSync(path.join(bundles, 'studio.js')))
      throw new Error('The webviews are not built; run `npm run build` first.');
    const folders: Record<string, string> = {
      dist: bundles,
      pictures,
      themes: path.join(repository, 'test', 'e2e', 'webview', 'themes'),
    };
    const server = http.createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const [, room = '', name = ''] = url.pathname.split('/');
      const file = path.join(folders[room] ?? '', path.basename(name));
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Content-Type', types[path.extname(name)] ?? 'application/octet-stream');
      if (room === 'pages')
        response.end(page(name.replace('.html', ''), url.searchParams.get('theme') ?? 'dark'));
      else if (folders[room] !== undefined && fs.existsSync(file)) response.end(fs.readFileSync(file));
      else response.writeHead(404).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return new PreviewServer(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  pageUrl(name: PageName, theme: ThemeName): string {
    return `${this.origin}/pages/${name}.html?theme=${theme}`;
  }

  pictureUrl(name: string): string {
    return `${this.origin}/pictures/${name}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

function page(name: string, theme: string): string {
  const policy =
    "default-src 'none'; img-src 'self' data: blob:; style-src 'self'; script-src 'nonce-preview'";
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/themes/page.css"><link rel="stylesheet" href="/themes/${theme}.css">
<link rel="stylesheet" href="/dist/${name}.css"><title>Atelier</title></head>
<body class="vscode-body ${bodyClasses[theme as ThemeName]}"><script nonce="preview" src="/dist/${name}.js"></script></body></html>`;
}
