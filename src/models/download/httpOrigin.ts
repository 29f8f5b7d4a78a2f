import { request, type Dispatcher } from 'undici';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { Answer, Origin } from './origin';
import { proxyAgent, redirecting } from './proxyAgent';
import type { Published } from './published';
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
function offsetOf(response: Response, file: Published): number {
  let offset = 0;
  if (response.statusCode === 206) {
    const [, start, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header(response, 'content-range') ?? '') ?? [];
    if (start === undefined || (size !== '*' && Number(size) !== file.size))
      throw new WrongBytes(msg`the server sent part of another file`);
    offset = Number(start);
  }
  const length = header(response, 'content-length');
  if (length !== undefined && offset + Number(length) !== file.size)
    throw new WrongBytes(
      msg`the server has ${offset + Number(length)} bytes where ${file.size} are expected`,
    );
  if ((header(response, 'content-encoding') ?? 'identity') !== 'identity')
    throw new WrongBytes(msg`the server sent it compressed`);
  return offset;
}

/** A host or a mirror reached over HTTP, through the user's proxy. */
export class HttpOrigin implements Origin {
  private readonly agent: Dispatcher;
  private readonly dispatcher: Dispatcher;

  constructor(
    private readonly base: URL,
    proxy?: string,
  ) {
    this.agent = proxyAgent(proxy);
    this.dispatcher = redirecting(this.agent);
  }

  locate(file: Published): string {
    return new URL(file.path, this.base).href;
  }

  async open(file: Published, offset: number, signal: AbortSignal): Promise<Answer> {
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
        throw new WrongBytes(msg`the server sent the wrong part of the file`);
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

  private checkStatus(status: number, file: Published): void {
    if (status === 200 || status === 206) return;
    if (status === 416) throw new WrongBytes(msg`the server’s file is smaller than expected`);
    if (mayPass(status)) throw new Error(`the server answers ${status}`);
    throw new AtelierError('download-failed', msg`The server refused ${this.locate(file)}: ${status}.`, {
      next: msg`Use a mirror, or import the model from a file.`,
    });
  }
}
