import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { vgg19 } from '../../../../src/models/catalogue';
import type { DownloadProgress } from '../../../../src/models/download/download';
import { downloadNotice } from '../../../../src/models/download/notice';
import { openSafetensors } from '../../../../src/models/formats/safetensors';
import { verifyModel } from '../../../../src/models/verifyModel';
import { big, errorOf, expectInstalled, scene } from './downloadScene';

vi.setConfig({ testTimeout: 30_000 });

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
        const going = errorOf(go({ signal: stop.signal, retry: { stallMs: 60_000 } }));
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
        expect(() => verifyModel('synthetic', models, [])).toThrow(/differ from the installed ones/);
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
        expect(error.message).toContain(`downloaded from ${server.url}someone/some-network/c0ffee/`);
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

  it('stops when told to, keeps what it has, and goes on', async () => {
    await scene(
      asked => (big(asked) && asked.time === 1 ? { stallAfter: 40_000 } : undefined),
      async all => {
        const stop = new AbortController();
        const onProgress = ({ file, receivedBytes }: DownloadProgress) => {
          if (file.includes('group10-') && receivedBytes > 40_000) setTimeout(() => stop.abort(), 10);
        };
        const error = await errorOf(all.go({ signal: stop.signal, onProgress, retry: { stallMs: 60_000 } }));
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
        expect(error.message).toMatch(/Another Atelier is already writing this model/);
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
