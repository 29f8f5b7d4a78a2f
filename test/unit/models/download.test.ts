import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { AtelierError } from '../../../src/errors';
import type { RemoteModel } from '../../../src/models/catalogue';
import { download, type DownloadOptions, type DownloadProgress } from '../../../src/models/download/download';
import { downloadNotice } from '../../../src/models/download/notice';
import { vgg19 } from '../../../src/models/catalogue';
import { openNetwork } from '../../../src/models/openNetwork';
import { openSafetensors } from '../../../src/models/safetensors';
import { verifyModel } from '../../../src/models/verifyModel';
import { LAYERS } from '../../../src/nst/vgg19';
import { serve, type Asked, type BadServer, type Misbehaviour } from './badServer';
import { inFolder, syntheticNetwork, writeRepository } from './synthetic';

vi.setConfig({ testTimeout: 30_000 });

// 300 kB in shards of at most 100 kB, so that one can be cut where its pieces count as progress.
const convs = syntheticNetwork([8, 12, 24, 48, 40]);
const shardSize = 100_000;
const patience = { stallMs: 1_000, attempts: 3, backoffMs: 5 };

interface Scene {
  readonly model: RemoteModel;
  readonly server: BadServer;
  readonly models: string;
  readonly root: string;
  readonly go: (options?: Partial<DownloadOptions>) => Promise<string>;
}

/** A repository behind a server, and a models folder. */
async function scene(
  misbehave: (asked: Asked) => Misbehaviour | undefined,
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  await inFolder(async folder => {
    const root = path.join(folder, 'host');
    const models = path.join(folder, 'models');
    const model = writeRepository(root, convs, shardSize);
    const server = await serve(root, misbehave);
    const go = (options: Partial<DownloadOptions> = {}) =>
      download(model, { modelsFolder: models, consent: true, mirror: server.url, patience, ...options });
    try {
      await play({ model, server, models, root, go });
    } finally {
      await server.close();
    }
  });
}

async function errorOf(promise: Promise<unknown>): Promise<AtelierError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AtelierError);
  return error as AtelierError;
}

async function expectInstalled({ model, models }: Scene): Promise<void> {
  expect(fs.readdirSync(models)).toEqual(['synthetic.safetensors']);
  const verified = verifyModel('synthetic', models, [model]);
  expect(verified).toMatchObject({ against: 'published', layers: [...LAYERS] });
  const network = await openNetwork('synthetic', { modelsFolder: models });
  expect(network.fingerprint).toBe(verified.fingerprint);
  expect(network.weights('conv5_1').bias).toEqual(convs[12]!.bias);
}

/** The largest shard: of conv4_2, 83 kB. */
const big = (asked: Asked) => asked.path.includes('group10-');

describe('a download', () => {
  it('installs one verified file and tells how far it is', async () => {
    await scene(
      () => undefined,
      async all => {
        const { go, server, model, models } = all;
        const told: DownloadProgress[] = [];
        expect(await go({ onProgress: progress => told.push(progress) })).toBe(
          path.join(models, 'synthetic.safetensors'),
        );
        await expectInstalled(all);
        const files = model.layers.flatMap(layer => layer.files);
        const total = files.reduce((sum, file) => sum + file.size, 0);
        expect(told.every(({ totalBytes }) => totalBytes === total)).toBe(true);
        expect(told.at(-1)!.receivedBytes).toBe(total);
        expect(new Set(told.map(({ file }) => file))).toEqual(new Set(files.map(file => file.path)));
        expect(server.requests).toHaveLength(files.length);
        const { metadata } = openSafetensors(path.join(models, 'synthetic.safetensors'));
        expect(metadata).toMatchObject({
          kind: 'synthetic',
          weight_order: 'HWIO',
          source: 'github.com/someone/some-network@c0ffee',
          license: model.licenseText,
        });
      },
    );
  });

  it('fetches four files at a time', async () => {
    await scene(
      () => ({ stallAfter: 0 }),
      async ({ go, server }) => {
        const stop = new AbortController();
        const going = errorOf(go({ signal: stop.signal, patience: { stallMs: 60_000 } }));
        await expect.poll(() => server.requests.length, { timeout: 5_000 }).toBe(4);
        await sleep(100);
        expect(server.requests).toHaveLength(4);
        stop.abort();
        expect((await going).code).toBe('interrupted');
      },
    );
  });

  it('asks for nothing when the network is installed, and mends one that is damaged', async () => {
    await scene(
      () => undefined,
      async all => {
        const { go, server, models } = all;
        const file = await go();
        const asked = server.requests.length;
        await go();
        expect(server.requests).toHaveLength(asked);
        const bytes = fs.readFileSync(file);
        bytes[bytes.length - 9]! ^= 1;
        fs.writeFileSync(file, bytes);
        expect(() => verifyModel('synthetic', models, [])).toThrow(/not those that were installed/);
        await go();
        await expectInstalled(all);
      },
    );
  });

  it('needs consent, and shows size, source and licence first', async () => {
    await scene(
      () => undefined,
      async ({ go, server, models }) => {
        const error = await errorOf(go({ consent: false }));
        expect(error.code).toBe('consent-missing');
        expect(error.message).toMatch(
          /Synthetic is 0\.\d MB, from github.com\/someone\/some-network at commit c0ffee/,
        );
        expect(error.message).toMatch(/Licence: none/);
        expect(error.message).toContain(`fetched from ${server.url}someone/some-network/c0ffee/`);
        expect(server.requests).toEqual([]);
        expect(fs.existsSync(models)).toBe(false);
      },
    );
    const notice = downloadNotice(vgg19);
    expect(notice).toMatchObject({ title: 'VGG-19', bytes: 51_779_840, files: 22 });
    expect(notice.from).toBe(
      'https://raw.githubusercontent.com/DavidCai1993/vgg19-tensorflowjs-model/08d09052bc6258d3abdfa341850122fc4b746db6/',
    );
    expect(notice.licenseText).toMatch(/Creative Commons Attribution 4.0[^]*MIT License/);
  });

  it('goes on where a cut left it', async () => {
    await scene(
      asked => (big(asked) && asked.time <= 2 ? { cutAfter: 20_000 } : undefined),
      async all => {
        await all.go();
        expect(all.server.requests.filter(big).map(({ from }) => from)).toEqual([0, 20_000, 40_000]);
        await expectInstalled(all);
      },
    );
  });

  it('starts the file again where the server knows no ranges', async () => {
    await scene(
      asked =>
        big(asked) ? { ignoreRange: true, ...(asked.time === 1 ? { cutAfter: 50_000 } : {}) } : undefined,
      async all => {
        await all.go();
        expect(all.server.requests.filter(big).map(({ from }) => from)).toEqual([0, 50_000]);
        await expectInstalled(all);
      },
    );
  });

  it('gives up a file that comes no further, keeps what it has, and completes it later', async () => {
    let broken = true;
    await scene(
      asked => (broken && big(asked) ? { ignoreRange: true, cutAfter: 30_000 } : undefined),
      async all => {
        const error = await errorOf(all.go());
        expect(error.code).toBe('download-failed');
        expect(error.message).toMatch(/group10-shard1of1 cannot be fetched/);
        expect(all.server.requests.filter(big)).toHaveLength(3);
        const kept = fs.readdirSync(path.join(all.models, 'synthetic.download'));
        expect(kept.filter(name => name.endsWith('.part')).length).toBeGreaterThan(0);
        expect(fs.existsSync(path.join(all.models, 'synthetic.safetensors'))).toBe(false);
        broken = false;
        await all.go();
        expect(all.server.requests.filter(big).at(-1)!.from).toBe(30_000);
        await expectInstalled(all);
      },
    );
  });

  it('leaves a connection that brings nothing', async () => {
    await scene(
      asked => (big(asked) && asked.time === 1 ? { stallAfter: 10_000 } : undefined),
      async all => {
        await all.go();
        expect(all.server.requests.filter(big).map(({ from }) => from)).toEqual([0, 10_000]);
        await expectInstalled(all);
      },
    );
    await scene(
      asked => (big(asked) ? { stallAfter: 0 } : undefined),
      async ({ go }) => {
        const error = await errorOf(go({ patience: { ...patience, stallMs: 50 } }));
        expect(error.message).toMatch(/cannot be fetched: nothing arrives for 0.05 s/);
      },
    );
  });

  it('waits for a connection that is only slow', async () => {
    await scene(
      asked => (big(asked) ? { trickle: 2_000, everyMs: 30 } : undefined),
      async all => {
        const started = performance.now();
        await all.go();
        expect(performance.now() - started).toBeGreaterThan(patience.stallMs);
        expect(all.server.requests.filter(big)).toHaveLength(1);
        await expectInstalled(all);
      },
    );
  });

  it('throws wrong bytes away and asks once more', async () => {
    await scene(
      asked => (big(asked) && asked.time === 1 ? { flip: 7 } : undefined),
      async all => {
        await all.go();
        expect(all.server.requests.filter(big).map(({ from }) => from)).toEqual([0, 0]);
        await expectInstalled(all);
      },
    );
  });

  it('says so when the bytes stay wrong', async () => {
    for (const bad of [
      { flip: 7 },
      { page: '<h1>Log in to the network</h1>' },
      { page: 'x'.repeat(200_000) },
    ])
      await scene(
        asked => (big(asked) ? bad : undefined),
        async ({ go, server, models }) => {
          const error = await errorOf(go());
          expect(error.code).toBe('download-corrupt');
          expect(error.message).toContain(`${server.url}someone/some-network/c0ffee/model/group10-shard1of1`);
          expect(server.requests.filter(big)).toHaveLength(2);
          expect(fs.existsSync(path.join(models, 'synthetic.safetensors'))).toBe(false);
        },
      );
  });

  it('does not trust a part that a range does not continue', async () => {
    for (const bad of [{ wrongRange: true }, { status: 416 }] as const)
      await scene(
        asked =>
          big(asked)
            ? asked.time === 1
              ? { cutAfter: 30_000 }
              : asked.time === 2
                ? bad
                : undefined
            : undefined,
        async all => {
          await all.go();
          expect(all.server.requests.filter(big).map(({ from }) => from)).toEqual([0, 30_000, 0]);
          await expectInstalled(all);
        },
      );
  });

  it('finds out about a part that was changed on the disk', async () => {
    let broken = true;
    await scene(
      asked => (broken && big(asked) ? { ignoreRange: true, cutAfter: 30_000 } : undefined),
      async all => {
        await errorOf(all.go());
        const staging = path.join(all.models, 'synthetic.download');
        for (const name of fs.readdirSync(staging))
          fs.writeFileSync(path.join(staging, name), Buffer.alloc(10));
        broken = false;
        await all.go();
        await expectInstalled(all);
      },
    );
  });

  it('asks once for what is not there, and again for what may come back', async () => {
    await scene(
      asked => (big(asked) ? { status: 404 } : undefined),
      async ({ go, server }) => {
        const error = await errorOf(go());
        expect(error.code).toBe('download-failed');
        expect(error.message).toMatch(/group10-shard1of1 is refused: the server answers 404/);
        expect(error.next).toMatch(/mirror.*import/);
        expect(server.requests.filter(big)).toHaveLength(1);
      },
    );
    await scene(
      asked => (big(asked) && asked.time <= 2 ? { status: [503, 429][asked.time - 1]! } : undefined),
      async all => {
        await all.go();
        await expectInstalled(all);
      },
    );
  });

  it('follows redirections', async () => {
    await scene(
      asked => (big(asked) && asked.time === 1 ? { redirect: `${asked.path}?signed=1` } : undefined),
      async all => {
        await all.go();
        expect(all.server.requests.filter(big)).toHaveLength(2);
        await expectInstalled(all);
      },
    );
  });

  it('says that nobody answers', async () => {
    await scene(
      () => undefined,
      async ({ go, server }) => {
        await server.close();
        const error = await errorOf(go());
        expect(error.code).toBe('download-failed');
        expect(error.message).toMatch(/ECONNREFUSED/);
        expect(error.next).toMatch(/HTTPS_PROXY/);
      },
    );
  });

  it('stops when told to, keeps what it has, and goes on', async () => {
    await scene(
      asked => (big(asked) && asked.time === 1 ? { stallAfter: 40_000 } : undefined),
      async all => {
        const stop = new AbortController();
        const onProgress = ({ file, receivedBytes }: DownloadProgress) => {
          if (file.includes('group10-') && receivedBytes > 40_000) setTimeout(() => stop.abort(), 10);
        };
        const error = await errorOf(
          all.go({ signal: stop.signal, onProgress, patience: { stallMs: 60_000 } }),
        );
        expect(error.code).toBe('interrupted');
        expect(fs.existsSync(path.join(all.models, 'synthetic.safetensors.lock'))).toBe(false);
        await all.go();
        expect(all.server.requests.filter(big).at(-1)!.from).toBe(40_000);
        await expectInstalled(all);
      },
    );
  });

  it('does not start when it is stopped already', async () => {
    await scene(
      () => undefined,
      async ({ go, server }) => {
        expect((await errorOf(go({ signal: AbortSignal.abort() }))).code).toBe('interrupted');
        expect(server.requests).toEqual([]);
      },
    );
  });

  it('is done by one process at a time', async () => {
    await scene(
      asked => (big(asked) && asked.time === 1 ? { stallAfter: 10 } : undefined),
      async all => {
        const first = all.go();
        await expect.poll(() => all.server.requests.length).toBeGreaterThan(0);
        const error = await errorOf(all.go());
        expect(error.code).toBe('write-failed');
        expect(error.message).toMatch(/Another Atelier is writing this model already/);
        await first;
        await expectInstalled(all);
      },
    );
  });
});

describe('the lock of a download', () => {
  it('is taken over when its holder no longer touches it', async () => {
    await scene(
      () => undefined,
      async all => {
        const lock = path.join(all.models, 'synthetic.safetensors.lock');
        fs.mkdirSync(all.models);
        fs.writeFileSync(lock, String(process.pid));
        expect((await errorOf(all.go())).message).toContain(lock);
        const longAgo = new Date(Date.now() - 60_000);
        fs.utimesSync(lock, longAgo, longAgo);
        await all.go();
        await expectInstalled(all);
      },
    );
  });
});

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
        expect(error.message).toMatch(/There is not enough room .* MB are missing/);
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
        expect(error.next).toMatch(/Make room/);
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
