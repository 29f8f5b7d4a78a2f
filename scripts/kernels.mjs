// Compiles the WebAssembly of src/backends/simd/assembly into src/backends/simd/binary.ts: `npm run kernels`.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/backends/simd');

/**
 * The text of binary.ts as the sources stand.
 * @returns {Promise<string>}
 */
export async function compiled() {
  const files = new Map();
  const { error, stderr } = await main(
    [
      ...['assembly/index.ts', '--baseDir', folder, '--outFile', 'kernels.wasm'],
      ...['--runtime', 'stub', '--enable', 'simd', '--importMemory', '--noAssert'],
      ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge'],
    ],
    { writeFile: (name, contents) => files.set(name, contents) },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const lines = Buffer.from(files.get('kernels.wasm'))
    .toString('base64')
    .match(/.{1,100}/g);
  return [
    '// Made by `npm run kernels` of what lies in assembly; a test tells when it is out of date.',
    'export const KERNELS = [',
    ...lines.map(line => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  fs.writeFileSync(path.join(folder, 'binary.ts'), await compiled());
}
