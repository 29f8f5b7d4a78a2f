// Packs what day.sh needs into out/gpu-day/: npx tsx bench/gpu/pack.ts, after npm run build. Node, onnxruntime for
// linux-x64, the measurement in one file, the command line, lite, and Vulkan's loader where the tests have fetched it.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as esbuild from 'esbuild';

const root = path.resolve(__dirname, '../..');
const target = path.join(root, 'out', 'gpu-day');
const tree = path.join(target, 'tree');
const at = (...parts: string[]): string => path.join(tree, ...parts);
const bring = (from: string, to = from): void => {
  fs.mkdirSync(path.dirname(at(to)), { recursive: true });
  fs.cpSync(path.join(root, from), at(to), { recursive: true, dereference: true });
};

fs.rmSync(target, { recursive: true, force: true });
fs.mkdirSync(tree, { recursive: true });
esbuild.buildSync({
  ...{ entryPoints: [path.join(__dirname, 'measure.ts')], outfile: at('dist', 'measure.js') },
  ...{
    bundle: true,
    minify: true,
    platform: 'node',
    external: ['onnxruntime-node', 'onnxruntime-web', 'sharp'],
  },
});
for (const file of ['dist/cli.js', 'dist/engine.js', 'models/lite.safetensors', 'package.json']) bring(file);
for (const name of ['package.json', 'dist', 'bin/napi-v6/linux/x64'])
  bring(`node_modules/onnxruntime-node/${name}`);
for (const name of ['package.json', 'dist/cjs']) bring(`node_modules/onnxruntime-common/${name}`);
fs.cpSync(fs.realpathSync(process.execPath), at('node'));
execFileSync('strip', [at('node')]);
const vulkan = '.atelier/lavapipe/usr/lib/x86_64-linux-gnu/libvulkan.so.1';
if (fs.existsSync(path.join(root, vulkan))) bring(vulkan, 'vulkan/libvulkan.so.1');

const archive = path.join(target, 'tree.tar.xz');
execFileSync('tar', ['-C', tree, '-cJf', archive, '.'], { env: { ...process.env, XZ_OPT: '-3' } });
fs.rmSync(tree, { recursive: true });
const bytes = fs.statSync(archive).size;
console.log(`${path.relative(root, archive)}: ${(bytes / 2 ** 20).toFixed(1)} MiB`);
if (bytes > 60 * 2 ** 20) throw new Error('it does not fit into 64 MiB');
