import type { Recipe } from '../../jobs/recipe';
import type { FigureFolder, FigurePicture } from './figureFolder';
import { writeFigurePage } from './figurePage';
import { sourcePicture } from './sourcePicture';
import type { TradeoffRequest } from './tradeoffRequest';

const ABOUT =
  'Each picture matches the content of one image and the style of the other. Down the rows ' +
  'the style takes in more layers, and with them larger structures; along the columns α/β, the weight of the content ' +
  'over that of the style, grows. (Gatys, Ecker and Bethge 2015, Figure 3)';

/** Writes the page of a grid. */
export async function writeTradeoffPage(
  figure: FigureFolder,
  rows: readonly (readonly FigurePicture[])[],
  request: TradeoffRequest,
  { network, device }: { readonly network: string; readonly device: string },
): Promise<string> {
  const { base, draftSteps, start } = request;
  const isPapers = request.rows.name === 'depth' && request.columns.name === 'ratio';
  const sources = [
    await sourcePicture('Content', base.content),
    ...(await Promise.all(base.styles.map(({ image }) => sourcePicture('Style', image)))),
  ];
  const changed = [...request.rows.values, ...request.columns.values].flatMap(({ change }) =>
    Object.keys(change),
  );
  return writeFigurePage(figure, {
    title: 'Content against style',
    about: isPapers
      ? ABOUT
      : `Two settings against each other: ${request.rows.name}, ${request.columns.name}.`,
    sources,
    rows,
    settings: [
      ...sources.map(({ name }) => name.split(': ', 2) as [string, string]),
      ['Network', network],
      ...settingsOf(base)
        .filter(([field]) => !changed.includes(field))
        .map(([, name, value]) => [name, value] as const),
      ['Steps', `${base.steps} for each picture, ${draftSteps} of them for the draft`],
      ['Starts', start === 'warm' ? 'warm: each draft from its neighbour' : 'cold: each on its own'],
      ['Device', device],
    ],
  });
}

/** What the cells have in common, by the field of the recipe that says it. */
function settingsOf(base: Recipe): readonly (readonly [field: string, name: string, value: string])[] {
  const layers = (weights: Recipe['styleLayers']) => Object.keys(weights).join(', ');
  return [
    ['size', 'Size', `${base.size} px on the longest side`],
    ['contentLayers', 'Content layers', layers(base.contentLayers)],
    ['styleLayers', 'Style layers', layers(base.styleLayers)],
    ['ratio', 'α/β', `${base.ratio}`],
    ['tv', 'γ', `${base.tv}`],
    ['styleScale', 'Size of the style', `${base.styleScale}`],
    ['init', 'Start image', base.init === 'noise' ? `white noise, seed ${base.seed}` : base.init],
    ['optimizer', 'Optimizer', base.optimizer === 'lbfgs' ? 'L-BFGS' : 'Adam'],
    ['pooling', 'Pooling', base.pooling === 'avg' ? 'average' : 'maximum'],
    ['padding', 'Beyond the edge', base.padding === 'zero' ? 'zeros' : 'the nearest pixels'],
    ['objective', 'Losses', base.objective === 'mean' ? 'mean units' : 'literal sums of the papers'],
  ];
}
