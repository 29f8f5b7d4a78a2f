import * as path from 'node:path';
import { Command, Option } from 'commander';
import * as z from 'zod';
import { axesHelp } from '../../engine/figures/axis';
import { setExitCode } from '../batch/exitCode';
import { addMachineOptions } from '../machineOptions';
import { numberIn } from '../numbers';
import { queueOption, storeOption } from '../queueOptions';
import { addRecipeOptions } from '../recipeOptions';
import { DESIGNS } from '../sweep/design';
import type { SweepOptions } from '../sweep/options';
import { parseSpan } from '../sweep/span';

const about = `
Each --vary is a setting and what it goes through: values, or a range with a number of steps, logarithmic with :log. All are
combined with all; --design random and latin take --samples of them instead, latin so that each setting is covered evenly.
Settings:

${axesHelp()}

The folder's index.html shows two settings as rows and columns, others as a gallery. Each picture carries its recipe:
atelier run PICTURE paints it again. The same command goes on where it was interrupted.

Examples:
  atelier sweep photo.jpg painting.jpg --vary tv=0,20,200 --vary ratio=1e-3..1e-1:4:log -o sweep --size 256
  atelier sweep photo.jpg a.jpg b.jpg --vary blend=0..1:5 -o blends
  atelier sweep photo.jpg painting.jpg --vary ratio=1e-3..1:log --vary style-scale=0.5..2 --vary tv=1..500:log --design latin --samples 30 -o study --queue`;

export function sweepCommand(): Command {
  const command = new Command('sweep')
    .description('paint one image with many settings, combined or at random')
    .argument('<content>', 'content image')
    .argument('<styles...>', 'style images, or swatch:ID for a built-in style')
    .addOption(
      new Option('--vary <setting=values>', 'what changes; may be given several times')
        .argParser(parseSpan)
        .makeOptionMandatory(),
    )
    .requiredOption('-o, --output <folder>', 'folder for the results')
    .addOption(new Option('--design <kind>', 'which combinations').choices(DESIGNS).default('grid'))
    .addOption(
      new Option('--samples <n>', 'pictures by chance')
        .argParser(numberIn(z.int().min(1).max(10_000)))
        .default(20),
    )
    .addOption(
      new Option('--design-seed <n>', 'the same seed, the same combinations')
        .argParser(numberIn(z.int().min(0).max(0xffffffff)))
        .default(0),
    )
    .addOption(queueOption())
    .addOption(storeOption());
  addMachineOptions(addRecipeOptions(command, ['output']));
  return command
    .addHelpText('after', about)
    .action(async (content: string, styles: readonly string[], options: SweepOptions) => {
      const { runSweep } = await import('../sweep/runSweep');
      setExitCode(await runSweep(content, styles, { ...options, output: path.resolve(options.output) }));
    });
}
