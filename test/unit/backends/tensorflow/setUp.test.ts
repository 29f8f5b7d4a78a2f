import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setUpTensorflow } from '../../../../src/backends/setUpTensorflow';
import { AtelierError } from '../../../../src/common/errors';
import { writeStandInRuntime } from './standInRuntime';

const { PATH, NODE_OPTIONS } = process.env;
let folder: string;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atelier-set-up-'));
  const smi = path.join(folder, 'nvidia-smi');
  fs.writeFileSync(smi, `#!${process.execPath}\nconsole.log('NVIDIA One, 8192, 550.54.14, 8.6');\n`, {
    mode: 0o755,
  });
  process.env.PATH = folder;
  await writeStandInRuntime(folder);
});
afterEach(() => {
  process.env.PATH = PATH;
  if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = NODE_OPTIONS;
  fs.rmSync(folder, { recursive: true, force: true });
});

/** The addon loads, says this while it does, and computes on a card or not. */
function pretend(words: string, gpu: boolean): void {
  const preload = path.join(folder, 'binding.cjs');
  const source = `
// A self-check that ends in the middle, as where a driver takes the process down.
if (process.argv.includes('probe')) process.exit(3);
const load = process.dlopen;
process.dlopen = (target, file, ...rest) => {
  load(target, file, ...rest);
  if (!file.endsWith('tfjs_binding.node')) return;
  process.stderr.write(${JSON.stringify(words)} + '\\n');
  target.exports = { TF_Version: '2.21.0', isUsingGpuDevice: () => ${gpu} };
};`;
  fs.writeFileSync(preload, source);
  process.env.NODE_OPTIONS = `--require ${preload}`;
}

async function failure(): Promise<AtelierError> {
  const options = { storage: folder, variant: 'cuda', consent: true, threads: 1 } as const;
  const error: unknown = await setUpTensorflow(options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AtelierError);
  return error as AtelierError;
}

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('an installation of CUDA', () => {
  it('that computes on the processor ends with the reason and with what to do', async () => {
    pretend('W0000 gpu_device.cc:2365] Cannot dlopen some GPU libraries.', false);
    const error = await failure();
    expect(error.message).toBe(
      'The CUDA runtime is installed, but cannot use the card: some of NVIDIA’s libraries cannot be loaded.',
    );
    expect(error.next).toMatch(/install it again/);
  });

  it('whose card does not pass the self-check does not end as a success', async () => {
    pretend(
      'I0000 gpu_device.cc:2020] Created device /device:GPU:0 with 4096 MB memory:  -> device: 0, name: NVIDIA One, ' +
        'pci bus id: 0000:01:00.0, compute capability: 8.6',
      true,
    );
    expect((await failure()).message).toMatch(
      /^The CUDA runtime is installed, but cannot use the card: .*exit code 3/,
    );
  });
});
