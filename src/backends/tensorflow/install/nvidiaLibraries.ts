import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { AtelierError } from '../../../common/errors';
import { msg } from '../../../common/messages';
import { isForbidden } from '../../../common/systemErrors';

/**
 * What TensorFlow opens by name before it takes a card, by NVIDIA's folder: without any one of them it computes on the
 * processor and does not say so. The numbers are those of CUDA 12's interfaces.
 */
export const OPENED_BY_NAME = [
  ['cuda_runtime', 'libcudart.so.12'],
  ['cublas', 'libcublas.so.12'],
  ['cublas', 'libcublasLt.so.12'],
  ['cufft', 'libcufft.so.11'],
  ['cusolver', 'libcusolver.so.11'],
  ['cusparse', 'libcusparse.so.12'],
  ['cudnn', 'libcudnn.so.9'],
] as const;

/**
 * Where libraries are looked for and do not lie. A program's own search path cannot be changed once it runs, and those
 * of the libraries were written into them by their makers: TensorFlow's loader has no cuSOLVER in its path, and neither
 * cuDNN nor cuBLAS has the folder of the run-time compiler, which in its turn opens what lies beside it.
 */
const LINKS = [
  { from: 'cusparse/lib/libcusolver.so.11', to: '../../cusolver/lib/libcusolver.so.11' },
  { from: 'cublas/lib/libnvrtc.so.12', to: '../../cuda_nvrtc/lib/libnvrtc.so.12' },
  {
    from: 'cublas/lib/libnvrtc-builtins.so.12.9',
    to: '../../cuda_nvrtc/lib/libnvrtc-builtins.so.12.9',
  },
] as const;

/**
 * Puts links where NVIDIA's libraries are looked for, unless they are there, and makes sure that every library can be
 * read. To be called before each load: it costs a few looks at the folder.
 * @param library the folder that holds `nvidia/`
 * @throws `device-unavailable` with the name of what is missing
 */
export async function linkLibraries(library: string): Promise<void> {
  const nvidia = path.join(library, 'nvidia');
  for (const [folder, name] of OPENED_BY_NAME) {
    const file = path.join(nvidia, folder, 'lib', name);
    try {
      await fs.access(file, fs.constants.R_OK);
    } catch (cause) {
      throw unusable(file, cause);
    }
  }
  for (const { from, to } of LINKS) {
    const link = path.join(nvidia, from);
    // Whatever else is there has come with a library and stays.
    if (await isThere(link)) continue;
    try {
      await fs.rm(link, { force: true });
      await fs.symlink(to, link);
    } catch (cause) {
      // Somebody else may have made it just now.
      if (!(await isThere(link))) throw unusable(link, cause);
    }
  }
}

/** Whether there is something that can be followed to its end. */
async function isThere(file: string): Promise<boolean> {
  return fs.stat(file).then(
    () => true,
    () => false,
  );
}

function unusable(file: string, cause: unknown): AtelierError {
  const sentence = isForbidden(cause)
    ? msg`${file} cannot be used: permission denied.`
    : msg`A library of the CUDA runtime is missing: ${file}.`;
  return new AtelierError('device-unavailable', sentence, {
    next: msg`Remove the CUDA runtime and install it again.`,
    cause,
  });
}
