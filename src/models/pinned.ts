import type { LayerName } from '../nst/vgg19';
import type { RemoteModel } from './remoteModel';
import { gitBlobHash } from './gitBlob';
import { oihwToHwio } from './formats/kernel';
import type { WeightSource } from './formats/weightSource';

function layerBytes(source: WeightSource, layer: LayerName): Buffer {
  const { kernel, order, bias } = source.read(layer);
  const [inChannels, outChannels] = source.channels.get(layer)!;
  const published = order === 'HWIO' ? kernel : oihwToHwio(kernel, inChannels, outChannels);
  return Buffer.concat(
    [published, bias].map(values => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  );
}

/**
 * The first layer whose numbers are not, bit for bit, those of the published files; undefined when all are.
 * Works for any file format, since the published hashes are of the bare numbers.
 */
export function firstDifference(model: RemoteModel, source: WeightSource): LayerName | undefined {
  for (const { layer, channels, files } of model.layers) {
    if (source.channels.get(layer)?.join() !== channels.join()) return layer;
    const bytes = layerBytes(source, layer);
    let position = 0;
    for (const { size, gitBlobSha1 } of files) {
      if (gitBlobHash(bytes.subarray(position, position + size)) !== gitBlobSha1) return layer;
      position += size;
    }
  }
  return undefined;
}
