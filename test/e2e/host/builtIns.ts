import * as fs from 'node:fs';
import * as path from 'node:path';

import { installation } from './installation';

/**
 * Of the hundred extensions that VS Code brings, those that the product meets: the previews of images and of
 * Markdown, JSON with its schemas, the themes. Every window of every test would read the others, too.
 */
const wanted = [
  'configuration-editing',
  'json',
  'json-language-features',
  'markdown-basics',
  'markdown-language-features',
  'media-preview',
  'search-result',
  'theme-defaults',
  'theme-seti',
];

/**
 * Makes a folder of built-in extensions for VS Code's server.
 * @param folder absolute path, not there yet
 * @returns the folder
 */
export function linkBuiltIns(folder: string): string {
  const all = path.resolve(path.dirname(installation().codeServer), '../../lib/vscode/extensions');
  fs.mkdirSync(folder);
  for (const name of wanted) fs.symlinkSync(path.join(all, name), path.join(folder, name), 'junction');
  return folder;
}
