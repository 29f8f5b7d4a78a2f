// Lays out what one package contains in out/package/<target>, so that vsce sees nothing else.
import fs from 'node:fs';
import path from 'node:path';

import { build, external } from '../../esbuild.mjs';
import { fetchPackage } from './fetch.mjs';
import { writeNotices } from './notices.mjs';
import { targets } from './targets.mjs';
import { writeTexts } from './texts.mjs';

/** Shipped as they are; `l10n` and the others may hold subfolders. */
const ownFiles = [
  'LICENSE',
  'package.nls.json',
  'package.nls.zh-cn.json',
  '.vscodeignore',
  'api',
  'l10n',
  'media',
  'models',
];

/** VS Code shows no pictures of a README that are files. */
const isShipped = file => path.basename(file) !== 'readme';

/** Of each runtime package only what is loaded; patterns over paths inside the package. */
const kept = {
  'onnxruntime-node': target => [
    /^dist\/.*\.js$/,
    // The CUDA and TensorRT providers, where an install script fetched them, are hundreds of megabytes.
    ...(target.onnx ? [new RegExp(`^bin/napi-v6/${target.onnx}/(?!.*_providers_(cuda|tensorrt))`)] : []),
  ],
  'onnxruntime-web': () => [/^dist\/ort\.node\.min\.(js|mjs)$/, /^dist\/ort-wasm-simd-threaded\.(mjs|wasm)$/],
  'onnxruntime-common': () => [/^dist\/cjs\/.*\.(js|json)$/, /^dist\/esm\/.*\.(js|json)$/],
  sharp: () => [/^dist\/.*\.(cjs|mjs)$/],
};

/** What the addon for TensorFlow is compiled from on a user's machine, on the systems where it can be. */
const addonSources = {
  '@tensorflow/tfjs-node-gpu': [/^binding\/.*\.(cc|h)$/],
  'node-api-headers': [/^include\/.*\.h$/],
};
const buildsAddon = name => name.startsWith('linux-') || name === 'universal';

/** The macOS package carries its library twice; the binding loads this name. */
const duplicate = /libonnxruntime\.\d+\.\d+\.\d+\.dylib$/;

const always = /^(LICEN[CS]E|NOTICE|ThirdPartyNotices|THIRD-PARTY)[^/]*$/i;

/** Needed by install scripts only, or replaced by what is bundled into the file that is loaded. */
const unneeded = [
  'adm-zip',
  'global-agent',
  'flatbuffers',
  'guid-typescript',
  'long',
  'platform',
  'protobufjs',
];

const readJson = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const writeJson = (file, value) => fs.writeFileSync(file, JSON.stringify(value, null, 2));

/**
 * Copies what is wanted of a package, all that is loaded where nothing is said.
 * @param {{ alone?: boolean }} options alone: without the packages it depends on
 */
function copyPackage(from, to, wanted, { alone = false } = {}) {
  const files = fs
    .readdirSync(from, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile());
  for (const { name, parentPath } of files) {
    const source = path.join(parentPath, name);
    const inside = path.relative(from, source).replaceAll(path.sep, '/');
    if (inside.startsWith('node_modules/') || duplicate.test(inside)) continue;
    if (wanted && !always.test(inside) && !wanted.some(pattern => pattern.test(inside))) continue;
    if (!wanted && /\.(map|d\.[cm]?ts|h)$/.test(inside)) continue;
    fs.mkdirSync(path.dirname(path.join(to, inside)), { recursive: true });
    fs.copyFileSync(source, path.join(to, inside));
  }
  const manifest = readJson(path.join(from, 'package.json'));
  for (const key of ['scripts', 'devDependencies', 'peerDependencies']) delete manifest[key];
  for (const name of unneeded) delete manifest.dependencies?.[name];
  if (alone) delete manifest.dependencies;
  writeJson(path.join(to, 'package.json'), manifest);
}

/** The installed packages that the external ones need, each by name. */
function closure(root, names) {
  const found = new Set();
  const visit = name => {
    if (found.has(name) || unneeded.includes(name)) return;
    found.add(name);
    const { dependencies = {} } = readJson(path.join(root, 'node_modules', name, 'package.json'));
    Object.keys(dependencies).forEach(visit);
  };
  names.forEach(visit);
  return found;
}

/** sharp-… is short for @img/sharp-…. */
const fullName = name => (name.startsWith('sharp-') ? `@img/${name}` : name);

/**
 * Fills out/package/<name> anew.
 * @returns its absolute path
 */
export async function stage(root, name) {
  const target = targets[name];
  const folder = path.join(root, 'out', 'package', name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });

  const bundled = await build({ outdir: path.join(folder, 'dist'), production: true });
  for (const file of [...ownFiles, `prebuilds/${name}`])
    if (fs.existsSync(path.join(root, file)))
      fs.cpSync(path.join(root, file), path.join(folder, file), { recursive: true, filter: isShipped });
  writeTexts(root, folder);

  const runtime = external.filter(each => !each.includes('*'));
  if (!target.onnx) runtime.splice(runtime.indexOf('onnxruntime-node'), 1);
  const modules = path.join(folder, 'node_modules');
  const installed = closure(root, runtime);
  for (const each of installed)
    copyPackage(path.join(root, 'node_modules', each), path.join(modules, each), kept[each]?.(target));
  for (const each of target.sharp.map(fullName))
    await fetchPackage(root, each, from => copyPackage(from, path.join(modules, each)));

  for (const [each, wanted] of buildsAddon(name) ? Object.entries(addonSources) : []) {
    copyPackage(path.join(root, 'node_modules', each), path.join(modules, each), wanted, { alone: true });
    runtime.push(each);
  }
  if (buildsAddon(name))
    fs.cpSync(path.join(root, 'native'), path.join(folder, 'native'), { recursive: true });

  const manifest = readJson(path.join(root, 'package.json'));
  for (const key of ['scripts', 'devDependencies', 'bin']) delete manifest[key];
  manifest.dependencies = Object.fromEntries(runtime.map(each => [each, manifest.dependencies[each]]));
  // Optional for sharp, so nothing else would tell vsce to take them.
  for (const each of target.sharp.map(fullName))
    manifest.dependencies[each] = readJson(path.join(modules, each, 'package.json')).version;
  writeJson(path.join(folder, 'package.json'), manifest);

  writeNotices(root, bundled, modules, path.join(folder, 'ThirdPartyNotices.txt'));
  return folder;
}
