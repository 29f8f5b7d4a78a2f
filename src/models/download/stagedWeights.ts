import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { LayerName } from '../../nst/vgg19';
import type { RemoteFile, RemoteModel } from '../remoteModel';
import { Shards } from '../formats/shards';
import { unusable } from '../formats/weightError';
import type { StoredConv, WeightSource } from '../formats/weightSource';
import { msg } from '../../common/messages';

/** Where a model's files wait until all are there. */
export function stagingFolder(folder: string, name: string): string {
  return path.join(folder, `${name}.download`);
}

/** Where a file waits until all are there: it is named by its hash, so that it can be no other. */
export function stagedFile(staging: string, file: RemoteFile): string {
  return path.join(staging, file.gitBlobSha1);
}

/** The weights in a folder of downloaded files. */
export function stagedWeights(model: RemoteModel, staging: string): WeightSource {
  const channels = new Map(model.layers.map(({ layer, channels }) => [layer, channels]));
  const read = (layer: LayerName): StoredConv => {
    const remote = model.layers.find(candidate => candidate.layer === layer);
    if (remote === undefined) throw unusable(staging, msg`it has no layer ${layer}`);
    const paths = remote.files.map(file => stagedFile(staging, file));
    const sizes = remote.files.map(({ size }) => size);
    const shards = new Shards(staging, paths, sizes);
    const [inChannels, outChannels] = remote.channels;
    const kernel = new Float32Array(9 * inChannels * outChannels);
    const bias = new Float32Array(outChannels);
    shards.readInto(0, kernel);
    shards.readInto(kernel.byteLength, bias);
    return { kernel, order: 'HWIO', bias };
  };
  return { file: staging, convention: model.convention, channels, metadata: {}, read };
}

/** Bytes that lie in the staging folder. */
export async function stagedBytes(staging: string): Promise<number> {
  const names = await fs.readdir(staging).catch((): string[] => []);
  const sizes = await Promise.all(
    names.map(name =>
      fs.stat(path.join(staging, name)).then(
        stat => stat.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
