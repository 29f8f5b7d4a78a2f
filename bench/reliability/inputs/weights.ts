import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  ownTensors,
  safetensorsBytes,
  syntheticNetwork,
  writeRepository,
  type SyntheticConv,
} from '../../../test/unit/models/synthetic';

/** A small network in every form that is read: files in a folder, which may be the folder of one network. */
export async function weightFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const convs = syntheticNetwork([2, 2, 3, 3, 4]);
  const files = new Map([['net.safetensors', safetensorsBytes(ownTensors(convs))]]);
  const keras = path.join(folder, 'net.h5');
  await writeKeras(keras, convs);
  files.set('net.h5', fs.readFileSync(keras));
  const { repository, commit } = writeRepository(folder, convs.slice(0, 5), 400);
  const shards = path.join(folder, repository, commit, 'model');
  for (const name of fs.readdirSync(shards))
    files.set(`web/${name}`, fs.readFileSync(path.join(shards, name)));
  return files;
}

async function writeKeras(file: string, convs: readonly SyntheticConv[]): Promise<void> {
  // A package of modules only, which a bundle has to ask for in this way.
  const hdf5 = await import('h5wasm/node');
  await hdf5.ready;
  const h5 = new hdf5.File(file, 'w');
  for (const { layer, inChannels, outChannels, kernel, bias } of convs) {
    const name = layer.replace(/^conv(\d)_(\d)$/, 'block$1_conv$2');
    const group = h5.create_group(name).create_group(name);
    group.create_dataset({ name: 'kernel:0', data: kernel, shape: [3, 3, inChannels, outChannels] });
    group.create_dataset({ name: 'bias:0', data: bias, shape: [outChannels] });
  }
  h5.close();
}
