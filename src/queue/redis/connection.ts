import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { Redis, type RedisClient } from './libraries';

/** The queue of all paintings of a Redis. */
export const QUEUE = 'paintings';
export const PREFIX = 'atelier';

/** Where cancelled paintings are named. */
export const cancelKey = (id: string): string => `${PREFIX}:cancel:${id}`;

/** Why a painting that is not wanted any more has failed. */
export const CANCELLED = 'cancelled';

/** How long a first connection may take. */
const CONNECT_MS = 10_000;

/** Options of all connections: once there was one they wait for the next as long as it takes. */
export interface RedisConnection {
  readonly url: string;
  readonly maxRetriesPerRequest: null;
  readonly retryStrategy: (times: number) => number;
}

/**
 * Checks that there is a Redis at a URL.
 * @throws `usage` for what is no URL of one, `download-failed` where none answers
 */
export async function connectionTo(url: string): Promise<RedisConnection> {
  const shown = shownUrl(url);
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
  });
  let reason = '';
  client.on('error', error => (reason = error.message));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    const said = reason === '' && error instanceof Error ? error.message : reason;
    throw new AtelierError('queue-unreachable', msg`The queue ${shown} cannot be reached: ${said}.`, {
      next: msg`Check the address, the password and whether Redis runs there.`,
      cause: error,
    });
  } finally {
    client.disconnect();
  }
  return { url, maxRetriesPerRequest: null, retryStrategy: times => Math.min(200 * times, 2000) };
}

/** A client for blobs and marks. Errors are those of the connection, which comes back by itself. */
export function openClient({ url, ...options }: RedisConnection): RedisClient {
  const client = new Redis(url, options);
  client.on('error', () => undefined);
  return client;
}

/**
 * A URL without what must not be told.
 * @throws `usage` for what is no URL of a Redis
 */
export function shownUrl(url: string): string {
  let parsed: URL | undefined;
  try {
    parsed = new URL(url);
  } catch {
    // Not told either: it may hold a password.
  }
  if (parsed === undefined || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '')
    throw new AtelierError('usage', msg`The queue is not the address of a Redis server.`, {
      next: msg`Write redis://HOST:6379, or rediss:// for TLS.`,
    });
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}
