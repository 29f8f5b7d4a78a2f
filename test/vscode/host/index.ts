// VS Code calls run() in the extension host; it runs every test/vscode/**/*.test.ts under mocha.
import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';

/** One line of the report that scripts/test reads, in the shape of mocha's own json reporter. */
interface Result {
  readonly fullTitle: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly duration?: number;
  readonly error?: string;
}

export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    color: false,
    forbidOnly: process.env.CI === 'true',
  });
  for (const file of fs.readdirSync(__dirname, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  const results: Result[] = [];
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    runner.on('pass', test => {
      results.push({ fullTitle: test.fullTitle(), state: 'passed', duration: test.duration ?? 0 });
    });
    runner.on('pending', test => results.push({ fullTitle: test.fullTitle(), state: 'pending' }));
    // Hooks that fail are reported here too, so a broken `before` is a failure and not silence.
    runner.on('fail', (test, error: Error) => {
      results.push({ fullTitle: test.fullTitle(), state: 'failed', error: error.stack ?? error.message });
    });
  });
  const report = process.env.ATELIER_TEST_REPORT;
  if (report) fs.writeFileSync(report, JSON.stringify(results, null, 1));
  if (failures > 0) throw new Error(`${failures} failed`);
}
