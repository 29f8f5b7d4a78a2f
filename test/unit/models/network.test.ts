import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAYERS } from '../../../src/nst/vgg19';
import { openNetwork } from '../../../src/models/openNetwork';
import type { Network } from '../../../src/models/network';
import { describeShared, sharedPath } from '../../shared';
import { inFolder, ownTensors, safetensorsBytes, syntheticNetwork, type SyntheticConv } from './synthetic';

async function open(convs: readonly SyntheticConv[], metadata?: Record<string, string>): Promise<Network> {
  return inFolder(folder => {
    const file = path.join(folder, 'net.safetensors');
    fs.writeFileSync(file, safetensorsBytes(ownTensors(convs), metadata));
    return openNetwork(file, { modelsFolder: folder });
  });
}

async function errorOf(convs: readonly SyntheticConv[]): Promise<{ code?: string; message?: string }> {
  return open(convs).then(
    () => ({}),
    (error: { code: string; message: string }) => error,
  );
}

/** conv1_1 at the middle of a 3x3 patch of RGB in [0, 1], with the folded weights. */
function folded(network: Network, patch: readonly number[], output: number): number {
  const { kernel, bias } = network.weights('conv1_1');
  let sum = bias[output]!;
  for (let c = 0; c < 3; c++)
    for (let tap = 0; tap < 9; tap++)
      sum += kernel[(output * 3 + c) * 9 + tap]! * (patch[c * 9 + tap]! - network.mean[c]!);
  return sum;
}

const patch = Array.from({ length: 27 }, (_, i) => ((i * 37) % 100) / 100);

describe('a network', () => {
  it('gives kernels as out, in, height, width', async () => {
    await inFolder(async folder => {
      const convs = syntheticNetwork();
      const file = path.join(folder, 'net.safetensors');
      fs.writeFileSync(file, safetensorsBytes(ownTensors(convs)));
      const network = await openNetwork(file, { modelsFolder: folder });
      expect(network.name).toBe('net.safetensors');
      expect(network.layers).toEqual(LAYERS);
      const { kernel, bias, inChannels, outChannels } = network.weights('conv2_1');
      const stored = convs[2]!;
      expect([inChannels, outChannels]).toEqual([4, 5]);
      expect(bias).toEqual(stored.bias);
      for (const [o, i, y, x] of [
        [0, 0, 0, 0],
        [4, 3, 2, 1],
        [2, 1, 0, 2],
      ] as const)
        expect(kernel[((o * 4 + i) * 3 + y) * 3 + x]).toBe(stored.kernel[((y * 3 + x) * 4 + i) * 5 + o]);
    });
  });

  it('folds the original order and range of colours into conv1_1', async () => {
    await inFolder(async folder => {
      const convs = syntheticNetwork();
      const file = path.join(folder, 'net.safetensors');
      fs.writeFileSync(file, safetensorsBytes(ownTensors(convs)));
      const network = await openNetwork(file, { modelsFolder: folder });
      const meanBgr = [103.939, 116.779, 123.68];
      const { kernel, bias, outChannels } = convs[0]!;
      for (let o = 0; o < outChannels; o++) {
        let sum = bias[o]!;
        for (let tap = 0; tap < 9; tap++)
          for (let i = 0; i < 3; i++) {
            const pixel = 255 * patch[(2 - i) * 9 + tap]! - meanBgr[i]!;
            sum += kernel[(tap * 3 + i) * outChannels + o]! * pixel;
          }
        expect(folded(network, patch, o) / sum).toBeCloseTo(1, 6);
      }
    });
  });

  it('folds mean and divisor of the metadata into conv1_1', async () => {
    await inFolder(async folder => {
      const convs = syntheticNetwork();
      const file = path.join(folder, 'net.safetensors');
      const mean = [0.5, 0.4, 0.3];
      const std = [0.2, 0.25, 0.3];
      const metadata = { mean: JSON.stringify(mean), std: JSON.stringify(std) };
      fs.writeFileSync(file, safetensorsBytes(ownTensors(convs), metadata));
      const network = await openNetwork(file, { modelsFolder: folder });
      expect(network.mean).toEqual(mean);
      const { kernel, bias, outChannels } = convs[0]!;
      let sum = bias[1]!;
      for (let tap = 0; tap < 9; tap++)
        for (let i = 0; i < 3; i++)
          sum += (kernel[(tap * 3 + i) * outChannels + 1]! * (patch[i * 9 + tap]! - mean[i]!)) / std[i]!;
      expect(folded(network, patch, 1) / sum).toBeCloseTo(1, 6);
    });
  });

  it('refuses metadata that no input can have', async () => {
    for (const metadata of [
      { mean: '[0.5, 0.5]', std: '[1, 1, 1]' },
      { mean: '[0, 0, 0]', std: '[1, 0, 1]' },
      { mean: 'grey', std: '[1, 1, 1]' },
      { mean: '[0, 0, 0]' },
      { mean: '[0, 0, 0]', std: '[1, 1, 1]', order: 'hsv' },
    ])
      await expect(open(syntheticNetwork(), metadata)).rejects.toThrow(/mean, std and order/);
  });

  it('reads nothing before it is asked, and knows only its own layers', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'net.safetensors');
      fs.writeFileSync(file, safetensorsBytes(ownTensors(syntheticNetwork([4, 5, 6], LAYERS.slice(0, 6)))));
      const network = await openNetwork(file, { modelsFolder: folder });
      expect(network.layers).toEqual(LAYERS.slice(0, 6));
      expect(() => network.weights('conv4_1')).toThrow(/has no layer conv4_1/);
      fs.truncateSync(file, fs.statSync(file).size - 1);
      expect(network.weights('conv1_1').bias).toHaveLength(4);
      expect(() => network.weights('conv3_2')).toThrow(/cut short/);
    });
  });

  it('can be opened to a given depth', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'net.safetensors');
      fs.writeFileSync(file, safetensorsBytes(ownTensors(syntheticNetwork())));
      const network = await openNetwork(file, { modelsFolder: folder, deepest: 'conv2_2' });
      expect(network.layers).toEqual(LAYERS.slice(0, 4));
    });
  });

  it('names the first layer that does not fit', async () => {
    const convs = syntheticNetwork();
    const without = (layer: string) => convs.filter(conv => conv.layer !== layer);
    const changed = (index: number, change: Partial<SyntheticConv>) =>
      convs.map((conv, i) => (i === index ? { ...conv, ...change } : conv));
    expect(await errorOf(without('conv1_1'))).toMatchObject({ code: 'model-corrupt' });
    expect((await errorOf(without('conv3_4'))).message).toMatch(/it has conv4_1 but not conv3_4/);
    const wide = syntheticNetwork([4, 9, 6, 7, 8]);
    expect((await errorOf(convs.map((conv, i) => (i === 3 ? wide[3]! : conv)))).message).toMatch(
      /conv2_2 expects 9 input channels but gets 5/,
    );
    const nan = Float32Array.from(convs[5]!.kernel);
    nan[17] = NaN;
    expect((await errorOf(changed(5, { kernel: nan }))).message).toMatch(
      /conv3_2 contains numbers that are not/,
    );
    const infinite = Float32Array.from(convs[12]!.bias);
    infinite[0] = -Infinity;
    expect((await errorOf(changed(12, { bias: infinite }))).message).toMatch(/conv5_1 contains numbers/);
  });

  it('refuses kernels and biases of other shapes', async () => {
    await inFolder(async folder => {
      const file = path.join(folder, 'net.safetensors');
      const tensors = ownTensors(syntheticNetwork([4], ['conv1_1']));
      const weight = tensors['conv1_1.weight']!;
      for (const [change, words] of [
        [{ 'conv1_1.weight': { ...weight, shape: [4, 3, 3, 3] } }, /3, 3, in, out|bias of conv1_1/],
        [{ 'conv1_1.weight': { ...weight, shape: [27, 4] } }, /\[27, 4\], not \[3, 3, in, out\]/],
        [
          { 'conv1_1.bias': { dtype: 'F32', shape: [3], bytes: Buffer.alloc(12) } },
          /bias of conv1_1 has shape \[3\]/,
        ],
        [{ 'conv1_1.bias': { dtype: 'F32', shape: [2, 2], bytes: Buffer.alloc(16) } }, /shape \[2, 2\]/],
      ] as const) {
        fs.writeFileSync(file, safetensorsBytes({ ...tensors, ...change }));
        await expect(openNetwork(file, { modelsFolder: folder })).rejects.toThrow(words);
      }
      delete tensors['conv1_1.bias'];
      fs.writeFileSync(file, safetensorsBytes(tensors));
      await expect(openNetwork(file, { modelsFolder: folder })).rejects.toThrow(/bias of conv1_1/);
    });
  });

  it('has a fingerprint that follows every number and the mean', async () => {
    const convs = syntheticNetwork();
    const { fingerprint } = await open(convs);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect((await open(syntheticNetwork())).fingerprint).toBe(fingerprint);
    const last = convs[12]!;
    const nudged = Float32Array.from(last.kernel, (value, i) => (i === 7 ? value + 1e-6 : value));
    expect((await open([...convs.slice(0, 12), { ...last, kernel: nudged }])).fingerprint).not.toBe(
      fingerprint,
    );
    const metadata = { mean: '[0, 0, 0]', std: '[1, 1, 1]', order: 'rgb' };
    expect((await open(convs, metadata)).fingerprint).not.toBe(fingerprint);
  });
});

describe('the embedded network', () => {
  it('has the shape its card states', async () => {
    const network = await openNetwork('lite');
    expect(network.name).toBe('lite');
    expect(network.layers).toEqual(LAYERS);
    expect([...network.channels.values()].map(([, out]) => out)).toEqual([
      16, 16, 32, 32, 64, 64, 64, 64, 128, 128, 128, 128, 128,
    ]);
    expect(network.mean).toEqual([0.485, 0.456, 0.406]);
    const parameters = network.layers
      .map(layer => network.weights(layer))
      .reduce((sum, { kernel, bias }) => sum + kernel.length + bias.length, 0);
    expect(parameters).toBe(810_128);
  });
});

describeShared('the original network', () => {
  const folder = sharedPath(
    'mirror/DavidCai1993/vgg19-tensorflowjs-model/08d09052bc6258d3abdfa341850122fc4b746db6/model',
  );

  it('is read from its TensorFlow.js folder as deep as its files go', async () => {
    const network = await openNetwork(folder, { deepest: 'conv3_4' });
    expect(network.layers).toEqual(LAYERS.slice(0, 8));
    expect(network.channels.get('conv3_4')).toEqual([256, 256]);
    const raw = fs.readFileSync(path.join(folder, 'group4-shard1of1'));
    const stored = new Float32Array(raw.buffer, raw.byteOffset, raw.length / 4);
    const { kernel, bias } = network.weights('conv2_2');
    expect(kernel[(5 * 128 + 6) * 9 + 4]).toBe(stored[(4 * 128 + 6) * 128 + 5]);
    expect(bias[9]).toBe(stored[9 * 128 * 128 + 9]);
  });

  it('names the file that is missing', async () => {
    await expect(openNetwork(folder)).rejects.toThrow(/group9-shard1of2 does not exist/);
  });
});
