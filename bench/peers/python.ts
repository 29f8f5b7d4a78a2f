import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** An environment of its own, ignored by git; tried from the smallest download to the largest. */
const folder = path.resolve(__dirname, '../../out/bench/torch');
const requirements = path.join(__dirname, 'pytorch', 'requirements.txt');

/** PyTorch's own index has builds without CUDA; where it cannot be reached, the usual index has those with it. */
const CPU_INDEX = 'https://download.pytorch.org/whl/cpu';

/** A Python that has torch, or the sentence why there is none. */
export type Found = { readonly python: string } | { readonly missing: string };

/**
 * Finds a Python with torch: the one that is named, or else the private environment, which is made first where
 * Python 3.10 or later is at hand.
 */
export function pythonWithTorch(named: string | undefined): Found {
  if (named !== undefined) {
    return hasTorch(named) ? { python: named } : { missing: `${named} has no torch: PyTorch is left out.` };
  }
  const python = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (hasTorch(python)) return { python };
  const base = ['python3', 'python', 'py'].find(isRecent);
  if (base === undefined) {
    return { missing: 'There is no Python 3.10 or later on the path: PyTorch is left out.' };
  }
  console.log(
    'Installing PyTorch into out/bench/torch (0.2 GB to download, or 3 GB where only CUDA builds are found)…',
  );
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  if (!run(base, ['-m', 'venv', folder])) {
    return { missing: `${base} cannot make a virtual environment: PyTorch is left out.` };
  }
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  const quick = ['--index-url', CPU_INDEX, '--retries', '0', '--timeout', '10'];
  if ((run(python, [...install, ...quick], 'ignore') || run(python, install)) && hasTorch(python))
    return { python };
  return { missing: 'PyTorch could not be installed: it is left out.' };
}

function run(file: string, args: readonly string[], stderr: 'inherit' | 'ignore' = 'inherit'): boolean {
  return spawnSync(file, args, { stdio: ['ignore', 'inherit', stderr] }).status === 0;
}

function hasTorch(python: string): boolean {
  return run(python, ['-c', 'import torch'], 'ignore');
}

function isRecent(python: string): boolean {
  return run(python, ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 10))'], 'ignore');
}
