import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const VERSION = '24.21.0';
const root = path.resolve(__dirname, '../../..');

/** The Node that VS Code ships today: the one of the test host where it is installed, else one from npm. */
export function node24(): string {
  const listing = path.join(root, '.vscode-test', 'host.json');
  if (fs.existsSync(listing)) {
    const { node } = JSON.parse(fs.readFileSync(listing, 'utf8')) as { node: string };
    if (fs.existsSync(node)) return node;
  }
  const name = `node-${process.platform}-${process.arch}`;
  const folder = path.join(root, '.atelier', `node-${VERSION}`);
  const program = path.join(folder, 'node_modules', name, 'bin', 'node');
  if (!fs.existsSync(program)) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    const args = ['install', '--no-audit', '--no-fund', '--no-save', `${name}@${VERSION}`];
    execFileSync('npm', args, { cwd: folder, stdio: 'pipe' });
  }
  return program;
}
