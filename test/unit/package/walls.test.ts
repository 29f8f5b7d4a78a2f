import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(__dirname, '../../..');
const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const config = path.join(root, '.dependency-cruiser.mjs');

/** A small house: files with imports, allowed ones and, under a comment, those that break a wall. */
const house: Record<string, string> = {
  'src/nst/pure.ts': `import type { Term } from './terms/term'; export const one: Term = 1;`,
  'src/nst/terms/term.ts': `export type Term = number;`,
  // nst-is-pure, by a type from a subfolder, a package, and Node itself
  'src/nst/terms/impure.ts': `import type { E } from '../../common/errors'; export type F = E;`,
  'src/nst/package.ts': `import sharp from 'sharp'; export { sharp };`,
  'src/nst/node.ts': `import * as fs from 'node:fs'; export { fs };`,
  'src/common/errors.ts': `export type E = string; export const e = 'e';`,
  // vscode-in-extension
  'src/jobs/host.ts': `import type * as vscode from 'vscode'; export type U = vscode.Uri;`,
  // extension-is-an-end, webview-is-an-end
  'src/engine/tools.ts': `import { plan } from '../extension/deep/plan'; import type { P } from '../webview/studio/page'; export const p: P = plan;`,
  'src/extension/deep/plan.ts': `import * as vscode from 'vscode'; import type { M } from '../../protocol/message'; export const plan: M = vscode.env;`,
  // webview-is-an-end
  'src/extension/deep/page.ts': `import type { P } from '../../webview/studio/page'; export type Q = P;`,
  // extension-computes-nothing, in a room and in a package
  'src/extension/deep/decode.ts': `import { decode } from '../../images/decode'; import { format } from '../../images/format'; export { decode, format };`,
  'src/extension/deep/codec.ts': `import sharp from 'sharp'; export { sharp };`,
  'src/images/decode.ts': `export const decode = 1;`,
  'src/images/format.ts': `export const format = 1;`,
  'src/protocol/message.ts': `export type M = unknown; export const m = 1;`,
  'src/webview/studio/page.ts': `import { m } from '../../protocol/message'; import type { E } from '../../common/errors'; export type P = E | typeof m;`,
  // webview-imports-protocol, from a folder and a folder in it
  'src/webview/studio/value.ts': `import { e } from '../../common/errors'; export { e };`,
  'src/webview/studio/deep/value.ts': `import { e } from '../../../common/errors'; export { e };`,
  // extension-is-an-end
  'src/webview/studio/host.ts': `import type { plan } from '../../extension/deep/plan'; export type Plan = typeof plan;`,
  // webview-in-a-browser
  'src/webview/studio/file.ts': `import * as path from 'node:path'; export { path };`,
  // no-circles, by types alone
  'src/jobs/left.ts': `import type { R } from './right'; export type L = R | 1;`,
  'src/jobs/right.ts': `import type { L } from './left'; export type R = L | 2;`,
  // resolvable
  'src/jobs/lost.ts': `import { gone } from './gone'; export { gone };`,
  'node_modules/sharp/index.js': `module.exports = 1;`,
  'node_modules/sharp/package.json': `{ "name": "sharp", "main": "index.js" }`,
  'package.json': `{ "dependencies": { "sharp": "1" } }`,
};

/** By wall, all imports of the house that are not allowed. */
const breaks = [
  'extension-computes-nothing: src/extension/deep/codec.ts → node_modules/sharp/index.js',
  'extension-computes-nothing: src/extension/deep/decode.ts → src/images/decode.ts',
  'extension-is-an-end: src/engine/tools.ts → src/extension/deep/plan.ts',
  'extension-is-an-end: src/webview/studio/host.ts → src/extension/deep/plan.ts',
  'no-circles: src/jobs/left.ts → src/jobs/right.ts',
  'nst-is-pure: src/nst/node.ts → fs',
  'nst-is-pure: src/nst/package.ts → node_modules/sharp/index.js',
  'nst-is-pure: src/nst/terms/impure.ts → src/common/errors.ts',
  'resolvable: src/jobs/lost.ts → ./gone',
  'vscode-in-extension: src/jobs/host.ts → vscode',
  'webview-imports-protocol: src/webview/studio/deep/value.ts → src/common/errors.ts',
  'webview-imports-protocol: src/webview/studio/value.ts → src/common/errors.ts',
  'webview-in-a-browser: src/webview/studio/file.ts → path',
  'webview-is-an-end: src/engine/tools.ts → src/webview/studio/page.ts',
  'webview-is-an-end: src/extension/deep/page.ts → src/webview/studio/page.ts',
];

interface Report {
  readonly summary: { readonly violations: readonly { rule: { name: string }; from: string; to: string }[] };
}

describe('the walls between the rooms', () => {
  let folder: string;
  let violations: Report['summary']['violations'];
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-walls-'));
    for (const [file, text] of Object.entries(house)) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    const args = [cruiser, 'src', '--config', config, '--output-type', 'json'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    ({ violations } = (JSON.parse(stdout) as Report).summary);
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it('stop what breaks them, and nothing else', () => {
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort()).toEqual(breaks);
  });

  it('are all broken here', async () => {
    const { default: walls } = (await import(config)) as { default: { forbidden: { name: string }[] } };
    const broken = new Set(breaks.map(line => line.slice(0, line.indexOf(':'))));
    expect(walls.forbidden.map(({ name }) => name).sort()).toEqual([...broken].sort());
  });
});
