import * as fs from 'node:fs';
import * as path from 'node:path';

import { repository } from './installation';

/**
 * Absolute path of the packaged extension for this machine, as `npm run package` leaves it.
 * @throws when it was not made
 */
export function packagedExtension(): string {
  for (const target of [`${process.platform}-${process.arch}`, 'universal']) {
    const file = path.join(repository, 'out', 'package', `atelier-${target}.vsix`);
    if (fs.existsSync(file)) return file;
  }
  throw new Error('The extension is not packaged: `npm run package`.');
}
