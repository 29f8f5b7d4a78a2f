// `npm run check`: the types of all projects, with TypeScript's native compiler. (The package `typescript` is there for its
// interface, which the native one does not have yet. AssemblyScript's own compiler checks src/backends/simd/assembly.)
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const tsc = path.join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
const projects = [
  '.',
  'src/webview',
  'test/vscode',
  'test/e2e',
  'bench/reliability',
  'bench/workbench',
  'scripts/readme',
];

for (const project of projects) {
  const { status } = spawnSync(process.execPath, [tsc, '-p', project, '--noEmit'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
