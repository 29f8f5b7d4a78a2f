import * as fs from 'node:fs';
import * as path from 'node:path';

import { repository } from './installation';
import { Server } from './server';

/** Written when an installation is complete. */
const COMPLETE = '.complete';

/**
 * Absolute path of an extensions folder with a packaged extension in it, installed as a user does it. It is done once for
 * each state of the package, since it takes seconds; servers only read there.
 * @param vsix absolute path
 */
export async function installedOnce(vsix: string): Promise<string> {
  const { mtimeMs, size } = fs.statSync(vsix);
  const all = path.join(repository, 'out', 'test', 'extensions');
  const folder = path.join(all, `${path.basename(vsix, '.vsix')}-${mtimeMs}-${size}`);
  if (fs.existsSync(path.join(folder, COMPLETE))) return folder;
  fs.rmSync(all, { recursive: true, force: true });
  const server = Server.prepare({ extensionsDir: folder });
  try {
    await server.install(vsix);
  } finally {
    await server.stop();
  }
  fs.writeFileSync(path.join(folder, COMPLETE), '');
  return folder;
}
