import { Option } from 'commander';
import { AtelierError } from '../common/errors';
import { msg } from '../common/messages';
import type { MachineOptions } from './machineOptions';

/** The options of commands that work on a queue, as commander gives them. */
export interface QueueOptions {
  /** `true` where it is that of the environment. */
  readonly queue?: string | true;
  readonly store?: string;
}

/** The options of `atelier worker`, as commander gives them. */
export interface WorkerCommandOptions extends MachineOptions, QueueOptions {
  readonly name: string;
  readonly lock: number;
  readonly checkpoint: number;
  readonly maxSize: number;
}

const ENVIRONMENT = 'ATELIER_QUEUE';

export const queueOption = (): Option =>
  new Option('--queue [url]', `a Redis: redis://HOST:6379, rediss:// for TLS; without it $${ENVIRONMENT}`);

export const storeOption = (): Option =>
  new Option(
    '--store <folder>',
    'a folder that all machines share, for pictures; else they go through the queue',
  );

/**
 * The address of the queue that was named.
 * @throws `usage` where there is none
 */
export function queueUrl({ queue }: QueueOptions): string {
  const url = typeof queue === 'string' ? queue : process.env[ENVIRONMENT];
  if (url !== undefined && url !== '') return url;
  throw new AtelierError('usage', msg`Name a queue: --queue redis://HOST:6379.`, {
    next: msg`Or put its address into $${ENVIRONMENT}: there it is in no list of processes.`,
  });
}
