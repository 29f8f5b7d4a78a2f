import * as path from 'node:path';
import { Command, Option } from 'commander';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { setExitCode } from '../batch/exitCode';
import type { BatchCommandOptions } from '../batch/options';
import { COMBINATIONS } from '../batch/styleSets';
import { DEFAULT_TEMPLATE, parseTemplate, PLACEHOLDERS } from '../batch/naming';
import { addMachineOptions } from '../machineOptions';
import { queueOption, storeOption } from '../queueOptions';
import { addRecipeOptions } from '../recipeOptions';

const about = `
Inputs are images, folders with all images in them, or patterns in quotes. Results lie below the output folder as their
pictures lie below the folder that was named. What is there already, from the same picture, style and settings, is not
painted again: the same command goes on where it was interrupted. No file is ever replaced; a name that is taken gets a
number. The folder then has an index.html with thumbnails and a batch.csv.

With --queue the workers of that queue paint them (atelier worker), on this machine or others. Ctrl-C leaves what is in
the queue there: the same command comes for it later.

In --name, ${PLACEHOLDERS.join(', ')} stand for what they say, and / makes folders.

Exit codes: 0 all are there, 1 or 3 some failed (3: all of them by bad input), 130 interrupted.

Examples:
  atelier batch photos --style wave.jpg -o paintings
  atelier batch 'photos/**/*.jpg' --exclude '**/raw/**' --style swatch:mosaic swatch:woodcut -o paintings
  atelier batch photos --style wave.jpg -o paintings --queue redis://lab-1:6379
  atelier batch photos --style a.jpg b.jpg --combine all --name '{style}/{content}' -o paintings
  find . -name '*.png' -newer last | atelier batch --list - --style wave.jpg -o paintings`;

export function batchCommand(): Command {
  const command = new Command('batch')
    .description('paint many images, each in one or several styles, into a folder')
    .argument('[inputs...]', 'images, folders, or patterns such as "photos/**/*.jpg"')
    .option('--style <images...>', 'style images, or swatch:ID for a built-in style')
    .addOption(
      new Option('--combine <how>', 'each style by itself, all blended, or all blends there are')
        .choices(COMBINATIONS)
        .default('each'),
    )
    .requiredOption('-o, --output <folder>', 'folder for the results')
    .option('--list <file>', 'read more inputs from a file, one a line; -: standard input')
    .option('--include <patterns...>', 'of folders, only these')
    .option('--exclude <patterns...>', 'not these')
    .option('--no-recursive', 'of folders, only what lies directly in them')
    .addOption(
      new Option('--name <template>', 'names of the results')
        .argParser(parseTemplate)
        .default(DEFAULT_TEMPLATE),
    )
    .addOption(
      new Option('--format <ending>', 'of the results').choices(['png', 'jpg', 'webp']).default('png'),
    );
  addMachineOptions(addRecipeOptions(command.addOption(queueOption()).addOption(storeOption()), ['output']));
  return command.addHelpText('after', about).action(run);
}

async function run(inputs: readonly string[], options: BatchCommandOptions): Promise<void> {
  if (options.style === undefined && options.recipe === undefined)
    throw new AtelierError('usage', msg`Name at least one style image with --style.`, {
      next: msg`A built-in style will do: --style swatch:woodcut.`,
    });
  // What paints is loaded when it is known that there is something to paint.
  const { runBatch } = await import('../batch/runBatch');
  setExitCode(await runBatch(inputs, { ...options, output: path.resolve(options.output) }));
}
