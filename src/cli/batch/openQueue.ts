import * as path from 'node:path';
import { resourcePath } from '../../common/resources';
import { EmbeddedQueue } from '../../queue/embeddedQueue';
import { Painter } from '../../queue/painter';
import type { PaintingQueue } from '../../queue/queue';
import { workFolder } from '../../queue/workFolders';
import { settingsFrom, type MachineOptions } from '../machineOptions';
import { queueUrl, type QueueOptions } from '../queueOptions';
import { printError } from '../reporting/output';

/** Paintings of a batch that are in its queue at once: enough for all workers, and of any batch no more in memory. */
export const WINDOW = { embedded: 16, redis: 256 } as const;

/** The queue of a command line: that of several machines where one is named, else one in this process. */
export async function openQueue(
  options: QueueOptions & MachineOptions,
): Promise<{ readonly queue: PaintingQueue; readonly window: number }> {
  if (options.queue !== undefined) {
    const { store } = options;
    const queue = await openRedisQueue({
      queue: queueUrl(options),
      ...(store === undefined ? {} : { store }),
    });
    return { queue, window: WINDOW.redis };
  }
  const settings = settingsFrom(options);
  const painter = new Painter({
    entry: resourcePath('dist/engine.js'),
    settings: { ...settings, mirror: '' },
    folder: workFolder(settings.storage),
    log: message => printError(`atelier: ${message}\n`),
  });
  return { queue: new EmbeddedQueue(painter), window: WINDOW.embedded };
}

/** @throws `usage`, `queue-unreachable`, `write-failed` for the store */
export async function openRedisQueue({
  queue: url,
  store,
}: {
  readonly queue: string;
  readonly store?: string;
}): Promise<PaintingQueue> {
  // Loaded for those who have a queue alone.
  const [{ connectionTo, openClient }, { RedisQueue }, { FolderStore }, { RedisStore }] = await Promise.all([
    import('../../queue/redis/connection'),
    import('../../queue/redis/redisQueue'),
    import('../../queue/store/folderStore'),
    import('../../queue/store/redisStore'),
  ]);
  const connection = await connectionTo(url);
  const client = openClient(connection);
  const blobs = store === undefined ? new RedisStore(client) : new FolderStore(path.resolve(store));
  return new RedisQueue(connection, blobs, client);
}
