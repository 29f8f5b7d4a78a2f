// Reads from the pinned wheels in which folders their libraries look for others, and what they cannot do without, and
// writes it for the tests: npx tsx scripts/package/searchPaths.ts FOLDER, where FOLDER holds the wheels as pip
// downloads them. Needs unzip and readelf.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { wheelsOf } from '../../src/backends/tensorflow/install/wheels';
import type { RecordedLibraries } from '../../test/unit/backends/tensorflow/recordedLibraries';

const target = path.resolve(__dirname, '../../test/unit/backends/tensorflow/recordedLibraries.json');

function hashOf(file: string): string {
  const hash = createHash('sha256');
  const handle = fs.openSync(file, 'r');
  const piece = Buffer.alloc(1 << 24);
  for (let bytes; (bytes = fs.readSync(handle, piece)) > 0;) hash.update(piece.subarray(0, bytes));
  fs.closeSync(handle);
  return hash.digest('hex');
}

function read(library: string): { runpath: string; needed: string[] } {
  const listing = execFileSync('readelf', ['-dW', library], { encoding: 'utf8' });
  const values = (tag: string): string[] =>
    [...listing.matchAll(new RegExp(`\\(${tag}\\).*\\[(.*)\\]`, 'g'))].map(([, value = '']) => value);
  const folders = values('R(?:UN)?PATH').flatMap(list => list.split(':'));
  return { runpath: [...new Set(folders)].filter(Boolean).join(':'), needed: values('NEEDED') };
}

const folder = process.argv[2] ?? '.';
const files = fs.readdirSync(folder).filter(name => name.endsWith('.whl'));
const recorded: RecordedLibraries = {};
for (const { name, version, sha256 } of wheelsOf('cuda')) {
  const file = files.find(each => each.startsWith(`${name.replaceAll('-', '_')}-${version}-`));
  if (file === undefined) throw new Error(`${name} ${version} is not in ${folder}`);
  const wheel = path.join(folder, file);
  if (hashOf(wheel) !== sha256) throw new Error(`${file} is not the pinned file`);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-wheel-'));
  const libraries: RecordedLibraries[string]['libraries'] = {};
  execFileSync('unzip', ['-q', wheel, '*.so*', '-d', scratch]);
  for (const inside of fs.readdirSync(scratch, { recursive: true, encoding: 'utf8' }).sort())
    if (/^nvidia\/\w+\/lib\/lib\w.*\.so\.|^tensorflow\/lib\w+\.so\.2$/.test(inside))
      libraries[inside] = read(path.join(scratch, inside));
  fs.rmSync(scratch, { recursive: true });
  recorded[name] = { sha256, libraries };
}
fs.writeFileSync(target, `${JSON.stringify(recorded, undefined, 2)}\n`);
console.log(`${path.relative(process.cwd(), target)} is written.`);
