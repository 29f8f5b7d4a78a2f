import { Command } from 'commander';
import type { PaintingQueue } from '../../queue/queue';
import { queueOption, queueUrl, type QueueOptions } from '../queueOptions';
import { escapeName } from '../reporting/escapeControls';
import { toJson } from '../reporting/json';
import { printResult } from '../reporting/output';

interface QueueCommandOptions extends QueueOptions {
  readonly json?: boolean;
}

/** At most so many failures are listed; the count says how many there are. */
const LISTED = 20;

const status = async (queue: PaintingQueue): Promise<[value: object, words: string]> => {
  const counts = await queue.counts();
  const failures = await queue.failures(0, LISTED);
  const { waiting, active, done, failed, paused } = counts;
  const head = `${waiting} waiting, ${active} being painted, ${done} done, ${failed} failed${paused ? '; paused' : ''}`;
  const lines = failures.map(({ title, error }) => `  ${escapeName(title)}: ${error.message}`);
  const list = failures.map(({ id, title, error: { code, message } }) => ({ id, title, code, message }));
  return [{ ...counts, failures: list }, [head, ...lines].join('\n')];
};

const counted =
  (act: (queue: PaintingQueue) => Promise<number>, said: string) =>
  async (queue: PaintingQueue): Promise<[value: object, words: string]> => {
    const count = await act(queue);
    return [{ count }, `${count} ${said}.`];
  };

const done =
  (act: (queue: PaintingQueue) => Promise<void>, said: string) =>
  async (queue: PaintingQueue): Promise<[value: object, words: string]> => {
    await act(queue);
    return [{}, said];
  };

const actions = {
  status: { help: 'count the paintings by state, and show why some failed', act: status },
  pause: {
    help: 'start no more paintings; running ones continue',
    act: done(queue => queue.pause(), 'Nothing more is begun until atelier queue resume.'),
  },
  resume: { help: 'continue after a pause', act: done(queue => queue.resume(), 'Painting goes on.') },
  drain: { help: 'remove all waiting paintings', act: counted(queue => queue.drain(), 'taken out') },
  retry: { help: 'retry all failed paintings', act: counted(queue => queue.retry(), 'tried again') },
  clean: {
    help: 'clear finished and failed paintings from the list',
    act: counted(queue => queue.clean(), 'forgotten'),
  },
} as const;

export function queueCommand(): Command {
  const command = new Command('queue').description('inspect and control a queue shared by several machines');
  for (const [name, { help, act }] of Object.entries(actions))
    command
      .command(name, { isDefault: name === 'status' })
      .description(help)
      .addOption(queueOption())
      .option('--json', 'one JSON object, for scripts')
      .action(async (options: QueueCommandOptions) => {
        const { openRedisQueue } = await import('../batch/openQueue');
        const queue = await openRedisQueue({ queue: queueUrl(options) });
        try {
          const [value, words] = await act(queue);
          printResult(`${options.json === true ? toJson({ event: name, ...value }) : words}\n`);
        } finally {
          await queue.close();
        }
      });
  return command;
}
