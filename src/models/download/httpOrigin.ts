import { EnvHttpProxyAgent, Pool, interceptors, request, type Dispatcher } from 'undici';
import { AtelierError } from '../../errors';
import { phrase } from '../../phrase';
import type { RemoteFile } from '../catalogue';
import type { Answer, Origin } from './origin';
import { WrongBytes } from './wrongBytes';

type Response = Dispatcher.ResponseData;

/** Statuses that may be gone a moment later. */
function mayPass(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}

function header(response: Response, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Where an answer's bytes begin; checks that its headers fit the file. */
function offsetOf(response: Response, file: RemoteFile): number {
  let offset = 0;
  if (response.statusCode === 206) {
    const [, start, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header(response, 'content-range') ?? '') ?? [];
    if (start === undefined || (size !== '*' && Number(size) !== file.size))
      throw new WrongBytes(phrase`the server sends a part of another file`);
    offset = Number(start);
  }
  const length = header(response, 'content-length');
  if (length !== undefined && offset + Number(length) !== file.size)
    throw new WrongBytes(
      phrase`the server has ${offset + Number(length)} bytes where ${file.size} are expected`,
    );
  if ((header(response, 'content-encoding') ?? 'identity') !== 'identity')
    throw new WrongBytes(phrase`the server sends it compressed`);
  return offset;
}

/** Connections to the proxy itself. A tunnel that it closes at once would be asked for again and again, without end. */
function proxyPool(url: URL, settings: object): Dispatcher {
  const pool = new Pool(url, settings);
  const tunnel = pool.connect.bind(pool) as (options: unknown) => Promise<unknown>;
  const connect = (options: unknown) =>
    tunnel(options).catch((cause: NodeJS.ErrnoException) => {
      throw new Error(`the proxy fails (${cause.message || cause.code})`, { cause });
    });
  return Object.assign(pool, { connect });
}

/** A host or a mirror reached over HTTP, through the user's proxy. */
export class HttpOrigin implements Origin {
  private readonly agent: EnvHttpProxyAgent;
  private readonly dispatcher: Dispatcher;

  constructor(
    private readonly base: URL,
    proxy?: string,
  ) {
    this.agent = new EnvHttpProxyAgent({
      ...(proxy ? { httpProxy: proxy, httpsProxy: proxy } : {}),
      // Proxies commonly refuse a tunnel to anything but HTTPS; plain HTTP is asked of the proxy itself.
      proxyTunnel: false,
      clientFactory: proxyPool,
    });
    this.dispatcher = this.agent.compose(interceptors.redirect({ maxRedirections: 5 }));
  }

  locate(file: RemoteFile): string {
    return new URL(file.path, this.base).href;
  }

  async open(file: RemoteFile, offset: number, signal: AbortSignal): Promise<Answer> {
    const response = await request(this.locate(file), {
      dispatcher: this.dispatcher,
      signal,
      headers: {
        'user-agent': 'atelier',
        'accept-encoding': 'identity',
        ...(offset > 0 ? { range: `bytes=${offset}-` } : {}),
      },
    });
    try {
      this.checkStatus(response.statusCode, file);
      const start = offsetOf(response, file);
      if (start !== 0 && start !== offset)
        throw new WrongBytes(phrase`the server sends another part than asked for`);
      // A cut within chunks is an error of the connection; only a body that ends with it leaves a doubt.
      const endIsCertain = header(response, 'transfer-encoding') === 'chunked';
      return { offset: start, bytes: response.body, endIsCertain };
    } catch (error) {
      response.body.on('error', () => undefined).destroy();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private checkStatus(status: number, file: RemoteFile): void {
    if (status === 200 || status === 206) return;
    if (status === 416) throw new WrongBytes(phrase`the server has fewer bytes than expected`);
    if (mayPass(status)) throw new Error(`the server answers ${status}`);
    throw new AtelierError(
      'download-failed',
      phrase`${this.locate(file)} is refused: the server answers ${status}.`,
      {
        next: phrase`Name a mirror, or import the model from a file.`,
      },
    );
  }
}
