import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AtelierError } from '../../../src/common/errors';
import { lite } from '../../../src/models/catalogue';
import { modelFile, modelsFolder } from '../../../src/models/folder';
import { importModel } from '../../../src/models/importModel';
import { listModels } from '../../../src/models/listModels';
import { openNetwork } from '../../../src/models/openNetwork';
import { verifyModel } from '../../../src/models/verifyModel';
import { LAYERS } from '../../../src/nst/vgg19';
import { inFolder, syntheticNetwork, writeOwn, writeRepository } from './synthetic';
import { formatMessage } from '../../../src/common/messages';

vi.setConfig({ testTimeout: 30_000 });

const convs = syntheticNetwork();

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('opening', () => {
  it('a network that is not installed says how to get it', async () => {
    await inFolder(async folder => {
      const error = await openNetwork('vgg19', { modelsFolder: folder }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AtelierError);
      expect(error).toMatchObject({ code: 'model-missing', message: 'The model vgg19 is not installed.' });
      expect((error as AtelierError).next).toContain('atelier models download vgg19');
      await expect(openNetwork('nothing', { modelsFolder: folder })).rejects.toMatchObject({
        code: 'model-missing',
      });
      await expect(openNetwork(path.join(folder, 'no.h5'), { modelsFolder: folder })).rejects.toThrow(
        /no\.h5/,
      );
    });
  });

  it('a network that was changed since it was installed is refused', async () => {
    await inFolder(async folder => {
      const from = writeOwn(path.join(folder, 'net.safetensors'), convs);
      const { file } = await importModel(from, { modelsFolder: folder, name: 'mine' });
      const bytes = fs.readFileSync(file);
      bytes[bytes.length - 1]! ^= 1;
      fs.writeFileSync(file, bytes);
      const words = /mine.safetensors .*differ from the installed ones/;
      await expect(openNetwork('mine', { modelsFolder: folder })).rejects.toThrow(words);
      expect(() => verifyModel('mine', folder)).toThrow(words);
    });
  });

  it('looks for models in ATELIER_STORAGE', async () => {
    await inFolder(async folder => {
      vi.stubEnv('ATELIER_STORAGE', folder);
      expect(modelsFolder()).toBe(path.join(folder, 'models'));
      expect(modelsFolder('/elsewhere')).toBe(path.join('/elsewhere', 'models'));
      await importModel(writeOwn(path.join(folder, 'net.safetensors'), convs));
      expect((await openNetwork('net')).name).toBe('net');
      expect(verifyModel('net').file).toBe(modelFile(path.join(folder, 'models'), 'net'));
      expect((await listModels()).map(({ name }) => name)).toEqual(['lite', 'vgg19', 'net']);
    });
    vi.stubEnv('ATELIER_STORAGE', undefined);
    expect(modelsFolder()).toMatch(/atelier.*models$/i);
  });
});

describe('the list', () => {
  it('tells embedded, available, installed and damaged networks apart', async () => {
    await inFolder(async folder => {
      const model = writeRepository(folder, convs, 1000);
      const models = path.join(folder, 'models');
      fs.mkdirSync(path.join(models, 'synthetic.download'), { recursive: true });
      fs.writeFileSync(path.join(models, 'synthetic.download', 'some.part'), Buffer.alloc(123));
      fs.writeFileSync(path.join(models, 'notes.txt'), 'not a model');
      writeOwn(path.join(models, 'mine.safetensors'), convs.slice(0, 3));
      fs.writeFileSync(path.join(models, 'broken.safetensors'), 'no');
      const list = await listModels(models, [model]);
      expect(list).toMatchObject([
        { name: 'lite', status: 'embedded', bytes: 1_623_144, layers: LAYERS, file: lite.file() },
        { name: 'synthetic', status: 'available', receivedBytes: 123, layers: LAYERS, license: 'none' },
        { name: 'broken', status: 'damaged', bytes: 2 },
        { name: 'mine', status: 'installed', layers: ['conv1_1', 'conv1_2', 'conv2_1'] },
      ]);
      expect(formatMessage(list[2]!.reason!)).toMatch(/broken.safetensors .*cut short/);
      expect(list[1]).not.toHaveProperty('file');
    });
  });
});

describe('verifying', () => {
  it('holds the embedded network against the hash of its release', () => {
    expect(verifyModel('lite')).toMatchObject({ against: 'published', layers: LAYERS });
    const card = fs.readFileSync(lite.file().replace(/\.safetensors$/, '.md'), 'utf8');
    expect(card).toContain(lite.sha256);
  });

  it('notices a sound network that is not the published one', async () => {
    await inFolder(folder => {
      const model = writeRepository(folder, convs, 1000);
      writeOwn(path.join(folder, 'synthetic.safetensors'), syntheticNetwork(undefined, LAYERS, 2));
      expect(() => verifyModel('synthetic', folder, [model])).toThrow(
        /conv1_1 differs from someone\/some-network/,
      );
      writeOwn(path.join(folder, 'bare.safetensors'), convs);
      expect(() => verifyModel('bare', folder)).toThrow(/no fingerprint/);
      expect(() => verifyModel('none', folder)).toThrow(/not installed/);
    });
  });
});
