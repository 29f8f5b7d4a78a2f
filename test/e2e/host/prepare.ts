import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

import { repository } from './installation';

/** Before the first end-to-end test: the test host is installed and the package is that of the sources as they are. */
export default function prepare(): void {
  const node = (...args: string[]): void => {
    execFileSync(process.execPath, args, { cwd: repository, stdio: 'inherit' });
  };
  node(path.join('scripts', 'test', 'installHost.mjs'));
  node(path.join('scripts', 'package.mjs'), '--if-changed');
}
