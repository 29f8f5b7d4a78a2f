import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { oihwToHwio } from './kernel';
import { createNetwork } from './network';
import { writeSafetensors, type TensorToWrite } from './safetensors-writer';
import type { WeightSource } from './weight-source';
import { writeFailed } from './write-error';

function tensorsOf(source: WeightSource): TensorToWrite[] {
  return [...source.channels].flatMap(([layer, [inChannels, outChannels]]) => [
    {
      name: `${layer}.weight`,
      shape: [3, 3, inChannels, outChannels],
      values: () => {
        const { kernel, order } = source.read(layer);
        return order === 'HWIO' ? kernel : oihwToHwio(kernel, inChannels, outChannels);
      },
    },
    { name: `${layer}.bias`, shape: [outChannels], values: () => source.read(layer).bias },
  ]);
}

/**
 * Writes a network as one safetensors file: float32, kernels HWIO, names as in the field, numbers as in the source.
 * Its metadata say what input it wants and carry its fingerprint, against which it is held whenever it is opened.
 *
 * @param origin what else to record: source, licence
 * @returns the fingerprint
 * @throws `model-corrupt` for a source whose numbers are no good, `write-failed`
 */
export async function storeNetwork(
  source: WeightSource,
  file: string,
  origin: Readonly<Record<string, string>>,
): Promise<string> {
  const { convention } = source;
  const { fingerprint } = createNetwork(source, path.basename(file));
  await mkdir(path.dirname(file), { recursive: true }).catch((error: unknown) => {
    throw writeFailed(file, error);
  });
  await writeSafetensors(file, tensorsOf(source), {
    ...origin,
    format: 'VGG-19-shaped feature network',
    weight_order: 'HWIO',
    order: convention.order,
    mean: JSON.stringify(convention.mean),
    std: JSON.stringify(convention.std),
    input: 'RGB in [0,1], minus mean, over std, channels then in the order named; kernels as trained',
    fingerprint,
  });
  return fingerprint;
}
