import * as fs from 'node:fs';
import * as path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AtelierError } from '../../../src/common/errors';
import { catalogue, lite, remoteModel, vgg19 } from '../../../src/models/catalogue';
import { download } from '../../../src/models/download/download';
import { modelFile, modelsFolder } from '../../../src/models/folder';
import { gitBlobHashOf } from '../../../src/models/gitBlob';
import { importModel } from '../../../src/models/importModel';
import { listModels } from '../../../src/models/listModels';
import { openNetwork } from '../../../src/models/openNetwork';
import { verifyModel } from '../../../src/models/verifyModel';
import { LAYERS, VGG19_WIDTHS, blockOf } from '../../../src/nst/vgg19';
import { describeShared, sharedPath } from '../../shared';
import {
  inFolder,
  ownTensors,
  safetensorsBytes,
  syntheticNetwork,
  writeRepository,
  type SyntheticConv,
} from './synthetic';
import { formatMessage } from '../../../src/common/messages';

vi.setConfig({ testTimeout: 30_000 });

const convs = syntheticNetwork();

function writeOwn(
  file: string,
  network: readonly SyntheticConv[],
  metadata?: Record<string, string>,
): string {
  fs.writeFileSync(file, safetensorsBytes(ownTensors(network), metadata));
  return file;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('an import', () => {
  it('makes a file that can be opened by its name and verified', async () => {
    await inFolder(async folder => {
      const models = path.join(folder, 'models');
      const from = writeOwn(path.join(folder, 'My network!.safetensors'), convs);
      const imported = await importModel(from, { modelsFolder: models });
      expect(imported).toMatchObject({ name: 'My-network-', layers: LAYERS, convention: { order: 'bgr' } });
      expect(fs.readdirSync(models)).toEqual(['My-network-.safetensors']);
      const network = await openNetwork('My-network-', { modelsFolder: models });
      expect(network.fingerprint).toBe((await openNetwork(from)).fingerprint);
      expect(verifyModel('My-network-', models)).toMatchObject({ against: 'installed' });
    });
  });

  it('keeps the input a file states, and takes the one it is told', async () => {
    await inFolder(async folder => {
      const stated = { mean: '[0.1, 0.2, 0.3]', std: '[0.5, 0.5, 0.25]' };
      const from = writeOwn(path.join(folder, 'stated.safetensors'), convs, stated);
      await importModel(from, { modelsFolder: folder, name: 'one', input: 'caffe' });
      expect((await openNetwork('one', { modelsFolder: folder })).mean).toEqual([0.1, 0.2, 0.3]);
      const bare = writeOwn(path.join(folder, 'bare.safetensors'), convs);
      await importModel(bare, { modelsFolder: folder, name: 'two', input: 'torchvision' });
      expect((await openNetwork('two', { modelsFolder: folder })).mean).toEqual([0.485, 0.456, 0.406]);
    });
  });

  it('of half-precision weights keeps their numbers', async () => {
    await inFolder(async folder => {
      const { fingerprint } = await importModel(lite.file(), { modelsFolder: folder, name: 'copy' });
      expect(fingerprint).toBe((await openNetwork('lite')).fingerprint);
      expect((await openNetwork('copy', { modelsFolder: folder })).fingerprint).toBe(fingerprint);
    });
  });

  it('recognizes a network of the catalogue in any of its forms', async () => {
    await inFolder(async folder => {
      const model = writeRepository(folder, convs, 1000);
      const models = path.join(folder, 'models');
      const tfjs = path.join(folder, model.repository, model.commit, 'model');
      const own = writeOwn(path.join(folder, 'anything.safetensors'), convs);
      for (const from of [tfjs, own]) {
        const imported = await importModel(from, { modelsFolder: models }, [model]);
        expect(imported.name).toBe('synthetic');
        expect(verifyModel('synthetic', models, [model])).toMatchObject({ against: 'published' });
      }
      const list = await listModels(models, [model]);
      expect(list.map(({ name, status }) => [name, status])).toEqual([
        ['lite', 'embedded'],
        ['synthetic', 'installed'],
      ]);
      expect(list[1]).toMatchObject({ source: 'github.com/someone/some-network@c0ffee', license: 'none' });
    });
  });

  it('never takes the name of another network', async () => {
    await inFolder(async folder => {
      const from = writeOwn(path.join(folder, 'vgg19.safetensors'), convs);
      const models = path.join(folder, 'models');
      expect((await importModel(from, { modelsFolder: models })).name).toBe('vgg19-imported');
      for (const name of ['vgg19', 'lite'])
        await expect(importModel(from, { modelsFolder: models, name })).rejects.toMatchObject({
          code: 'usage',
        });
      const other = writeOwn(path.join(folder, 'other.safetensors'), syntheticNetwork(undefined, LAYERS, 2));
      const twice = importModel(other, { modelsFolder: models, name: 'vgg19-imported' });
      await expect(twice).rejects.toThrow(/another model named vgg19-imported/);
      expect(fs.readdirSync(models)).toEqual(['vgg19-imported.safetensors']);
      // The same again is no other network.
      expect((await importModel(from, { modelsFolder: models })).name).toBe('vgg19-imported');
      for (const name of ['../up', '', 'a/b', '.hidden', 'x\u0000'])
        await expect(importModel(from, { modelsFolder: models, name })).rejects.toMatchObject({
          code: 'usage',
        });
    });
  });

  it('that is given up leaves nothing behind, whenever that is', async () => {
    await inFolder(async folder => {
      const models = path.join(folder, 'models');
      const from = writeOwn(path.join(folder, 'net.safetensors'), convs);
      let stoppedAt = 0;
      for (let turns = 0; ; turns++) {
        const stop = new AbortController();
        const outcome = importModel(from, { modelsFolder: models, signal: stop.signal }).then(
          ({ name }) => name,
          (error: AtelierError) => error.code,
        );
        for (let i = 0; i < turns; i++) await new Promise(resolve => setImmediate(resolve));
        stop.abort();
        if ((await outcome) !== 'interrupted') break;
        stoppedAt = turns;
        expect(fs.existsSync(models) ? fs.readdirSync(models) : []).toEqual([]);
      }
      // Also while the file was being written.
      expect(stoppedAt).toBeGreaterThan(3);
      expect(fs.readdirSync(models)).toEqual(['net.safetensors']);
    });
  });

  it('never takes the place of a file that a person has put there', async () => {
    await inFolder(async folder => {
      const model = writeRepository(folder, convs, 1000);
      const models = path.join(folder, 'models');
      fs.mkdirSync(models);
      const tfjs = path.join(folder, model.repository, model.commit, 'model');
      const other = syntheticNetwork(undefined, LAYERS, 2);
      const own = ['mine', model.name].map(name => writeOwn(path.join(models, `${name}.safetensors`), other));
      const odd = path.join(models, 'odd.safetensors');
      fs.writeFileSync(odd, 'no network');
      const from = writeOwn(path.join(folder, 'net.safetensors'), convs);
      const held = () => [...own, odd].map(file => fs.readFileSync(file).toString('base64'));
      const before = held();
      for (const name of ['mine', 'odd'])
        await expect(importModel(from, { modelsFolder: models, name }, [model])).rejects.toThrow(
          `There is another model named ${name}`,
        );
      const published = await importModel(tfjs, { modelsFolder: models }, [model]).catch(
        (error: unknown) => error,
      );
      const fetched = await download(model, { modelsFolder: models, consent: true }).catch(
        (error: unknown) => error,
      );
      for (const failure of [published, fetched])
        expect((failure as Error).message).toContain(`There is another model named ${model.name}`);
      expect(held()).toEqual(before);
      // The same numbers are no other network.
      expect((await importModel(own[0]!, { modelsFolder: models, name: 'mine' })).name).toBe('mine');
    });
  });

  it('of what is no network leaves nothing behind', async () => {
    await inFolder(async folder => {
      const models = path.join(folder, 'models');
      const from = path.join(folder, 'bad.safetensors');
      fs.writeFileSync(from, safetensorsBytes(ownTensors(convs)).subarray(0, 5000));
      await expect(importModel(from, { modelsFolder: models })).rejects.toMatchObject({
        code: 'model-corrupt',
      });
      await expect(importModel(path.join(folder, 'none'), { modelsFolder: models })).rejects.toMatchObject({
        code: 'model-missing',
      });
      expect(fs.existsSync(models)).toBe(false);
    });
  });
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
      const words = /mine.safetensors .*not those that were installed/;
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
        { name: 'lite', status: 'embedded', bytes: 1_623_088, layers: LAYERS, file: lite.file() },
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
        /conv1_1 is not as someone\/some-network has it/,
      );
      writeOwn(path.join(folder, 'bare.safetensors'), convs);
      expect(() => verifyModel('bare', folder)).toThrow(/no fingerprint/);
      expect(() => verifyModel('none', folder)).toThrow(/not installed/);
    });
  });
});

describe('the catalogue', () => {
  it('describes VGG-19 up to conv5_1, byte for byte', () => {
    expect(vgg19.layers.map(({ layer }) => layer)).toEqual(LAYERS);
    let given = 3;
    for (const { layer, channels, files } of vgg19.layers) {
      const width = VGG19_WIDTHS[blockOf(layer) - 1]!;
      expect(channels).toEqual([given, width]);
      expect(files.reduce((sum, { size }) => sum + size, 0)).toBe(4 * (9 * given * width + width));
      given = width;
    }
    expect(remoteModel('vgg19')).toBe(catalogue[0]);
    expect(() => remoteModel('vgg11')).toThrow(/no model named vgg11/);
  });
});

describeShared('the mirror of VGG-19', () => {
  const mirror = sharedPath('mirror');
  const at = path.join(mirror, vgg19.repository, vgg19.commit);

  it('has the files that the catalogue pins', async () => {
    const listed = JSON.parse(fs.readFileSync(sharedPath('reference/vgg19-shards.json'), 'utf8')) as {
      repository: string;
      commit: string;
      files: { path: string; size: number; gitBlobSha1: string; present: boolean }[];
    };
    expect(listed).toMatchObject({ repository: vgg19.repository, commit: vgg19.commit });
    let compared = 0;
    for (const file of vgg19.layers.flatMap(({ files }) => files)) {
      const entry = listed.files.find(one => one.path === file.path);
      expect(entry).toMatchObject({ ...file });
      if (!entry!.present) continue;
      expect(await gitBlobHashOf(path.join(at, file.path))).toBe(file.gitBlobSha1);
      compared++;
    }
    expect(compared).toBe(13);
  });

  it('installs the genuine layers it has in full', async () => {
    await inFolder(async folder => {
      const genuine = { ...vgg19, layers: vgg19.layers.slice(0, 8) };
      await download(genuine, { modelsFolder: folder, consent: true, mirror });
      expect(verifyModel('vgg19', folder, [genuine])).toMatchObject({ against: 'published' });
      const { fingerprint } = await openNetwork('vgg19', { modelsFolder: folder });
      const tfjs = await openNetwork(path.join(at, 'model'), { deepest: 'conv3_4' });
      expect(tfjs.fingerprint).toBe(fingerprint);
    });
  });

  it('is told to be incomplete', async () => {
    await inFolder(async folder => {
      const whole = download(vgg19, { modelsFolder: folder, consent: true, mirror });
      await expect(whole).rejects.toThrow(/The mirror has no file .*group9-shard1of2/);
      expect(fs.readdirSync(folder)).toEqual(['vgg19.download']);
    });
  });
});
