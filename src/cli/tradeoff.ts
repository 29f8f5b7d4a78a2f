import * as path from 'node:path';
import { Command } from 'commander';
import { AtelierError } from '../errors';
import { parseNumber, parseNumbers } from './lists';
import { addMachineOptions, type MachineOptions } from './machine-options';

interface TradeoffOptions extends MachineOptions {
  readonly output?: string;
  readonly ratios?: readonly number[];
  readonly size: number;
  readonly steps: number;
  readonly draftSteps: number;
  readonly tv: number;
  readonly cold?: boolean;
  readonly model: string;
}

const about = `
Figure 3 of the paper: rows are the growing subsets of style layers, columns are α/β. Every cell is drafted first, so
that the whole grid can be looked at early, and then painted to its end. A draft starts from its neighbour with the
larger α/β, which keeps a row alike; --cold starts each from the content image. The same command goes on where it was
interrupted.

Example:
  atelier tradeoff photo.jpg painting.jpg --size 256 --ratios 1e-4,1e-3,1e-2`;

export function tradeoffCommand(): Command {
  const command = new Command('tradeoff')
    .description("the paper's grid of style layers and α/β (Figure 3)")
    .argument('<content>', 'content image')
    .argument('<style>', 'style image, or swatch:ID')
    .option('-o, --output <folder>', 'default: NAME-tradeoff in the current folder')
    .option('--ratios <list>', 'α/β of the columns (default: 1e-5,1e-4,1e-3,1e-2)', parseNumbers)
    .option('--size <pixels>', 'longest side of a cell', parseNumber, 256)
    .option('--steps <n>', 'optimizer steps for each cell', parseNumber, 80)
    .option('--draft-steps <n>', 'of these, for its draft', parseNumber, 12)
    .option('--tv <γ>', 'weight of the total variation', parseNumber, 20)
    .option('--cold', 'start every cell from the content image')
    .option('--model <name>', 'lite, vgg19, an imported network, or a weight file', 'lite');
  return addMachineOptions(command).addHelpText('after', about).action(run);
}

async function run(content: string, style: string, options: TradeoffOptions): Promise<void> {
  const { json = false, size: side, steps, draftSteps, tv } = options;
  if (!(draftSteps >= 1 && steps > draftSteps))
    throw new AtelierError('usage', '--steps must be larger than --draft-steps, which is at least 1.');
  const [
    { atBench, tell, tellDone },
    { paintGrid },
    sheet,
    page,
    { FigureFolder },
    nst,
    { FIGURE_1_LAYERS },
    { Pictures },
  ] = await Promise.all([
    import('./figure'),
    import('../engine/figures/tradeoffFigure'),
    import('../engine/figures/contactSheet'),
    import('../engine/figures/figurePage'),
    import('../engine/figures/figureFolder'),
    import('../nst/tradeoff'),
    import('../nst/reconstruct'),
    import('../engine/pictures'),
  ]);
  const ratios = options.ratios ?? nst.FIGURE_3_RATIOS;
  if (ratios.some(ratio => !(ratio > 0))) throw new AtelierError('usage', '--ratios must all be above 0.');
  const styles = [{ image: style, weight: 1 }];
  const pictures = await Pictures.read({ content, styles, init: 'content', size: side, styleScale: 1 });
  const began = performance.now();
  await atBench(options.model, options, async ({ network, executor, deviceTitle, gate }) => {
    const spec = {
      contentLayers: ['conv4_2'],
      styleLayers: FIGURE_1_LAYERS,
      pooling: 'avg',
      tap: 'post',
      units: 'mean',
    } as const;
    const plan = {
      size: pictures.size,
      spec,
      strengths: nst.tradeoffStrengths(spec, ratios, tv),
      draftSteps,
      steps,
      start: options.cold === true ? 'cold' : 'warm',
    } as const;
    const request = JSON.stringify([path.resolve(content), style, network.fingerprint, plan]);
    const folder = options.output ?? `${path.parse(content).name}-tradeoff`;
    const figure = new FigureFolder(path.resolve(folder), request);
    const rows = await paintGrid(
      executor,
      figure,
      { plan, ratios },
      pictures,
      progress => {
        const { done, total, phase } = progress;
        const seconds = (performance.now() - began) / 1000;
        tell(json, { event: 'cell', ...progress, seconds }, `${done} of ${total} cells (${phase})`);
      },
      gate,
    );
    const facts = [
      ['Content', content],
      ['Style', style],
      ['Network', network.name],
      ['Steps', `${steps} for each cell, ${draftSteps} of them for the draft; ${plan.start} starts`],
      ['Total variation', `${tv}`],
      ['Device', deviceTitle],
    ] as const;
    const saved = page.writeFigurePage(figure, 'Content against style', rows, facts);
    const seconds = (performance.now() - began) / 1000;
    tellDone(json, saved, await sheet.writeContactSheet(figure, rows, pictures.size), seconds);
  });
}
