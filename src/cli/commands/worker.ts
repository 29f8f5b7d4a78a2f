import * as os from 'node:os';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { fieldSchema } from '../../recipe/fieldSchema';
import { addMachineOptions } from '../machineOptions';
import { numberIn } from '../numbers';
import { queueOption, storeOption, type WorkerCommandOptions } from '../queueOptions';

const about = `
It paints what atelier batch --queue puts there, one picture after another, beside other workers on any machine; it takes
no turns with other programs here. SIGTERM or Ctrl-C gives back what it paints, with a checkpoint. One that dies is missed
after --lock seconds, and another goes on from the last checkpoint.

Examples:
  atelier worker --queue redis://lab-1:6379 --threads 4
  ATELIER_QUEUE=rediss://:PASSWORD@lab-1:6380 atelier worker --store /mnt/shared/atelier`;

export function workerCommand(): Command {
  const seconds = numberIn(z.number().min(1).max(3600));
  const command = new Command('worker')
    .description('paint from a queue until stopped')
    .addOption(queueOption())
    .addOption(storeOption())
    .option('--name <name>', 'its name in lists', `${os.hostname()}-${process.pid}`)
    .addOption(
      new Option('--lock <seconds>', 'without a sign of life for so long, another one paints on')
        .argParser(seconds)
        .default(60),
    )
    .addOption(
      new Option('--checkpoint <seconds>', 'others can go on from at most so long ago')
        .argParser(numberIn(z.number().min(0).max(3600)))
        .default(10),
    )
    .addOption(
      new Option('--max-size <pixels>', 'refuse paintings larger than this')
        .argParser(numberIn(fieldSchema('size')))
        .default(4096),
    );
  return addMachineOptions(command)
    .addHelpText('after', about)
    .action(async (options: WorkerCommandOptions) => {
      const { runWorker } = await import('../batch/runWorker');
      await runWorker(options);
    });
}
