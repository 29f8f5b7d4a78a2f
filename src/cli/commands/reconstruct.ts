import * as path from 'node:path';
import { Command, Option } from 'commander';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { FigureListener } from '../../engine/figures/makeFigure';
import { isLayerName } from '../../nst/vgg19';
import { fieldSchema } from '../../recipe/fieldSchema';
import { longName } from '../../images/longName';
import { parseLayers, type WeightedLayer } from '../layers';
import { numberIn } from '../numbers';
import { addMachineOptions, settingsFrom, type MachineOptions } from '../machineOptions';
import { FORCE, type ForceOption } from '../forceOption';
import { NO_WAIT, type WaitOption } from '../waitOption';

interface ReconstructOptions extends MachineOptions, WaitOption, ForceOption {
  readonly content?: string;
  readonly style?: string;
  readonly output?: string;
  readonly layers?: readonly WeightedLayer[];
  readonly paper: '2015' | '2016';
  readonly size: number;
  readonly steps: number;
  readonly seed: number;
  readonly model: string;
}

const about = `
Figure 1 of the paper: what each layer knows, found from white noise. --content takes each layer alone, --style the
growing subsets of the layers. Layers of the paper that the network does not have are left out. Below each picture stands
its final loss, as a part of that of the noise, and for the content the peak signal-to-noise ratio (PSNR) against the
image in dB: over 40 no eye sees a difference. The pictures, a contact sheet and a page are written into one folder; the
same command goes on where it was interrupted.

Example:
  atelier reconstruct --content photo.jpg --style painting.jpg --size 256`;

export function reconstructCommand(): Command {
  const command = new Command('reconstruct')
    .description("the paper's reconstructions, layer by layer (Figure 1)")
    .option('--content <file>', 'image whose content is reconstructed')
    .option('--style <file>', 'image whose style is reconstructed')
    .option('-o, --output <folder>', 'default: NAME-reconstructions in the current folder')
    .addOption(
      new Option('--paper <year>', 'content layers: conv1_1, conv2_1, … (2015) or conv1_2, conv2_2, … (2016)')
        .choices(['2015', '2016'])
        .default('2015'),
    )
    .option('--layers <list>', "these layers, instead of the paper's", parseLayers)
    .option(
      '--size <pixels>',
      'longest side of the pictures; 0: as it is',
      numberIn(fieldSchema('size')),
      224,
    )
    .option('--steps <n>', 'optimizer steps for each picture', numberIn(fieldSchema('steps')), 200)
    .option('--seed <n>', 'seed of the noise', numberIn(fieldSchema('seed')), 0)
    .option('--model <name>', 'lite, vgg19, an imported network, or a weight file', 'lite');
  return addMachineOptions(command.option(...NO_WAIT).option(...FORCE))
    .addHelpText('after', about)
    .action(run);
}

async function run(options: ReconstructOptions): Promise<void> {
  const { content, style, json = false } = options;
  const first = content ?? style;
  if (first === undefined) throw new AtelierError('usage', msg`Name an image with --content or --style.`);
  const [
    { makeAndReport, reportProgress, reportPicture },
    { loadReconstructions },
    { FIGURE_1_LAYERS, FIGURE_1_LAYERS_2016 },
    { requireFigurePlace },
    { captionsOf },
    { ENGLISH },
  ] = await Promise.all([
    import('./figureContext'),
    import('../../engine/figures/loadReconstructions'),
    import('../../nst/reconstruct'),
    import('../../engine/figures/figurePlace'),
    import('../../engine/figures/page/captions'),
    import('../../engine/figures/page/language'),
  ]);
  const folder = path.resolve(options.output ?? longName(path.parse(first).name, '-reconstructions'));
  requireFigurePlace(folder);
  const { size: side, steps, seed, model } = options;
  const began = performance.now();
  const named = options.layers?.map(({ layer }) => layer).filter(isLayerName);
  const shown = {
    content: options.paper === '2016' ? FIGURE_1_LAYERS_2016 : FIGURE_1_LAYERS,
    style: FIGURE_1_LAYERS,
  };
  const settings = settingsFrom(options);
  const loaded = await loadReconstructions(
    {
      ...{ content, style, named, shown, side, steps, seed, model },
      identity: layers => ({ content: content !== undefined, layers, side, steps, seed }),
    },
    settings.storage,
  );
  /** A device that goes on finds pictures that were told of. */
  const told = new Set<string>();
  const listener: FigureListener = {
    step: progress => {
      const { picture, step, relativeLoss } = progress;
      const words = `${picture}  step ${step} of ${steps}  ${(100 * relativeLoss).toPrecision(2)} %`;
      reportProgress(json, { event: 'step', ...progress }, words);
    },
    row: pictures => {
      for (const picture of pictures.filter(({ id }) => !told.has(id))) {
        const { id, psnr, relativeLoss } = picture;
        told.add(id);
        const caption = captionsOf(picture).map(ENGLISH.format).join(', ');
        reportPicture(json, { event: 'picture', picture: id, psnr, relativeLoss }, `${id}: ${caption}`);
      }
    },
  };
  await makeAndReport(folder, loaded, settings, options, listener, began);
}
