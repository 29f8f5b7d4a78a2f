import { oihwToHwio } from './formats/kernel';
import { openSafetensorsWeights } from './formats/safetensorsWeights';
import { writeSafetensors, type TensorToWrite } from './formats/safetensorsWriter';
import type { WeightSource } from './formats/weightSource';

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

/** Whether there is a network that Atelier did not store: a person has put it there. */
export function isForeign(file: string): boolean {
  try {
    return openSafetensorsWeights(file).fingerprint === undefined;
  } catch {
    return false;
  }
}

/**
 * Writes a network as one safetensors file: float32, kernels HWIO, names as in the field, numbers as in the source.
 * Its metadata say what input it wants and carry its fingerprint, against which it is held whenever it is opened.
 *
 * @param fingerprint of the network that `createNetwork` made of the source
 * @param file in a folder that exists
 * @param origin what else to record: source, licence
 * @throws `write-failed`; or `model-corrupt` when the source changed in the meantime
 */
export async function storeNetwork(
  source: WeightSource,
  fingerprint: string,
  file: string,
  origin: Readonly<Record<string, string>>,
): Promise<void> {
  const { order, mean, std } = source.convention;
  await writeSafetensors(file, tensorsOf(source), {
    ...origin,
    format: 'VGG-19-shaped feature network',
    weight_order: 'HWIO',
    order,
    mean: JSON.stringify(mean),
    std: JSON.stringify(std),
    input: 'RGB in [0,1], minus mean, over std, then in the order named; kernels as trained',
    fingerprint,
  });
}
