import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';

/** One request as the server saw it. */
export interface Asked {
  readonly path: string;
  /** First byte asked for. */
  readonly from: number;
  /** How often this path was asked for, this time included. */
  readonly time: number;
}

/** How a request is answered when not properly. */
export type Misbehaviour =
  /** The connection breaks after so many bytes. */
  | { readonly cutAfter: number }
  /** Nothing more comes after so many bytes. */
  | { readonly stallAfter: number }
  /** One bit of the byte at this offset in the file is flipped. */
  | { readonly flip: number }
  | { readonly status: number }
  /** The whole file whatever was asked; the connection may break on top. */
  | { readonly ignoreRange: true; readonly cutAfter?: number }
  /** Other bytes with the status 200 and their own length. */
  | { readonly page: string }
  /** A 206 for another part of the file. */
  | { readonly wrongRange: true }
  /** Pieces of so many bytes, one at a time, with no length announced. */
  | { readonly trickle: number; readonly everyMs: number }
  | { readonly redirect: string };

export interface BadServer {
  readonly url: string;
  readonly requests: Asked[];
  close(): Promise<void>;
}

function sendTrickling(
  response: http.ServerResponse,
  bytes: Buffer,
  { trickle: size, everyMs }: { readonly trickle: number; readonly everyMs: number },
): void {
  let position = 0;
  const next = () => {
    if (position >= bytes.length) return void response.end();
    response.write(bytes.subarray(position, (position += size)));
    setTimeout(next, everyMs);
  };
  next();
}

function answer(
  response: http.ServerResponse,
  whole: Buffer,
  from: number,
  bad: Misbehaviour | undefined,
): void {
  if (bad && 'status' in bad) return void response.writeHead(bad.status).end('no');
  if (bad && 'redirect' in bad) return void response.writeHead(302, { location: bad.redirect }).end();
  if (bad && 'page' in bad) return void response.writeHead(200).end(bad.page);
  const start = bad && 'ignoreRange' in bad ? 0 : from;
  if (start > 0 && start >= whole.length) return void response.writeHead(416).end();
  const bytes = Buffer.from(whole.subarray(start));
  if (bad && 'flip' in bad && bad.flip >= start) bytes[bad.flip - start]! ^= 1;
  const told = bad && 'wrongRange' in bad ? start + 1 : start;
  const range = { 'content-range': `bytes ${told}-${whole.length - 1}/${whole.length}` };
  const length = bad && 'trickle' in bad ? {} : { 'content-length': bytes.length };
  response.writeHead(start > 0 ? 206 : 200, { ...length, ...(start > 0 ? range : {}) });
  if (bad && 'trickle' in bad) return sendTrickling(response, bytes, bad);
  if (bad && 'stallAfter' in bad) return void response.write(bytes.subarray(0, bad.stallAfter));
  const cut = bad && 'cutAfter' in bad ? bad.cutAfter : undefined;
  if (cut === undefined) return void response.end(bytes);
  // What has not been read when the connection breaks is lost with it, and a busy machine reads late.
  response.write(bytes.subarray(0, cut), () => setTimeout(() => response.destroy(), 300));
}

/** Serves the files below `root`, as badly as `misbehave` says request by request. */
export async function serve(
  root: string,
  misbehave: (asked: Asked) => Misbehaviour | undefined = () => undefined,
): Promise<BadServer> {
  const requests: Asked[] = [];
  const server = http.createServer((request, response) => {
    const file = new URL(request.url!, 'http://host').pathname;
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const asked = { path: file, from, time: requests.filter(one => one.path === file).length + 1 };
    requests.push(asked);
    const location = path.join(root, file.endsWith('/') ? `${file}index.html` : file);
    if (!fs.existsSync(location)) return void response.writeHead(404).end();
    answer(response, fs.readFileSync(location), from, misbehave(asked));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}
