import * as fs from 'node:fs';
import * as path from 'node:path';

let root: string | undefined;

function packageRoot(): string {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, 'models', 'lite.safetensors'))) return folder;
    if (folder === path.dirname(folder))
      throw new Error('models/lite.safetensors is missing from the package');
  }
}

/**
 * Absolute path of a file that ships with the package, for instance `models/lite.safetensors`.
 * Works from the bundles in `dist/` and from the sources under test alike.
 */
export function resourcePath(relative: string): string {
  root ??= packageRoot();
  return path.join(root, relative);
}
