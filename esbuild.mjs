// Bundles the product into dist/: `node esbuild.mjs [--production] [--watch]`.
import esbuild from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSchema } from './scripts/schema.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));

/** These load native or wasm files from their own folders, so they stay packages (see scripts/package.mjs). */
export const external = ['onnxruntime-node', 'onnxruntime-web', 'sharp', '*.node'];

/** h5wasm carries 4 MB of wasm that only an import of a Keras file needs: a bundle of its own, loaded then. */
const separateHdf5 = {
  name: 'separate-hdf5',
  setup(build) {
    build.onResolve({ filter: /^h5wasm(\/node)?$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './h5wasm.js', external: true },
    );
  },
};

/** The protocol of agents costs as much to load as a command line: a bundle of its own, loaded by the one command. */
const separateAgents = {
  name: 'separate-agents',
  setup(build) {
    build.onResolve({ filter: /\/agents\/mcp$/ }, () => ({ path: 'bundle', namespace: 'agents' }));
    build.onResolve({ filter: /^\.\/agents\.js$/, namespace: 'agents' }, () => ({ external: true }));
    // By require: Node reads what is imported twice, first for its names.
    build.onLoad({ filter: /^bundle$/, namespace: 'agents' }, () => ({
      contents: `module.exports = require('./agents.js');`,
    }));
    // Of the two validators for what clients are asked the smaller one: nothing is asked.
    build.onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, ({ resolveDir }) => ({
      path: 'shims',
      namespace: 'agents',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /^shims$/, namespace: 'agents' }, ({ pluginData: resolveDir }) => ({
      contents: `
        export { CfWorkerJsonSchemaValidator as DefaultJsonSchemaValidator } from '@modelcontextprotocol/server/validators/cf-worker';
        export { default as process } from 'node:process';`,
      resolveDir,
    }));
  },
};

/** A queue over Redis is for those who have one: its libraries are a bundle of their own, loaded with the first. */
const queueLibraries = 'src/queue/redis/libraries.ts';
const separateQueue = {
  name: 'separate-queue',
  setup(build) {
    build.onResolve({ filter: /\/libraries$/ }, ({ path: asked, resolveDir }) =>
      path.relative(root, path.resolve(resolveDir, asked)) === path.normalize(queueLibraries.slice(0, -3))
        ? { path: './redis.js', external: true }
        : undefined,
    );
  },
};

/**
 * Of TensorFlow.js only its core and tfjs-node's backend are used: not the layers, converters and browsers' backends
 * that the package of all packages brings, nor the messages that it logs to TensorBoard with.
 */
const tfjsCore = {
  name: 'tfjs-core',
  setup(build) {
    build.onResolve({ filter: /^@tensorflow\/tfjs$/ }, ({ resolveDir }) =>
      build.resolve('@tensorflow/tfjs-core', { kind: 'require-call', resolveDir }),
    );
    build.onResolve({ filter: /\/proto\/api_pb$/ }, () => ({ path: 'api_pb', namespace: 'unused' }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** Writes through a temporary name: a build that runs while a program starts never shows it half a file. */
const atomicWriter = {
  name: 'atomic-writer',
  setup(build) {
    build.onEnd(({ errors, outputFiles }) => {
      if (errors.length > 0) return;
      for (const { path: file, contents } of outputFiles) {
        if (fs.existsSync(file) && fs.readFileSync(file).equals(contents)) continue;
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(`${file}.${process.pid}`, contents);
        fs.renameSync(`${file}.${process.pid}`, file);
      }
    });
  },
};

/**
 * What a module imports whole from VS Code and Node, required once. esbuild would copy such a namespace for every file
 * that imports it; VS Code's has hundreds of names, and that was most of what loading took.
 */
function withoutNamespaces(code) {
  const names = new Map();
  const rest = code.replace(
    /\bimport\s*\*\s*as ([\w$]+) from\s*"(vscode|node:[\w/]+)";/g,
    (_all, name, module) => {
      names.set(module, [...(names.get(module) ?? []), name]);
      return '';
    },
  );
  // No new line: the source map counts them.
  const required = [...names].map(([module, [first, ...others]]) =>
    [`const ${first} = require('${module}')`, ...others.map(name => `${name} = ${first}`)].join(', '),
  );
  return required.map(one => `${one}; `).join('') + rest;
}

/**
 * Only modules can be split into what activation needs and what is loaded when it is wanted; the extension host wants
 * CommonJS. So the extension is split as modules, and then each part is rewritten.
 */
const commonJsParts = {
  name: 'commonjs-parts',
  setup(build) {
    build.onEnd(async result => {
      const files = new Map(result.outputFiles.map(file => [file.path, file]));
      for (const [name, { text }] of [...files].filter(([name]) => name.endsWith('.js'))) {
        const map = files.get(`${name}.map`);
        const code = withoutNamespaces(text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
        const inline =
          map &&
          `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map.text).toString('base64')}\n`;
        const part = await esbuild.transform(code + (inline ?? ''), {
          platform: 'node',
          target: 'node20',
          format: 'cjs',
          banner: `'use strict';`,
          // Parts are asked for by require, as the extension itself is.
          supported: { 'dynamic-import': false },
          minify: build.initialOptions.minify,
          charset: 'utf8',
          sourcefile: path.basename(name),
          sourcemap: map !== undefined && 'external',
        });
        const link = map ? `//# sourceMappingURL=${path.basename(name)}.map\n` : '';
        files.set(name, { path: name, contents: Buffer.from(part.code + link) });
        if (map) files.set(map.path, { path: map.path, contents: Buffer.from(part.map) });
      }
      result.outputFiles = [...files.values()];
    });
  },
};

/** Prints what the problem matcher in .vscode/tasks.json reads: one start and one end for all bundles together. */
function reporter() {
  let running = 0;
  return {
    name: 'report',
    setup(build) {
      build.onStart(() => {
        if (running++ === 0) console.log('[watch] build started');
      });
      build.onEnd(({ errors, warnings }) => {
        for (const [severity, messages] of Object.entries({ error: errors, warning: warnings }))
          for (const { text, location } of messages) {
            const { file, line, column } = location ?? { file: 'esbuild.mjs', line: 1, column: 0 };
            console.log(`${file}:${line}:${column + 1}: ${severity}: ${text}`);
          }
        if (--running === 0) console.log('[watch] build finished');
      });
    },
  };
}

function configurations({ outdir, production }) {
  const common = {
    absWorkingDir: root,
    bundle: true,
    outdir,
    write: false,
    minify: production,
    sourcemap: production ? false : 'linked',
    metafile: true,
    logLevel: 'warning',
    // The packaged product carries whole licences instead (scripts/package/notices.mjs).
    legalComments: 'none',
    charset: 'utf8',
    plugins: [separateHdf5, separateAgents, separateQueue, tfjsCore, atomicWriter],
  };
  const node = {
    ...common,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Error reports name the same functions in the packaged product as here.
    keepNames: true,
    // Its main file loads its parts in a way that no bundler can follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;` },
  };
  return [
    {
      ...node,
      entryPoints: { extension: 'src/extension/main.ts' },
      format: 'esm',
      splitting: true,
      chunkNames: 'extension-[hash]',
      plugins: [commonJsParts, ...node.plugins],
      external: ['vscode'],
      // zod asks for the browser's name; the extension host logs an error for anyone who does.
      define: { ...node.define, navigator: 'undefined' },
    },
    {
      ...node,
      entryPoints: {
        engine: 'src/engine/main.ts',
        cli: 'src/cli/main.ts',
        agents: 'src/agents/mcp/index.ts',
      },
      external,
    },
    { ...node, entryPoints: { h5wasm: 'h5wasm/node' }, sourcemap: false },
    // msgpackr does without its addon.
    {
      ...node,
      entryPoints: { redis: queueLibraries },
      external: ['msgpackr-extract', 'pg', 'redis'],
      sourcemap: false,
    },
    {
      ...common,
      outdir: path.join(outdir, 'webview'),
      platform: 'browser',
      target: 'chrome120',
      format: 'iife',
      entryPoints: Object.fromEntries(
        ['studio', 'imageEditor', 'figure', 'stylePicker'].map(page => [page, `src/webview/${page}/main.ts`]),
      ),
      loader: { '.ttf': 'file', '.svg': 'dataurl' },
      assetNames: '[name]',
    },
  ];
}

/**
 * Builds every bundle once.
 * @param {{ outdir?: string, production?: boolean }} options outdir: absolute, dist/ by default
 * @returns the files that went into the bundles, relative to the checkout
 * @throws when a source does not compile; esbuild has printed the messages by then
 */
export async function build({ outdir = path.join(root, 'dist'), production = false } = {}) {
  const started = new Date();
  const all = configurations({ outdir, production });
  const [results] = await Promise.all([Promise.all(all.map(one => esbuild.build(one))), writeSchema(outdir)]);
  // scripts/atelier.mjs compares the sources with this time.
  const stamp = path.join(outdir, '.built');
  fs.writeFileSync(stamp, '');
  fs.utimesSync(stamp, started, started);
  return results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

async function watch() {
  const report = reporter();
  const all = configurations({ outdir: path.join(root, 'dist'), production: false }).map(one => ({
    ...one,
    logLevel: 'silent',
    plugins: [...one.plugins, report],
  }));
  const contexts = await Promise.all(all.map(one => esbuild.context(one)));
  await Promise.all(contexts.map(context => context.watch()));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--watch')) await watch();
  else await build({ production: process.argv.includes('--production') }).catch(() => (process.exitCode = 1));
}
