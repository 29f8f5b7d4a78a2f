import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPENED_BY_NAME } from '../../../../src/backends/tensorflow/install/nvidiaLibraries';
import type { RuntimePlace } from '../../../../src/backends/tensorflow/install/place';
import { runProgram } from '../../../../src/backends/tensorflow/install/program';
import { addonPath } from '../../../../src/backends/tensorflow/install/runtime';
import { wheelsOf } from '../../../../src/backends/tensorflow/install/wheels';
import { locateTensorflow } from '../../../../src/backends/tensorflow/locate';
import recorded from './recordedLibraries.json';
import { writeStandInRuntime } from './standInRuntime';

let storage: string;
let place: RuntimePlace;
beforeEach(async () => {
  storage = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-libraries-'));
  place = await writeStandInRuntime(storage);
});
afterEach(() => {
  fs.rmSync(storage, { recursive: true, force: true });
});

const at = (...parts: string[]): string => path.join(place.library, 'nvidia', ...parts);

/** Loads the addon as the product's processes do; what is printed is the loader's complaint. */
async function load(): Promise<string> {
  const script = 'process.dlopen({ exports: {} }, process.argv[1])';
  const { output } = await runProgram(process.execPath, ['-e', script, await addonPath(storage)]);
  return /Error: (.*)/.exec(output)?.[1] ?? output;
}

it('what is known of the libraries is read from the pinned wheels', () => {
  const hashes = Object.entries(recorded).map(([name, { sha256 }]) => [name, sha256]);
  expect(hashes).toEqual(wheelsOf('cuda').map(({ name, sha256 }) => [name, sha256]));
});

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('NVIDIA’s libraries', () => {
  it('are not all found where the wheels put them', async () => {
    expect(await load()).toMatch(/^lib(cusolver|nvrtc)\.so\.1\d: cannot open shared object file/);
  });

  it('are all found after a start of the product', async () => {
    await locateTensorflow({ storage });
    expect(await load()).toBe('');
  });

  it('are found again where somebody has copied the folder without its links', async () => {
    await locateTensorflow({ storage });
    fs.rmSync(at('cusparse', 'lib', 'libcusolver.so.11'));
    await locateTensorflow({ storage });
    expect(await load()).toBe('');
  });

  it.each(OPENED_BY_NAME)('%s: where %s is missing, it is named', async (folder, name) => {
    fs.rmSync(at(folder, 'lib', name));
    await expect(locateTensorflow({ storage })).rejects.toThrow(
      `A library of the CUDA runtime is missing: ${at(folder, 'lib', name)}.`,
    );
  });

  it('of another version are not taken for the right ones', async () => {
    fs.renameSync(at('cufft', 'lib', 'libcufft.so.11'), at('cufft', 'lib', 'libcufft.so.12'));
    await expect(locateTensorflow({ storage })).rejects.toThrow(/missing: .*libcufft\.so\.11/);
  });
});
