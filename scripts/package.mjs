// `npm run package [-- --target linux-x64 … | --all]`: makes VSIX files in out/package, by default this machine's.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { changedSince } from './freshness.mjs';
import { stage } from './package/staging.mjs';
import { ownTarget, targets } from './package/targets.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const sources = [
  ...[
    'src',
    'media',
    'models',
    'l10n',
    'prebuilds',
    'native',
    'scripts/package',
    '.vscodeignore',
    'esbuild.mjs',
  ],
  ...['package.json', 'package-lock.json', 'package.nls.json', 'package.nls.zh-cn.json', 'README.md'],
  'CHANGELOG.md',
];

const mebibytes = bytes => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

function size(file) {
  const stat = fs.statSync(file);
  if (!stat.isDirectory()) return stat.size;
  return fs.readdirSync(file).reduce((sum, name) => sum + size(path.join(file, name)), 0);
}

/** The largest contents, as lines; `files` are relative to `folder`. */
function largest(folder, files) {
  return files
    .map(file => ({ file, bytes: size(path.join(folder, file)) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 8)
    .map(({ file, bytes }) => `  ${mebibytes(bytes).padStart(10)}  ${file}`);
}

/** TensorFlow's addon for this machine goes into the package where it can be compiled; a sentence says when not. */
function compileAddon() {
  const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const script = path.join(root, 'scripts', 'package', 'addon.ts');
  execFileSync(process.execPath, [tsx, script, '--installed-only'], { stdio: 'inherit' });
}

async function make(name) {
  if (name === ownTarget()) compileAddon();
  // Slow to load, and not needed when the package is up to date.
  const { createVSIX, listFiles } = await import('@vscode/vsce');
  const started = Date.now();
  const folder = await stage(root, name);
  const file = path.join(root, 'out', 'package', `atelier-${name}.vsix`);
  fs.rmSync(file, { force: true });
  const quiet = console.log;
  try {
    // vsce lists every file and praises bundling.
    console.log = () => {};
    await createVSIX({
      cwd: folder,
      packagePath: file,
      ...(name === 'universal' ? {} : { target: name }),
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
  } finally {
    console.log = quiet;
  }
  const files = await listFiles({ cwd: folder });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${path.relative(root, file)}: ${mebibytes(size(file))}, ${files.length} files, ${seconds} s`);
  console.log(largest(folder, files).join('\n'));
  fs.rmSync(folder, { recursive: true });
}

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    all: { type: 'boolean' },
    'if-changed': { type: 'boolean' },
  },
});
const wanted = values.all ? Object.keys(targets) : (values.target ?? [ownTarget()]);
const unknown = wanted.filter(name => !(name in targets));
if (unknown.length > 0) {
  console.error(`Unknown target ${unknown.join(', ')}; there are ${Object.keys(targets).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const name of wanted) {
    const made = fs.statSync(path.join(root, 'out', 'package', `atelier-${name}.vsix`), {
      throwIfNoEntry: false,
    });
    const stale = !made || sources.some(source => changedSince(made.mtimeMs, path.join(root, source)));
    if (stale || !values['if-changed']) await make(name);
  }
}
