import { AtelierError, type Explanation } from '../common/errors';
import { msg } from '../common/messages';
import type { MachineOptions } from './device';
import { Measurements } from './measurements';
import { FIRST_USE_MS } from './probe';
import { measure } from './select';
import {
  addonPath,
  installRuntime,
  type InstalledRuntime,
  type InstallOptions,
} from './tensorflow/install/runtime';
import { tryAddon } from './tensorflow/install/tryAddon';

/** A runtime that has been tried. */
export interface ReadyRuntime extends InstalledRuntime {
  /** The card that computes, with the build for CUDA. */
  readonly card?: string;
}

/**
 * Installs TensorFlow, and with CUDA has the card compute before it says that all is well: TensorFlow itself falls back
 * to the processor without a word. What was installed stays where it cannot be used yet.
 * @throws what `installRuntime` throws; `device-unavailable` with the reason why the card does not compute
 */
export async function setUpTensorflow({
  threads,
  ...options
}: InstallOptions & Pick<MachineOptions, 'threads' | 'card'>): Promise<ReadyRuntime> {
  const { storage, signal, card, onProgress } = options;
  const installed = await installRuntime(options);
  if (installed.variant === 'cpu') return installed;
  const machine = { storage, threads, ...(card === undefined ? {} : { card }) };
  const trial = await tryAddon(await addonPath(storage), { signal, card });
  if (!trial.works) throw unused({ message: trial.reason, ...(trial.next && { next: trial.next }) });
  const { gpu, noGpu } = trial;
  if (gpu === undefined) throw unused(noGpu ?? { message: msg`TensorFlow finds no card` });
  onProgress?.({ stage: 'check', done: 1, total: 1 });
  const probe = await measure('cuda', machine, await Measurements.open(machine), FIRST_USE_MS);
  if (!probe.works) throw unused({ message: probe.reason, ...(probe.next && { next: probe.next }) });
  return { ...installed, card: gpu.name };
}

function unused({ message, next }: Explanation): AtelierError {
  return new AtelierError(
    'device-unavailable',
    msg`The CUDA runtime is installed, but cannot use the card: ${message}.`,
    { next: next ?? msg`See the device report for details.` },
  );
}
