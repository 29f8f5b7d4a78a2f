import { once } from 'node:events';
import * as path from 'node:path';
import { resourcePath } from '../../common/resources';
import { Painter } from '../../queue/painter';
import { connectionTo, openClient, shownUrl } from '../../queue/redis/connection';
import { RedisWorker, type WorkerEvent } from '../../queue/redis/redisWorker';
import { FolderStore } from '../../queue/store/folderStore';
import { RedisStore } from '../../queue/store/redisStore';
import { workFolder } from '../../queue/workFolders';
import { settingsFrom } from '../machineOptions';
import { queueUrl, type WorkerCommandOptions } from '../queueOptions';
import { escapeName } from '../reporting/escapeControls';
import { onInterrupt } from '../reporting/interrupt';
import { toJson } from '../reporting/json';
import { print, printError } from '../reporting/output';

/** More steps are no painting but a mistake. */
const MOST_STEPS = 20_000;

/**
 * Paints what is in a queue until it is told to end.
 * @throws what keeps it from beginning
 */
export async function runWorker(options: WorkerCommandOptions): Promise<void> {
  const { name, json = false, store } = options;
  const url = queueUrl(options);
  const connection = await connectionTo(url);
  const settings = settingsFrom(options);
  // Workers of one machine have a folder each: none finds another's half-done work locked.
  const folder = path.join(workFolder(settings.storage), 'workers', name.replace(/[^\w-]/g, '_'));
  const client = openClient(connection);
  const tell = (event: WorkerEvent) => report(event, json);
  const worker = new RedisWorker({
    connection,
    store: store === undefined ? new RedisStore(client) : new FolderStore(path.resolve(store)),
    painter: new Painter({
      entry: resourcePath('dist/engine.js'),
      settings: { ...settings, mirror: '', turns: false },
      folder,
      log: message => tell({ event: 'trouble', message }),
    }),
    name,
    folder: path.join(folder, 'inputs'),
    limits: { size: options.maxSize, steps: MOST_STEPS },
    lockMs: 1000 * options.lock,
    checkpointMs: 1000 * options.checkpoint,
    tell,
  });
  const ended = new AbortController();
  const stopListening = onInterrupt(() => ended.abort());
  const shown = shownUrl(url);
  print(
    json
      ? `${toJson({ event: 'ready', name, queue: shown })}\n`
      : `${name} waits for paintings of ${shown}.\n`,
  );
  if (!ended.signal.aborted) await once(ended.signal, 'abort');
  await worker.close();
  client.disconnect();
  stopListening();
}

function report(event: WorkerEvent, json: boolean): void {
  if (json) {
    print(`${toJson(event)}\n`);
    return;
  }
  if (event.event === 'trouble') printError(`atelier: ${event.message}\n`);
  else if (event.event === 'failed')
    printError(`${escapeName(event.title)} failed: ${event.message ?? ''}\n`);
  else print(`${event.event}  ${escapeName(event.title)}\n`);
}
