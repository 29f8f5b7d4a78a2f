import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

import { remainingAfter } from '../../test/e2e/host/processes';
import { failure, onePassed, type Outcome } from './outcome';

const mark = 'ATELIER_TEST_RUN';

/** Where npm and other programs let Node keep compiled code, and where tsx keeps its own. */
const caches = /^(node-compile-cache|tsx-\d+)$/;

/** A temporary folder for one suite, and a mark on its processes, to see what it leaves behind. */
export class Traces {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-test-'));

  get environment(): NodeJS.ProcessEnv {
    return { TMPDIR: this.folder, TMP: this.folder, TEMP: this.folder, [mark]: this.folder };
  }

  /** One more check: fails when a process still runs or a temporary file is still there. Removes both. */
  async check(): Promise<Outcome> {
    const processes = await remainingAfter(mark, this.folder, 5000);
    for (const { pid } of processes) process.kill(pid, 'SIGKILL');
    const files = fs.readdirSync(this.folder).filter(name => !caches.test(name));
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    const left = [...processes.map(({ pid, command }) => `process ${pid} (${command})`), ...files];
    return left.length === 0 ? onePassed : failure(`Left behind: ${left.slice(0, 20).join(', ')}`);
  }
}
