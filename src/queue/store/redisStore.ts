import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { RedisClient } from '../redis/libraries';
import { requireBlobName, type BlobStore } from './blobStore';

/** Redis holds all in memory: a blob is no larger than this, in bytes. */
export const LARGEST_BLOB = 64 * 2 ** 20;

/** A blob that nobody has read or written for so long is gone, in seconds. */
const EXPIRY_S = 7 * 24 * 3600;

const PREFIX = 'atelier:blob:';

/** Blobs in the queue's own Redis, so that a cluster needs nothing but that. They expire. */
export class RedisStore implements BlobStore {
  constructor(private readonly redis: RedisClient) {}

  async read(name: string): Promise<Buffer | undefined> {
    const bytes = await this.redis.getBuffer(keyOf(name));
    if (bytes === null) return undefined;
    // What is used stays.
    await this.redis.expire(keyOf(name), EXPIRY_S);
    return bytes;
  }

  async write(name: string, bytes: Buffer): Promise<void> {
    if (bytes.length > LARGEST_BLOB)
      throw new AtelierError(
        'image-too-large',
        msg`A file of ${Math.round(bytes.length / 2 ** 20)} MB exceeds the ${LARGEST_BLOB / 2 ** 20} MB limit for Redis.`,
        { next: msg`Share a folder instead: give the batch and all workers the same --store.` },
      );
    try {
      await this.redis.set(keyOf(name), bytes, 'EX', EXPIRY_S);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AtelierError('write-failed', msg`Redis is full: ${reason}.`, {
        next: msg`Give Redis more memory, or share a folder with --store.`,
        cause: error,
      });
    }
  }

  async exists(name: string): Promise<boolean> {
    // It is there as long as whoever asks counts on it.
    return (await this.redis.expire(keyOf(name), EXPIRY_S)) === 1;
  }

  async list(prefix: string): Promise<readonly string[]> {
    const pattern = `${keyOf(prefix)}*`;
    const found = new Set<string>();
    for (let cursor = '0'; ;) {
      const [next, keys] = await this.redis.scan(cursor, 'MATCH', pattern, 'COUNT', 1000);
      for (const key of keys) found.add(key.slice(PREFIX.length));
      if (next === '0') return [...found].sort();
      cursor = next;
    }
  }
}

function keyOf(name: string): string {
  requireBlobName(name);
  return `${PREFIX}${name}`;
}
