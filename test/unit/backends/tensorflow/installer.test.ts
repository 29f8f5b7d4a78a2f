import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDevice } from '../../../../src/backends/select';
import { provideAddon } from '../../../../src/backends/tensorflow/install/addon';
import { systemObstacle } from '../../../../src/backends/tensorflow/install/obstacle';
import { runtimePlace } from '../../../../src/backends/tensorflow/install/place';
import {
  addonPath,
  installNotice,
  installRuntime,
  readRuntime,
  removeRuntime,
  type InstallOptions,
} from '../../../../src/backends/tensorflow/install/runtime';
import { TENSORFLOW_VERSION } from '../../../../src/backends/tensorflow/install/wheels';
import { locateTensorflow } from '../../../../src/backends/tensorflow/locate';
import { AtelierError, type ErrorCode } from '../../../../src/common/errors';
import { createNetwork } from '../../../../src/models/network';
import { openSafetensorsWeights } from '../../../../src/models/formats/safetensorsWeights';
import { resourcePath } from '../../../../src/common/resources';
import { formatMessage, joinMessages } from '../../../../src/common/messages';
import { writeStandInRuntime } from './standInRuntime';

const PATH = process.env.PATH;
const hasDriver = ['/proc/driver/nvidia/version', '/usr/lib/wsl/lib/libcuda.so.1'].some(fs.existsSync);
let folder: string;
let storage: string;
let programs: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-installer-'));
  storage = path.join(folder, 'storage');
  programs = path.join(folder, 'bin');
  fs.mkdirSync(programs);
  process.env.PATH = programs;
});
afterEach(() => {
  process.env.PATH = PATH;
  fs.rmSync(folder, { recursive: true, force: true });
});

/**
 * A Python on the path that knows its version, makes environments of itself, and does what `pip` says when it is asked
 * to download: the body of a function of the arguments, in JavaScript.
 */
function fakePython(pip: string, venv = ''): void {
  const file = path.join(programs, 'python3');
  const source = `#!${process.execPath}
const fs = require('node:fs'), path = require('node:path');
const args = process.argv.slice(2);
const fail = text => { process.stderr.write(text + '\\n'); process.exit(1); };
if (args[0] === '-c') console.log('3 11');
else if (args[1] === 'venv') {
  ${venv}
  fs.mkdirSync(path.join(args[2], 'bin'), { recursive: true });
  fs.copyFileSync(__filename, path.join(args[2], 'bin', 'python'));
  fs.chmodSync(path.join(args[2], 'bin', 'python'), 0o755);
} else if (args[2] === '--version') console.log('pip 24.0');
// Nothing but pip itself is to reach out.
else if (args[2] === 'config') console.log(":env:.no-index='1'");
else { ${pip} }
`;
  fs.writeFileSync(file, source, { mode: 0o755 });
}

const install = (options: Partial<InstallOptions> = {}) =>
  installRuntime({ storage, variant: 'cpu', consent: true, ...options });

async function failure(work: Promise<unknown>): Promise<AtelierError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AtelierError);
  return error as AtelierError;
}

/**
 * Whatever became of the installation, a painting is begun all the same.
 * @param remark what people are told about it, where somebody has installed CUDA and may count on it
 */
async function expectNextDevice(remark?: RegExp): Promise<void> {
  const network = createNetwork(openSafetensorsWeights(resourcePath('models/lite.safetensors')), 'lite');
  const device = await openDevice(network, { device: 'auto', threads: 1, storage }, new Set(['webgpu']));
  expect(device.name, formatMessage(device.reason)).toBe('cpu');
  expect(formatMessage(device.reason)).toMatch(/cuda: .+/);
  if (remark === undefined) expect(device.fallback).toBeUndefined();
  else expect(device.fallback && formatMessage(device.fallback)).toMatch(remark);
  await device.executor.dispose();
}

describe('an installation that fails', () => {
  const faults: [string, { pip: string; venv?: string; code: ErrorCode; sentence: RegExp }][] = [
    [
      'without the venv module',
      {
        venv: `fail('Error: the virtual environment was not created because ensurepip is not available.');`,
        pip: '',
        code: 'device-unavailable',
        sentence: /has no venv module/,
      },
    ],
    [
      'without a network',
      {
        pip: `fail("WARNING: Retrying: NewConnectionError('Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')\\nERROR: No matching distribution found");`,
        code: 'download-failed',
        sentence: /tensorflow-cpu 2\.21\.0 cannot be downloaded: the package index cannot be reached/,
      },
    ],
    [
      'on a full disk',
      {
        pip: `fail('ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device');`,
        code: 'write-failed',
        sentence: /There is not enough space in/,
      },
    ],
    [
      'with bytes that somebody changed',
      {
        pip: `fail('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.');`,
        code: 'download-corrupt',
        sentence: /its hash differs/,
      },
    ],
    [
      'when the index lacks the version',
      {
        pip: `fail('ERROR: No matching distribution found for tensorflow-cpu==2.21.0');`,
        code: 'download-failed',
        sentence: /No matching distribution/,
      },
    ],
  ];

  it.each(faults)('%s says so, and the next device paints', async (_, { pip, venv, code, sentence }) => {
    fakePython(pip, venv);
    const error = await failure(install());
    expect(error.code).toBe(code);
    expect(error.message).toMatch(sentence);
    expect(error.next).toBeTruthy();
    expect(await readRuntime(storage)).toBeUndefined();
    await expectNextDevice();
  });

  it('without any Python says so', async () => {
    const error = await failure(install());
    expect(error.code).toBe('device-unavailable');
    expect(error.message).toMatch(/no Python was found/);
    expect(error.next).toMatch(/apt install python3/);
    await expectNextDevice();
  });

  // Where the machine has a driver, nothing here can hide it.
  it.skipIf(hasDriver)('without an NVIDIA driver is not begun for CUDA', async () => {
    fakePython('');
    const error = await failure(install({ variant: 'cuda' }));
    expect(error.message).toMatch(/needs an NVIDIA driver/);
    expect(fs.existsSync(runtimePlace(storage).root)).toBe(false);
  });

  it('is not begun without consent, and tells the real size', async () => {
    const error = await failure(install({ consent: false }));
    expect(error.code).toBe('consent-missing');
    expect(error.message).toContain('274 MB to download');
    expect(formatMessage(installNotice('cuda'))).toContain('2939 MB to download');
    expect(fs.existsSync(storage)).toBe(false);
  });
});

it('is stopped in the middle of the download, and can be begun again', async () => {
  fakePython(
    `fs.writeFileSync(path.join(process.env.TMPDIR, 'growing.whl'), Buffer.alloc(5e6)); setInterval(() => {}, 1000);`,
  );
  const controller = new AbortController();
  const seen: number[] = [];
  const error = await failure(
    install({
      signal: controller.signal,
      onProgress: ({ stage, done }) => {
        // The file grows while it is looked at.
        if (stage !== 'download' || done < 5e6) return;
        seen.push(done);
        controller.abort();
      },
    }),
  );
  expect(error.code).toBe('interrupted');
  expect(seen).toContain(5e6);
  expect(fs.existsSync(runtimePlace(storage).temporary)).toBe(false);
  expect(fs.existsSync(runtimePlace(storage).lock)).toBe(false);
  await expectNextDevice();
  // The environment is still there, so Python is not asked for another.
  fs.rmSync(path.join(programs, 'python3'));
  const again = await failure(install({ signal: AbortSignal.timeout(2_000) }));
  expect(again.code).toBe('interrupted');
}, 60_000);

describe('a runtime that does not fit', () => {
  function pretendInstalled(version: string): void {
    const { root, record } = runtimePlace(storage);
    fs.mkdirSync(root, { recursive: true });
    fs.writeFileSync(record, JSON.stringify({ variant: 'cuda', version }));
  }

  it('of another version is refused by name', async () => {
    pretendInstalled('2.9.1');
    const error = await failure(locateTensorflow({ storage }));
    expect(error.message).toBe(
      `TensorFlow 2.9.1 is installed; this version of Atelier needs ${TENSORFLOW_VERSION}.`,
    );
    await expectNextDevice(/^TensorFlow 2\.9\.1 is installed; this version of Atelier needs/);
  });

  it('without its addon is refused', async () => {
    pretendInstalled(TENSORFLOW_VERSION);
    expect((await failure(locateTensorflow({ storage }))).message).toMatch(/addon is missing/);
    await expectNextDevice(/^TensorFlow’s addon is missing/);
  });

  it('with a broken addon leaves the painting to the next device', async () => {
    await writeStandInRuntime(storage);
    fs.writeFileSync(await addonPath(storage), 'not a library');
    await expectNextDevice(/^(TensorFlow does not load|The device cuda cannot be used)/);
  }, 60_000);

  it('cannot be built for without a compiler', async () => {
    const libraries = { folder, names: [], include: folder, version: '2.21.0', ours: false };
    const error = await failure(provideAddon(libraries, { addons: path.join(folder, 'addons') }));
    expect(error.message).toMatch(/There is no C\+\+ compiler/);
  });

  it('is removed with everything that belongs to it', async () => {
    pretendInstalled(TENSORFLOW_VERSION);
    await removeRuntime(storage);
    expect(fs.readdirSync(storage)).toEqual([]);
    expect((await failure(locateTensorflow({ storage }))).message).toBe('The CUDA runtime is not installed.');
  });
});

describe('a folder of the runtime’s name that is somebody else’s', () => {
  it('is neither installed into nor removed', async () => {
    const { root, library } = runtimePlace(storage);
    fs.mkdirSync(library, { recursive: true });
    for (const file of [path.join(root, 'BUILD'), path.join(library, 'mine.py')])
      fs.writeFileSync(file, 'mine');
    const everything = () => fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
    const before = everything();
    for (const attempt of [() => install(), () => removeRuntime(storage)]) {
      const error = await failure(attempt());
      expect([error.code, error.message]).toEqual([
        'write-failed',
        `${path.join(root, 'BUILD')} does not belong to the runtime.`,
      ]);
    }
    expect(everything()).toEqual(before);
  });
});

describe('a system that TensorFlow is not made for', () => {
  const advice = (platform: NodeJS.Platform, arch: NodeJS.Architecture, glibc?: string) =>
    formatMessage(joinMessages(Object.values(systemObstacle({ platform, arch, glibc }) ?? {}), ' '));

  it('is told what to do instead', () => {
    expect(advice('linux', 'x64', '2.36')).toBe('');
    expect(advice('win32', 'x64')).toMatch(/webgpu.*WSL2.*2\.9\.1.*@tensorflow\/tfjs-node-gpu/);
    expect(advice('darwin', 'arm64')).toMatch(/webgpu or cpu/);
    expect(advice('linux', 'arm64')).toMatch(/webgpu or cpu/);
  });

  it('with another C library, or an old one, is told so before anything is fetched', () => {
    expect(advice('linux', 'x64')).toMatch(/needs the C library glibc, but this system uses another one/);
    expect(advice('linux', 'x64', '2.26')).toMatch(/needs glibc 2\.27 or newer; this system has 2\.26/);
    expect(advice('linux', 'x64', '2.27')).toBe('');
    expect(advice('linux', 'x64', '3.0')).toBe('');
  });
});
