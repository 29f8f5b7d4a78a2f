import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { download } from '../../../../src/models/download/download';
import { errorOf, expectInstalled, scene } from './downloadScene';

vi.setConfig({ testTimeout: 30_000 });

describe('a mirror', () => {
  it('may be a folder, named by its path or as a file: address', async () => {
    await scene(
      () => undefined,
      async all => {
        await all.go({ mirror: all.root });
        await expectInstalled(all);
        fs.rmSync(all.models, { recursive: true });
        await all.go({ mirror: pathToFileURL(all.root).href });
        await expectInstalled(all);
        expect(all.server.requests).toEqual([]);
      },
    );
  });

  it('may be an address with a path and no slash at its end', async () => {
    await scene(
      () => undefined,
      async all => {
        fs.mkdirSync(path.join(all.root, 'mirrors'));
        fs.renameSync(path.join(all.root, 'someone'), path.join(all.root, 'mirrors', 'someone'));
        await all.go({ mirror: `${all.server.url}mirrors` });
        await expectInstalled(all);
      },
    );
  });

  it('that is incomplete, wrong or no mirror at all is told apart', async () => {
    await scene(
      () => undefined,
      async ({ go, root, model }) => {
        const shard = path.join(root, model.repository, model.commit, 'model', 'group10-shard1of1');
        const bytes = fs.readFileSync(shard);
        bytes[0]! ^= 1;
        fs.writeFileSync(shard, bytes);
        expect((await errorOf(go({ mirror: root }))).code).toBe('download-corrupt');
        fs.writeFileSync(shard, bytes.subarray(1));
        expect((await errorOf(go({ mirror: root }))).message).toMatch(/bytes where \d+ are expected/);
        fs.rmSync(shard);
        const error = await errorOf(go({ mirror: root }));
        expect(error.code).toBe('download-failed');
        expect(error.message).toContain(`The mirror has no file ${shard}`);
        expect((await errorOf(go({ mirror: 'ftp://somewhere' }))).code).toBe('usage');
      },
    );
  });
});

describe('a disk', () => {
  it('without room for the network is noticed before anything is asked for', async () => {
    await scene(
      () => undefined,
      async ({ model, models, server }) => {
        const [first, ...rest] = model.layers;
        const huge = { ...first!, files: [{ ...first!.files[0]!, size: 2 ** 52 }] };
        const error = await errorOf(
          download(
            { ...model, layers: [huge, ...rest] },
            { modelsFolder: models, consent: true, mirror: server.url },
          ),
        );
        expect(error.code).toBe('write-failed');
        expect(error.message).toMatch(/There is not enough space .* MB more are needed/);
        expect(server.requests).toEqual([]);
      },
    );
  });

  // A device on which every write fails as on a full disk; only Linux has one.
  it.runIf(fs.existsSync('/dev/full'))('that fills up is named, and the parts stay', async () => {
    await scene(
      () => undefined,
      async all => {
        const staging = path.join(all.models, 'synthetic.download');
        fs.mkdirSync(staging, { recursive: true });
        const file = all.model.layers[9]!.files[0]!;
        const part = path.join(staging, `${file.gitBlobSha1}.part`);
        fs.symlinkSync('/dev/full', part);
        const error = await errorOf(all.go());
        expect(error.code).toBe('write-failed');
        expect(error.message).toBe(`${part} cannot be written: the disk is full.`);
        expect(error.next).toMatch(/Free some space/);
        expect(fs.readdirSync(staging).length).toBeGreaterThan(1);
        fs.rmSync(part);
        await all.go();
        await expectInstalled(all);
      },
    );
  });

  it.runIf(fs.existsSync('/dev/full'))('that fills up at the very end costs no second download', async () => {
    await scene(
      () => undefined,
      async all => {
        fs.mkdirSync(all.models);
        fs.symlinkSync('/dev/full', path.join(all.models, 'synthetic.safetensors.part'));
        const error = await errorOf(all.go());
        expect(error.message).toMatch(/synthetic.safetensors cannot be written: the disk is full/);
        const asked = all.server.requests.length;
        await all.go();
        expect(all.server.requests).toHaveLength(asked);
        await expectInstalled(all);
      },
    );
  });

  it('where the models folder cannot be made is named', async () => {
    await scene(
      () => undefined,
      async ({ go, root, server }) => {
        const blocked = path.join(root, 'a-file');
        fs.writeFileSync(blocked, '');
        const error = await errorOf(go({ modelsFolder: path.join(blocked, 'models') }));
        expect(error.code).toBe('write-failed');
        expect(error.message).toContain(blocked);
        expect(server.requests).toEqual([]);
      },
    );
  });
});
