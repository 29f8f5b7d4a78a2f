import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { AtelierError } from '../../../src/common/errors';
import { lite } from '../../../src/models/catalogue';
import { download } from '../../../src/models/download/download';
import { importModel } from '../../../src/models/importModel';
import { listModels } from '../../../src/models/listModels';
import { openNetwork } from '../../../src/models/openNetwork';
import { verifyModel } from '../../../src/models/verifyModel';
import { LAYERS } from '../../../src/nst/vgg19';
import {
  inFolder,
  ownTensors,
  safetensorsBytes,
  syntheticNetwork,
  writeOwn,
  writeRepository,
} from './synthetic';

vi.setConfig({ testTimeout: 30_000 });

const convs = syntheticNetwork();

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
