// Installs a real VS Code to test in: code-server (VS Code's server build, from npm) and Debian's Chromium.
// Everything from npm goes to .vscode-test/ and is renamed into place only when complete.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE = '24.21.0';
const CODE_SERVER = '4.139.1';
/** Chromium without the browser around the page: what cannot be seen is not computed. */
const HEADLESS = 'chromium-headless-shell';
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const base = path.join(root, '.vscode-test');
const folder = path.join(base, `code-server-${CODE_SERVER}-node-${NODE}`);
const nodePackage = `node-${process.platform}-${process.arch}`;
const nodeFolder = at => path.join(at, 'node_modules', nodePackage);
const entry = path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');

/** Written when everything is in its place. */
const complete = path.join(folder, 'complete');

class Missing extends Error {}

/**
 * Debian packages, and by what each is recognised on any distribution. `build`: only needed to compile
 * code-server's native modules; `optional`: without them screenshots lack glyphs and a window costs more time, but the
 * tests work.
 */
const packages = [
  { name: 'chromium', has: () => findChromium() !== undefined },
  { name: 'chromium-headless-shell', optional: true, has: () => which(HEADLESS) !== undefined },
  { name: 'build-essential', build: true, has: () => onPath('gcc', 'g++', 'make') },
  { name: 'python3', build: true, has: () => onPath('python3') },
  { name: 'libkrb5-dev', build: true, has: () => fs.existsSync('/usr/include/gssapi/gssapi.h') },
  { name: 'fonts-dejavu-core', optional: true, has: () => fontsSpeak('en') },
  { name: 'fonts-wqy-microhei', optional: true, has: () => fontsSpeak('zh-cn') },
];

function which(program) {
  for (const directory of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(directory, program);
    if (directory && fs.existsSync(file)) return file;
  }
  return undefined;
}

const onPath = (...programs) => programs.every(program => which(program) !== undefined);

function findChromium() {
  const named = process.env.ATELIER_TEST_CHROMIUM;
  if (named) return fs.existsSync(named) ? named : undefined;
  for (const name of [HEADLESS, 'chromium', 'chromium-browser', 'google-chrome']) {
    const file = which(name);
    if (file) return file;
  }
  return undefined;
}

/** fontconfig comes with Chromium; where it is missing, so are the fonts. */
const fontsSpeak = language =>
  spawnSync('fc-list', [`:lang=${language}`, 'family'], { encoding: 'utf8' }).stdout?.trim() > '';

function run(command, args, options, log) {
  log(`$ ${command} ${args.join(' ')}`);
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  });
  if (error) throw new Missing(`${command} could not be started: ${error.message}`);
  if (status === 0) return;
  const tail = `${stdout}\n${stderr}`.trim().split('\n').slice(-25).join('\n');
  throw new Missing(`${command} ${args[0]} failed (${status}):\n${tail}`);
}

function installPackages(log) {
  const isBuilt = fs.existsSync(complete);
  const absent = () => packages.filter(({ build, has }) => !(build && isBuilt) && !has());
  const essential = () => absent().filter(({ optional }) => !optional);
  const names = list => list.map(({ name }) => name);

  if (absent().length === 0) return;
  if (!which('apt-get') || process.getuid?.() !== 0) {
    if (essential().length === 0) return;
    const list = names(essential());
    throw new Missing(
      `${list.join(', ')} missing, and only root on Debian or Ubuntu can install them here ` +
        `(apt-get install ${list.join(' ')}).`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => run('apt-get', [...args], { env }, log);
  const install = list => apt('install', '-qy', '--no-install-recommends', ...names(list));
  if (essential().length > 0) {
    apt('update', '-q');
    install(essential());
  }
  // Not every distribution has each of the others, and a machine without a network does well without them.
  for (const each of absent())
    if (spawnSync('apt-cache', ['show', each.name]).status === 0)
      try {
        install([each]);
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        log(error.message);
      }
  const still = names(essential());
  if (still.length > 0) throw new Missing(`apt-get installed ${still.join(', ')}, but they cannot be found.`);
}

/** What npm exports to everything below `npm test` about itself and this project, and what may stay of it. */
const exportedByNpm = /^(npm_|NODE$|INIT_CWD$)/i;
const aboutTheNetwork = /^npm_config_(registry|.*proxy|ca|cafile|cache|strict_ssl|userconfig|globalconfig)$/i;

/**
 * Our npm's settings must not reach code-server's: its scripts have to run (they compile its native modules), and
 * they look into these variables for the version of Node.
 */
function npmEnvironment(nodeHome) {
  const env = { ...process.env };
  for (const key of Object.keys(env))
    if (exportedByNpm.test(key) && !aboutTheNetwork.test(key)) delete env[key];
  if (!nodeHome) return env;
  return {
    ...env,
    PATH: path.join(nodeHome, 'bin') + path.delimiter + env.PATH,
    // Otherwise node-gyp takes other headers or tries to download them.
    npm_config_nodedir: nodeHome,
  };
}

function removeInterrupted() {
  for (const name of fs.readdirSync(base)) {
    const isWhole = fs.existsSync(path.join(base, name, 'complete'));
    if (name.startsWith('code-server-') && !isWhole && !isBeingInstalled(name))
      fs.rmSync(path.join(base, name), { recursive: true, force: true });
  }
}

function installCodeServer(log) {
  fs.mkdirSync(base, { recursive: true });
  removeInterrupted();
  if (fs.existsSync(complete)) return;
  const partial = `${folder}.partial-${process.pid}`;
  fs.mkdirSync(partial);
  fs.writeFileSync(path.join(partial, 'package.json'), '{ "private": true }\n');
  const npm = ['install', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts=false'];
  const options = { cwd: partial };
  run('npm', [...npm, `${nodePackage}@${NODE}`], { ...options, env: npmEnvironment() }, log);
  const env = npmEnvironment(nodeFolder(partial));
  const wanted = [`${nodePackage}@${NODE}`, `code-server@${CODE_SERVER}`];
  run('npm', [...npm, '--foreground-scripts', ...wanted], { ...options, env }, log);
  fs.writeFileSync(path.join(partial, 'complete'), '');
  try {
    fs.renameSync(partial, folder);
  } catch (error) {
    // Another run was faster.
    if (!fs.existsSync(complete)) throw error;
    fs.rmSync(partial, { recursive: true, force: true });
  }
}

function isBeingInstalled(name) {
  const pid = Number(/\.partial-(\d+)$/.exec(name)?.[1]);
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes sure the test host is there; quick when it is.
 * @param {(line: string) => void} log receives the commands that are run
 * @returns {{ node: string, codeServer: string, chromium: string } | { missing: string }} the programs' paths,
 *   or a sentence that says what could not be installed
 */
export function installHost(log = () => {}) {
  try {
    if (process.platform === 'win32') throw new Missing('code-server does not run on Windows.');
    installPackages(log);
    installCodeServer(log);
    const host = {
      node: path.join(nodeFolder(folder), 'bin', 'node'),
      codeServer: entry,
      chromium: findChromium(),
    };
    // Read by the harness (test/e2e/host), which does not install anything itself.
    const listing = path.join(base, 'host.json');
    const partial = `${listing}.${process.pid}`;
    fs.writeFileSync(partial, JSON.stringify(host, null, 1));
    fs.renameSync(partial, listing);
    return host;
  } catch (error) {
    if (error instanceof Missing) return { missing: error.message };
    throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = Date.now();
  const host = installHost(line => console.log(line));
  if ('missing' in host) {
    console.error(host.missing);
    process.exitCode = 1;
  } else {
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`Test host: code-server ${CODE_SERVER} on Node ${NODE}, ${host.chromium} (${seconds} s)`);
  }
}
