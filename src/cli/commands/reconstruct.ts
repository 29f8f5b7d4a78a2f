import * as path from 'node:path';
import { Command, Option } from 'commander';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { isLayerName } from '../../nst/vgg19';
import { fieldSchema } from '../../recipe/fieldSchema';
import { longName } from '../../images/longName';
import { parseLayers, type WeightedLayer } from '../layers';
import { numberIn } from '../numbers';
import { addMachineOptions, type MachineOptions } from '../machineOptions';
import { NO_WAIT, type WaitOption } from '../waitOption';

interface ReconstructOptions extends MachineOptions, WaitOption {
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
  return addMachineOptions(command.option(...NO_WAIT))
    .addHelpText('after', about)
    .action(run);
}

async function run(options: ReconstructOptions): Promise<void> {
  const { content, style, json = false } = options;
  const first = content ?? style;
  if (first === undefined) throw new AtelierError('usage', msg`Name an image with --content or --style.`);
  const [
    { withFigureContext, reportProgress, reportDone, reportPicture },
    { paintReconstructions },
    sheet,
    { writeReconstructionsPage },
    { FigureFolder },
    nst,
    { figureLayers },
    { requestKey },
    { requireFigurePlace },
    { readImage },
    { fitLongestSide },
    { captionsOf },
    { ENGLISH },
  ] = await Promise.all([
    import('./figureContext'),
    import('../../engine/figures/reconstructFigure'),
    import('../../engine/figures/page/contactSheet'),
    import('../../engine/figures/page/reconstructPage'),
    import('../../engine/figures/figureFolder'),
    import('../../nst/reconstruct'),
    import('../../engine/figures/figureLayers'),
    import('../../engine/figures/requestKey'),
    import('../../engine/figures/figurePlace'),
    import('../../images/decode'),
    import('../../images/size'),
    import('../../engine/figures/page/captions'),
    import('../../engine/figures/page/language'),
  ]);
  const folder = path.resolve(options.output ?? longName(path.parse(first).name, '-reconstructions'));
  requireFigurePlace(folder);
  const images = {
    content: content === undefined ? undefined : await readImage(content),
    style: style === undefined ? undefined : await readImage(style),
  };
  const { size: side, steps, seed } = options;
  for (const [name, image] of [
    [content, images.content],
    [style, images.style],
  ] as const)
    if (name !== undefined && image !== undefined) fitLongestSide(image, side, { name });
  const began = performance.now();
  const named = options.layers?.map(({ layer }) => layer).filter(isLayerName);
  const shown = options.paper === '2016' ? nst.FIGURE_1_LAYERS_2016 : nst.FIGURE_1_LAYERS;
  const wanted = named ?? [
    ...(content === undefined ? [] : shown),
    ...(style === undefined ? [] : nst.FIGURE_1_LAYERS),
  ];
  await withFigureContext(
    options.model,
    wanted,
    options,
    async ({ network, executor, deviceTitle, gate }) => {
      const layers = {
        content: content === undefined ? [] : figureLayers(network, named, shown),
        style: style === undefined ? [] : figureLayers(network, named, nst.FIGURE_1_LAYERS),
      };
      const files = [content, style].filter(file => file !== undefined);
      const asked = { content: content !== undefined, layers, side, steps, seed };
      const request = requestKey([asked, network.fingerprint], files);
      const figure = new FigureFolder(folder, request);
      const rows = [];
      for (const kind of ['content', 'style'] as const) {
        const image = images[kind];
        if (image === undefined) continue;
        const reconstructions =
          kind === 'content'
            ? nst.contentReconstructions(layers.content)
            : nst.styleReconstructions(layers.style);
        const reading = { seed, pooling: 'avg', padding: 'zero', tap: 'post' } as const;
        const row = await paintReconstructions(
          executor,
          figure,
          { reconstructions, image, side, steps, reading },
          progress => {
            const { picture, step, relativeLoss } = progress;
            const words = `${picture}  step ${step} of ${steps}  ${(100 * relativeLoss).toPrecision(2)} %`;
            reportProgress(json, { event: 'step', ...progress }, words);
          },
          gate,
        );
        for (const picture of row) {
          const { id, psnr, relativeLoss } = picture;
          const caption = captionsOf(picture).map(ENGLISH.format).join(', ');
          reportPicture(json, { event: 'picture', picture: id, psnr, relativeLoss }, `${id}: ${caption}`);
        }
        rows.push(row);
      }
      const facts = { content, style, side, steps, seed, network: network.name, device: deviceTitle };
      const saved = await writeReconstructionsPage(figure, rows, facts, ENGLISH);
      const seconds = (performance.now() - began) / 1000;
      await reportDone(json, saved, await sheet.writeContactSheet(figure, rows), seconds);
    },
  );
}
