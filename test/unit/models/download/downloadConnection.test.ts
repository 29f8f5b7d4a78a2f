import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { big, errorOf, expectInstalled, patience, scene } from './downloadScene';

vi.setConfig({ testTimeout: 30_000 });

describe('a download over a bad connection', () => {
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
        expect(error.message).toMatch(/group10-shard1of1 cannot be downloaded/);
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
        const error = await errorOf(go({ retry: { ...patience, stallMs: 50 } }));
        expect(error.message).toMatch(/cannot be downloaded: nothing arrives for 0.05 s/);
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
        expect(error.message).toMatch(/The server refused .*group10-shard1of1: 404/);
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
});
