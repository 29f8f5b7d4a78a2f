import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { provideAddon } from '../../../src/backends/tensorflow/install/addon';
import { ownLibraries } from '../../../src/backends/tensorflow/install/libraries';
import { runtimePlace } from '../../../src/backends/tensorflow/install/place';
import { tryAddon } from '../../../src/backends/tensorflow/install/tryAddon';
import { TENSORFLOW_VERSION } from '../../../src/backends/tensorflow/install/wheels';
import { runtimeStorage, tensorflowAddon } from './runtime';

const { CXX } = process.env;
let compiled: string;
let root: string;
let prebuilt: string;

beforeAll(async () => void (compiled = await tensorflowAddon()), 600_000);
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-prebuilt-'));
  // Libraries without an addon, where an addon looks for them.
  fs.symlinkSync(runtimePlace(runtimeStorage).library, path.join(root, 'library'));
  prebuilt = path.join(root, 'shipped.node');
  fs.copyFileSync(compiled, prebuilt);
});
afterEach(() => {
  if (CXX === undefined) delete process.env.CXX;
  else process.env.CXX = CXX;
  fs.rmSync(root, { recursive: true, force: true });
});

const provide = (): Promise<string> => {
  const libraries = ownLibraries(path.join(root, 'library'), TENSORFLOW_VERSION);
  return provideAddon(libraries, { addons: path.join(root, 'addons'), prebuilt });
};

/** The prebuilt addon asks for a library of another TensorFlow. */
function makeUnfit(): void {
  const bytes = fs.readFileSync(prebuilt);
  const at = bytes.indexOf('libtensorflow_cc.so.2');
  expect(at).toBeGreaterThan(0);
  bytes.write('libtensorflow_cc.so.9', at);
  fs.writeFileSync(prebuilt, bytes);
}

describe('a prebuilt addon', () => {
  it('is taken where it loads, and nothing is compiled', async () => {
    process.env.CXX = path.join(root, 'no-compiler');
    const addon = await provide();
    expect(fs.readFileSync(addon).equals(fs.readFileSync(prebuilt))).toBe(true);
    expect(await tryAddon(addon)).toMatchObject({ works: true, version: TENSORFLOW_VERSION });
  });

  it('asks older systems for no C++ library', () => {
    expect(fs.readFileSync(compiled, 'latin1')).not.toMatch(/GLIBCXX_|libstdc\+\+\.so|libgcc_s\.so/);
  });

  it('that does not fit is compiled anew', async () => {
    makeUnfit();
    // A compiler in no time; a real one makes the addon of a TensorFlow that is named: namedFolder.test.ts.
    const compiler = path.join(root, 'compiler');
    const script = ['#!/bin/sh', 'while [ "$1" != -o ]; do shift; done', `cp '${compiled}' "$2"`];
    fs.writeFileSync(compiler, script.join('\n'), { mode: 0o755 });
    process.env.CXX = compiler;
    expect(await tryAddon(prebuilt)).toMatchObject({ works: false });
    const addon = await provide();
    expect(fs.readFileSync(addon).equals(fs.readFileSync(prebuilt))).toBe(false);
    expect(await tryAddon(addon)).toMatchObject({ works: true, version: TENSORFLOW_VERSION });
  });

  it('that does not fit ends in a sentence without a compiler', async () => {
    makeUnfit();
    process.env.CXX = path.join(root, 'no-compiler');
    await expect(provide()).rejects.toThrow('There is no C++ compiler to build TensorFlow’s addon.');
  });
});
