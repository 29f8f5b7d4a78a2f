import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as hdf5 from 'h5wasm/node';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openNetwork } from '../../../../src/models/openNetwork';
import { LAYERS } from '../../../../src/nst/vgg19';
import {
  bytesOf,
  inFolder,
  ownTensors,
  safetensorsBytes,
  syntheticNetwork,
  writeRepository,
  type RawTensor,
  type SyntheticConv,
} from '../synthetic';

vi.setConfig({ testTimeout: 30_000 });

const convs = syntheticNetwork();
let fingerprint = '';

beforeAll(async () => {
  await hdf5.ready;
  fingerprint = await inFolder(async folder => {
    const file = path.join(folder, 'net.safetensors');
    fs.writeFileSync(file, safetensorsBytes(ownTensors(convs)));
    return (await openNetwork(file)).fingerprint;
  });
});

const torchIndex = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28];

/** The tensors of a network as torchvision names and orders them. */
function torchTensors(network: readonly SyntheticConv[]): Record<string, RawTensor> {
  const tensors: Record<string, RawTensor> = {};
  for (const [i, { inChannels: ins, outChannels: outs, kernel, bias }] of network.entries()) {
    const oihw = new Float32Array(kernel.length);
    for (let o = 0; o < outs; o++)
      for (let c = 0; c < ins; c++)
        for (let tap = 0; tap < 9; tap++) oihw[(o * ins + c) * 9 + tap] = kernel[(tap * ins + c) * outs + o]!;
    tensors[`features.${torchIndex[i]}.weight`] = {
      dtype: 'F32',
      shape: [outs, ins, 3, 3],
      bytes: bytesOf(oihw),
    };
    tensors[`features.${torchIndex[i]}.bias`] = { dtype: 'F32', shape: [outs], bytes: bytesOf(bias) };
  }
  tensors['classifier.0.bias'] = { dtype: 'F32', shape: [3], bytes: Buffer.alloc(12) };
  return tensors;
}

/** Writes a network into a Keras file with the paths that a release of Keras uses. */
function writeKeras(
  file: string,
  network: readonly SyntheticConv[],
  paths: (layer: string) => { kernel: string; bias: string },
): void {
  const h5 = new hdf5.File(file, 'w');
  const place = (where: string, data: Float32Array, shape: number[]) => {
    const parts = where.split('/');
    let group: hdf5.Group = h5;
    for (const part of parts.slice(0, -1)) {
      const next = group.keys().includes(part) ? group.get(part) : group.create_group(part);
      group = next as hdf5.Group;
    }
    group.create_dataset({ name: parts.at(-1)!, data, shape });
  };
  for (const { layer, inChannels, outChannels, kernel, bias } of network) {
    const { kernel: kernelPath, bias: biasPath } = paths(layer.replace(/^conv(\d)_(\d)$/, 'block$1_conv$2'));
    place(kernelPath, kernel, [3, 3, inChannels, outChannels]);
    place(biasPath, bias, [outChannels]);
  }
  place('fc1/fc1_W_1:0', new Float32Array(8), [2, 4]);
  h5.close();
}

describe('torchvision names', () => {
  it("are read as out, in, height, width, with torchvision's input", async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'net.safetensors');
      fs.writeFileSync(file, safetensorsBytes(torchTensors(convs)));
      const network = await openNetwork(file);
      expect(network.layers).toEqual(LAYERS);
      expect(network.mean).toEqual([0.485, 0.456, 0.406]);
      const tap = network.weights('conv1_1').kernel[(2 * 3 + 1) * 9 + 4]!;
      expect(tap).toBeCloseTo(convs[0]!.kernel[(4 * 3 + 1) * 4 + 2]! / 0.224, 5);
    });
  });

  it('may hold the original weights, when told so', async () => {
    await inFolder(async folder => {
      const { caffe } = await import('../../../../src/models/convention');
      const file = path.join(folder, 'net.safetensors');
      fs.writeFileSync(file, safetensorsBytes(torchTensors(convs)));
      expect((await openNetwork(file, { input: caffe })).fingerprint).toBe(fingerprint);
    });
  });

  it('of VGG-16 or of a VGG with batch normalization are refused', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'net.safetensors');
      const tensors = torchTensors(convs);
      const { 'features.16.weight': _weight, 'features.16.bias': _bias, ...vgg16 } = tensors;
      fs.writeFileSync(file, safetensorsBytes(vgg16));
      await expect(openNetwork(file)).rejects.toThrow(/conv4_1 but not conv3_4/);
      const norm: RawTensor = { dtype: 'F32', shape: [4], bytes: Buffer.alloc(16) };
      fs.writeFileSync(file, safetensorsBytes({ ...tensors, 'features.1.running_mean': norm }));
      await expect(openNetwork(file)).rejects.toThrow(/batch normalization/);
    });
  });
});

describe('a TensorFlow.js folder', () => {
  const at = (folder: string) => path.join(folder, 'someone/some-network/c0ffee/model');

  it('is the same network, however its shards are cut', async () => {
    for (const shardSize of [1000, 4096, 1 << 20])
      await inFolder(async folder => {
        writeRepository(folder, convs, shardSize);
        const network = await openNetwork(at(folder));
        expect(network.fingerprint).toBe(fingerprint);
        expect((await openNetwork(path.join(at(folder), 'model.json'))).fingerprint).toBe(fingerprint);
      });
  });

  it('may keep all its weights in one group, quantized', async () => {
    await inFolder(async folder => {
      const [conv] = syntheticNetwork([4], ['conv1_1']);
      const bytes = Buffer.from(Array.from({ length: 108 }, (_, i) => i));
      const halves = Buffer.from(Uint16Array.of(0x3c00, 0xc000, 0x3800, 0).buffer);
      fs.writeFileSync(path.join(folder, 'all'), Buffer.concat([Buffer.alloc(3), bytes, halves]));
      const uint8 = { dtype: 'uint8', scale: 0.5, min: -10 };
      const weights = [
        { name: 'other', shape: [3], dtype: 'bool' },
        { name: 'vgg19/block1_conv1/kernel:0', shape: [3, 3, 3, 4], dtype: 'float32', quantization: uint8 },
        {
          name: 'vgg19/block1_conv1/bias:0',
          shape: [4],
          dtype: 'float32',
          quantization: { dtype: 'float16' },
        },
      ];
      fs.writeFileSync(
        path.join(folder, 'model.json'),
        JSON.stringify({ weightsManifest: [{ paths: ['all'], weights }] }),
      );
      const network = await openNetwork(folder);
      expect(network.layers).toEqual([conv!.layer]);
      expect(Array.from(network.weights('conv1_1').bias)).toEqual([1, -2, 0.5, 0]);
      // Output 1, red (the last of BGR), tap 4: element (4·3 + 2)·4 + 1.
      expect(network.weights('conv1_1').kernel[27 + 4]).toBeCloseTo(255 * (57 * 0.5 - 10), 2);
    });
  });

  it('with a shard that is missing, cut or too long is refused', async () => {
    await inFolder(async folder => {
      writeRepository(folder, convs, 1000);
      const shard = path.join(at(folder), 'group4-shard1of1');
      const bytes = fs.readFileSync(shard);
      fs.writeFileSync(shard, bytes.subarray(1));
      await expect(openNetwork(at(folder))).rejects.toThrow(/block2_conv2\/kernel have 919 bytes where 920/);
      fs.writeFileSync(shard, Buffer.concat([bytes, bytes]));
      await expect(openNetwork(at(folder))).rejects.toThrow(/1840 bytes where 920/);
      fs.rmSync(shard);
      await expect(openNetwork(at(folder))).rejects.toThrow(/group4-shard1of1 does not exist/);
    });
  });

  it('with a bad model.json, or one that points elsewhere, is refused', async () => {
    await inFolder(async folder => {
      await expect(openNetwork(folder)).rejects.toThrow(/model.json does not exist/);
      const file = path.join(folder, 'model.json');
      fs.writeFileSync(file, '{');
      await expect(openNetwork(folder)).rejects.toThrow(/not the model.json/);
      const weights = [{ name: 'block1_conv1/kernel', shape: [3, 3, 3, 4], dtype: 'float32' }];
      for (const elsewhere of ['../secret', '/etc/hostname']) {
        fs.writeFileSync(file, JSON.stringify({ weightsManifest: [{ paths: [elsewhere], weights }] }));
        await expect(openNetwork(folder)).rejects.toThrow(/a shard outside its folder/);
      }
      fs.writeFileSync(file, JSON.stringify({ weightsManifest: [] }));
      await expect(openNetwork(folder)).rejects.toThrow(/no layer conv1_1/);
    });
  });
});

describe('a Keras file', () => {
  const layouts = {
    'of keras-applications': (l: string) => ({ kernel: `${l}/${l}_W_1:0`, bias: `${l}/${l}_b_1:0` }),
    'of weights': (l: string) => ({ kernel: `${l}/${l}/kernel:0`, bias: `${l}/${l}/bias:0` }),
    'of a whole model': (l: string) => ({
      kernel: `model_weights/${l}/${l}/kernel:0`,
      bias: `model_weights/${l}/${l}/bias:0`,
    }),
    'of Keras 3': (l: string) => ({ kernel: `layers/${l}/vars/0`, bias: `layers/${l}/vars/1` }),
  };

  for (const [name, layout] of Object.entries(layouts))
    it(`${name} is the same network`, async () => {
      await inFolder(async folder => {
        const file = path.join(folder, 'vgg19.h5');
        writeKeras(file, convs, layout);
        const network = await openNetwork(file);
        expect(network.layers).toEqual(LAYERS);
        expect(network.fingerprint).toBe(fingerprint);
      });
    });

  it('that is cut short, of another make or of another shape is refused', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'vgg19.h5');
      writeKeras(file, convs, layouts['of weights']);
      const bytes = fs.readFileSync(file);
      for (const length of [100, bytes.length >> 1, bytes.length - 1]) {
        fs.writeFileSync(file, bytes.subarray(0, length));
        await expect(openNetwork(file)).rejects.toThrow(/vgg19.h5 .*: it is incomplete\./);
      }
      writeKeras(file, [], layouts['of weights']);
      await expect(openNetwork(file)).rejects.toThrow(/no layer conv1_1/);
      const narrow = [convs[0]!, syntheticNetwork([9], ['conv1_1', 'conv1_2'])[1]!];
      writeKeras(file, narrow, layouts['of weights']);
      await expect(openNetwork(file)).rejects.toThrow(/conv1_2 expects 9 input channels but gets 4/);
    });
  });

  it('that changes after it was opened is noticed', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'vgg19.h5');
      writeKeras(file, convs, layouts['of weights']);
      const network = await openNetwork(file);
      fs.truncateSync(file, 3000);
      expect(() => network.weights('conv5_1')).toThrow(/it is incomplete/);
    });
  });
});

describe('files of other kinds', () => {
  it('are named as what they are', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'weights');
      fs.writeFileSync(file, Buffer.from('PK\x03\x04 and so on'));
      await expect(openNetwork(file)).rejects.toThrow(/zip archive .*\.pth/);
      fs.writeFileSync(file, 'Once upon a time there was a text file.');
      await expect(openNetwork(file)).rejects.toThrow(/not a safetensors file/);
      fs.writeFileSync(file, '');
      await expect(openNetwork(file)).rejects.toThrow(/it is empty/);
      fs.writeFileSync(file, safetensorsBytes({ x: { dtype: 'F32', shape: [1], bytes: Buffer.alloc(4) } }));
      await expect(openNetwork(file)).rejects.toThrow(/neither a tensor conv1_1.weight nor/);
    });
  });

  it.runIf(process.platform !== 'win32')('that are pipes are not waited for', async () => {
    await inFolder(async folder => {
      const [pipe, manifest] = [path.join(folder, 'net.h5'), path.join(folder, 'model.json')];
      for (const file of [pipe, manifest]) execFileSync('mkfifo', [file]);
      await expect(openNetwork(pipe)).rejects.toThrow(`${pipe} is not a file.`);
      await expect(openNetwork(manifest)).rejects.toThrow(`${manifest} is not a file.`);
      await expect(openNetwork(folder)).rejects.toThrow(/does not exist or cannot be read/);
    });
  });
});
