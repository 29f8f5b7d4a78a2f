import type { Variant } from '../../backends/tensorflow/install/wheels';
import { AtelierError } from '../../common/errors';
import { usableStorage } from '../../common/storage';
import { onInterrupt } from '../reporting/interrupt';
import { print } from '../reporting/output';
import { confirm, progressBar } from '../reporting/prompt';
import { bytes, terminalText } from '../reporting/wording';

const stages = {
  python: 'making a Python environment',
  download: 'downloading',
  unpack: 'unpacking',
  addon: 'making the addon',
  check: 'trying the card, which takes minutes on some at the first time',
} as const;

/** Installs TensorFlow below the storage, after the person has seen its size. */
export async function installCudaRuntime(variant: Variant, yes: boolean): Promise<void> {
  const { installObstacle } = await import('../../backends/tensorflow/install/obstacle');
  const { installNotice } = await import('../../backends/tensorflow/install/runtime');
  const { setUpTensorflow } = await import('../../backends/setUpTensorflow');
  const obstacle = await installObstacle(variant);
  if (obstacle !== undefined) throw new AtelierError('device-unavailable', obstacle.message, obstacle);
  print(`${terminalText(installNotice(variant))}\n`);
  const consent = yes || (await confirm('Install it? [y/N] '));
  const controller = new AbortController();
  const stopListening = onInterrupt(() => controller.abort());
  const show = await progressBar();
  try {
    const { version, card } = await setUpTensorflow({
      ...{ storage: usableStorage(), threads: 0, variant, consent, signal: controller.signal },
      onProgress: ({ stage, done, total }) =>
        show(done / total, `${stages[stage]}, ${bytes(done)} of ${bytes(total)}`),
    });
    const where = card === undefined ? '' : ` and computes on ${card}`;
    print(`\nTensorFlow ${version} is installed${where}.\n`);
  } finally {
    stopListening();
  }
}

export async function removeCudaRuntime(): Promise<void> {
  const { removeRuntime } = await import('../../backends/tensorflow/install/runtime');
  await removeRuntime(usableStorage());
  print('The TensorFlow runtime is removed.\n');
}
