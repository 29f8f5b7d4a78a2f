import * as fs from 'node:fs';
import * as path from 'node:path';

/** Absolute path of the checkout. */
export const repository = findRepository();

function findRepository(): string {
  // Also right in the bundles under out/, where this file is somewhere else.
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, 'esbuild.mjs'))) return folder;
    if (folder === path.dirname(folder)) throw new Error(`No checkout of Atelier around ${__dirname}.`);
  }
}

/** The programs of the test host, as absolute paths. */
export interface Installation {
  /** Node of the version that code-server's native modules were compiled for. */
  readonly node: string;
  /** code-server's main script. */
  readonly codeServer: string;
  readonly chromium: string;
}

/**
 * The test host that `scripts/test/installHost.mjs` installed.
 * @throws when it is not there
 */
export function installation(): Installation {
  const listing = path.join(repository, '.vscode-test', 'host.json');
  if (!fs.existsSync(listing))
    throw new Error('The test host is missing; install it with `node scripts/test/installHost.mjs`.');
  return JSON.parse(fs.readFileSync(listing, 'utf8')) as Installation;
}
