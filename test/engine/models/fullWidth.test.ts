import * as fs from 'node:fs';
import * as path from 'node:path';
import * as hdf5 from 'h5wasm/node';
import { expect, it } from 'vitest';
import { vgg19 } from '../../../src/models/catalogue';
import type { RemoteModel } from '../../../src/models/remoteModel';
import { download } from '../../../src/models/download/download';
import { importModel } from '../../../src/models/importModel';
import { openNetwork } from '../../../src/models/openNetwork';
import { verifyModel } from '../../../src/models/verifyModel';
import { LAYERS, type LayerName } from '../../../src/nst/vgg19';
import { describeShared, sharedPath } from '../../shared';
import { serve, type Misbehaviour } from '../../unit/models/download/badServer';
import { blobHash, bytesOf, inFolder, syntheticConv } from '../../unit/models/synthetic';

const below = path.join(vgg19.repository, vgg19.commit);

/** VGG-19's repository with its genuine layers up to conv3_4 and synthetic ones of full width behind them. */
function writeFullWidth(root: string): RemoteModel {
  const layers = vgg19.layers.map(remote => {
    const { layer, channels, files } = remote;
    const genuine = files.map(file => path.join(sharedPath('mirror'), below, file.path));
    const synthetic = () => {
      const { kernel, bias } = syntheticConv(layer, ...channels);
      return Buffer.concat([bytesOf(kernel), bytesOf(bias)]);
    };
    const all = layer < 'conv4' ? Buffer.concat(genuine.map(file => fs.readFileSync(file))) : synthetic();
    let position = 0;
    const cut = files.map(file => {
      const bytes = all.subarray(position, (position += file.size));
      const location = path.join(root, below, file.path);
      fs.mkdirSync(path.dirname(location), { recursive: true });
      fs.writeFileSync(location, bytes);
      return { ...file, gitBlobSha1: blobHash(bytes) };
    });
    return { ...remote, files: cut };
  });
  return { ...vgg19, layers };
}

/** Every shard of conv4 and conv5 meets some trouble first. */
function misbehave(group: number, time: number): Misbehaviour | undefined {
  if (group < 9 || time > 1) return undefined;
  const troubles = [
    { cutAfter: 1_500_000 },
    { flip: 99_999 },
    { status: 503 },
    { ignoreRange: true, cutAfter: 9 },
  ];
  return troubles[group % troubles.length];
}

function writeKeras(file: string, layers: readonly LayerName[], model: RemoteModel, root: string): void {
  const h5 = new hdf5.File(file, 'w');
  for (const layer of layers) {
    const { channels, files } = model.layers.find(one => one.layer === layer)!;
    const bytes = Buffer.concat(files.map(one => fs.readFileSync(path.join(root, below, one.path))));
    const values = new Float32Array(new Uint8Array(bytes).buffer);
    const keras = layer.replace(/^conv(\d)_(\d)$/, 'block$1_conv$2');
    const group = h5.create_group(keras);
    const split = values.length - channels[1];
    group.create_dataset({
      name: `${keras}_W_1:0`,
      data: values.slice(0, split),
      shape: [3, 3, ...channels],
    });
    group.create_dataset({ name: `${keras}_b_1:0`, data: values.slice(split), shape: [channels[1]] });
  }
  h5.close();
}

describeShared('VGG-19 in full width', () => {
  it('comes through a bad connection, and is the same from a Keras file', async () => {
    await inFolder(async folder => {
      const root = path.join(folder, 'host');
      const models = path.join(folder, 'models');
      const model = writeFullWidth(root);
      const server = await serve(root, ({ path: asked, time }) =>
        misbehave(Number(/group(\d+)-/.exec(asked)![1]), time),
      );
      try {
        const patience = { stallMs: 5_000, attempts: 3, backoffMs: 10 };
        await download(model, { modelsFolder: models, consent: true, mirror: server.url, retry: patience });
      } finally {
        await server.close();
      }
      const file = path.join(models, 'vgg19.safetensors');
      expect(fs.readdirSync(models)).toEqual(['vgg19.safetensors']);
      expect(fs.statSync(file).size).toBeGreaterThan(51_779_840);
      expect(fs.statSync(file).size).toBeLessThan(51_779_840 + 10_000);
      const { fingerprint } = verifyModel('vgg19', models, [model]);

      const network = await openNetwork('vgg19', { modelsFolder: models });
      expect(network.fingerprint).toBe(fingerprint);
      expect(network.layers).toEqual(LAYERS);
      const { kernel, bias } = network.weights('conv5_1');
      const conv = syntheticConv('conv5_1', 512, 512);
      expect(bias).toEqual(conv.bias);
      for (const [o, i, tap] of [
        [0, 0, 0],
        [511, 3, 8],
        [17, 400, 5],
      ] as const)
        expect(kernel[(o * 512 + i) * 9 + tap]).toBe(conv.kernel[(tap * 512 + i) * 512 + o]);

      await hdf5.ready;
      const keras = path.join(folder, 'vgg19_weights.h5');
      writeKeras(keras, LAYERS, model, root);
      const elsewhere = path.join(folder, 'elsewhere');
      const imported = await importModel(keras, { modelsFolder: elsewhere }, [model]);
      expect(imported).toMatchObject({ name: 'vgg19', fingerprint });
      // Weights that are no part of the catalogue get a name of their own.
      expect((await importModel(keras, { modelsFolder: elsewhere })).name).toBe('vgg19_weights');
    });
  });
});
