import * as http from 'node:http';
import * as net from 'node:net';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { download } from '../../../../src/models/download/download';
import { HttpOrigin } from '../../../../src/models/download/httpOrigin';
import { serve } from './badServer';
import { inFolder, syntheticNetwork, writeRepository } from '../synthetic';

vi.setConfig({ testTimeout: 30_000 });

const patience = { stallMs: 10_000, attempts: 1, backoffMs: 1 };

interface Proxy {
  readonly url: string;
  /** What it was asked for: "GET http://…" or "CONNECT host:port". */
  readonly asked: string[];
  /** The Proxy-Authorization headers it saw. */
  readonly credentials: Set<string | undefined>;
  close(): Promise<void>;
}

/** A proxy as in an office: forwards plain HTTP, tunnels the rest, and may want a name and a password. */
async function startProxy(wanted?: string): Promise<Proxy> {
  const asked: string[] = [];
  const credentials = new Set<string | undefined>();
  const refuses = (request: http.IncomingMessage) => {
    const given = request.headers['proxy-authorization'];
    credentials.add(given);
    asked.push(`${request.method} ${request.url}`);
    return wanted !== undefined && given !== wanted;
  };
  const server = http.createServer((request, response) => {
    if (refuses(request)) return void response.writeHead(407).end();
    const { host, range } = request.headers;
    const onward = http.get(request.url!, { headers: { host, ...(range ? { range } : {}) } }, answer => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
  });
  server.on('connect', (request, socket: net.Socket) => {
    if (refuses(request)) return void socket.end('HTTP/1.1 407 No\r\n\r\n');
    const [host, port] = request.url!.split(':');
    const onward = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    credentials,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

async function throughProxy(
  proxy: Proxy,
  option: string | undefined,
): Promise<{ requests: number; files: number }> {
  return inFolder(async folder => {
    const root = path.join(folder, 'host');
    const model = writeRepository(root, syntheticNetwork(), 1000);
    const server = await serve(root);
    try {
      await download(model, {
        modelsFolder: path.join(folder, 'models'),
        consent: true,
        mirror: server.url,
        retry: patience,
        ...(option === undefined ? {} : { proxy: option }),
      });
      return { requests: server.requests.length, files: model.layers.flatMap(({ files }) => files).length };
    } finally {
      await server.close();
      await proxy.close();
    }
  });
}

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The environment without any proxy of the machine the test runs on. */
function stubEnvironment(variables: Record<string, string>): void {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'])
    vi.stubEnv(name, variables[name]);
}

describe('through a proxy', () => {
  it('of the environment', async () => {
    const proxy = await startProxy();
    stubEnvironment({ HTTP_PROXY: proxy.url });
    const { requests, files } = await throughProxy(proxy, undefined);
    expect(requests).toBe(files);
    expect(proxy.asked).toHaveLength(files);
    expect(proxy.asked.every(line => line.startsWith('GET http://127.0.0.1:'))).toBe(true);
  });

  it('that is named, with a name and a password', async () => {
    const basic = `Basic ${Buffer.from('ada:b c').toString('base64')}`;
    const proxy = await startProxy(basic);
    stubEnvironment({});
    await throughProxy(proxy, proxy.url.replace('//', '//ada:b%20c@'));
    expect(proxy.asked.length).toBeGreaterThan(0);
    expect(proxy.credentials).toEqual(new Set([basic]));
  });

  it('that refuses, says so', async () => {
    const proxy = await startProxy('Basic something');
    stubEnvironment({ HTTP_PROXY: proxy.url });
    await expect(throughProxy(proxy, undefined)).rejects.toThrow(
      /cannot be downloaded: Proxy Authentication Required/,
    );
  });

  it('not to a host that NO_PROXY names', async () => {
    const proxy = await startProxy();
    stubEnvironment({ HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' });
    const { requests, files } = await throughProxy(proxy, undefined);
    expect(requests).toBe(files);
    expect(proxy.asked).toEqual([]);
  });

  it('HTTPS goes by a tunnel, which is asked for once a try', async () => {
    for (const [wanted, words] of [
      [undefined, /the proxy fails \(other side closed\)/],
      ['Basic something', /Proxy response \(407\)/],
    ] as const) {
      const proxy = await startProxy(wanted);
      stubEnvironment({ HTTPS_PROXY: proxy.url });
      const origin = new HttpOrigin(new URL('https://localhost:9/'));
      const file = { path: 'file', size: 1, gitBlobSha1: '' };
      await expect(origin.open(file, 0, AbortSignal.timeout(5_000))).rejects.toThrow(words);
      expect(proxy.asked).toEqual(['CONNECT localhost:9']);
      await origin.close();
      await proxy.close();
    }
  });

  it('that never answers is left', async () => {
    const silent = net.createServer();
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
    const proxy = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    stubEnvironment({});
    await inFolder(async folder => {
      const model = writeRepository(folder, syntheticNetwork(), 1000);
      const failed = download(model, {
        modelsFolder: path.join(folder, 'models'),
        consent: true,
        mirror: 'https://localhost:9/',
        proxy,
        retry: { ...patience, stallMs: 100 },
      });
      await expect(failed).rejects.toThrow(/cannot be downloaded: nothing arrives for 0.1 s/);
    });
    silent.close();
  });
});
