// Packages with binaries for other machines are not installed here: fetched from the registry, held to the lock file.
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** npm by its script, where this runs below it: its program has another name on Windows. */
function npm(args, options) {
  const script = process.env.npm_execpath;
  return script
    ? execFileSync(process.execPath, [script, ...args], options)
    : execFileSync('npm', args, options);
}

function locked(root, name) {
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const places = Object.keys(lock.packages).filter(place => place.endsWith(`node_modules/${name}`));
  // A nested place is the one that another package asked for in a version of its own.
  const place = places.sort((a, b) => b.length - a.length)[0];
  if (!place) throw new Error(`${name} is not in package-lock.json.`);
  return { place, ...lock.packages[place] };
}

/**
 * Hands the unpacked package to `use`: the installed one where there is one, else the registry's.
 * @throws when the registry's file is not the one that package-lock.json names
 */
export async function fetchPackage(root, name, use) {
  const { place, version, integrity } = locked(root, name);
  const installed = path.join(root, place);
  if (fs.existsSync(path.join(installed, 'package.json'))) return use(installed);

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-package-'));
  try {
    const options = { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' };
    const args = ['pack', `${name}@${version}`, '--json', '--loglevel=error', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(npm(args, options));
    const archive = path.join(folder, path.basename(filename));
    const digest = crypto.createHash('sha512').update(fs.readFileSync(archive)).digest('base64');
    if (integrity !== `sha512-${digest}`)
      throw new Error(`${name}@${version} differs from package-lock.json.`);
    execFileSync('tar', ['-xzf', archive, '-C', folder]);
    return use(path.join(folder, 'package'));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
