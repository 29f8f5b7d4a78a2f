import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { catalogue, remoteModel, vgg19 } from '../../../src/models/catalogue';
import { download } from '../../../src/models/download/download';
import { gitBlobHashOf } from '../../../src/models/gitBlob';
import { openNetwork } from '../../../src/models/openNetwork';
import { verifyModel } from '../../../src/models/verifyModel';
import { LAYERS, VGG19_WIDTHS, blockOf } from '../../../src/nst/vgg19';
import { describeShared, sharedPath } from '../../shared';
import { inFolder } from './synthetic';

vi.setConfig({ testTimeout: 30_000 });

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
