import * as fs from 'node:fs';
import * as path from 'node:path';

/** What @vscode/test-electron asks of a `code` executable. */
export interface CodeArguments {
  /** Absolute folders of the extensions under development. */
  readonly development: readonly string[];
  /** Absolute path of the script whose `run()` is the suite. */
  readonly tests: string;
  readonly userDataDir?: string;
  readonly extensionsDir?: string;
  /** Absolute folder or `.code-workspace` file to open. */
  readonly open?: string;
}

/**
 * Reads VS Code's command line as far as a test run uses it.
 * @throws when it names no tests
 */
export function parseCodeArguments(argv: readonly string[]): CodeArguments {
  const all = (name: string): string[] =>
    argv.filter(each => each.startsWith(`--${name}=`)).map(each => each.slice(name.length + 3));
  const [tests] = all('extensionTestsPath');
  if (tests === undefined)
    throw new Error('This stand-in for VS Code only runs tests (--extensionTestsPath).');
  const [userDataDir] = all('user-data-dir');
  const [extensionsDir] = all('extensions-dir');
  const open = argv.find(each => !each.startsWith('-'));
  return {
    development: all('extensionDevelopmentPath'),
    tests: scriptOf(tests),
    ...(userDataDir === undefined ? {} : { userDataDir }),
    ...(extensionsDir === undefined ? {} : { extensionsDir }),
    ...(open === undefined ? {} : { open: path.resolve(open) }),
  };
}

/** Desktop VS Code resolves this path as `require` does; the server's build wants the file. */
const scriptOf = (tests: string): string =>
  [tests, `${tests}.js`, path.join(tests, 'index.js')].find(
    file => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  ) ?? tests;
