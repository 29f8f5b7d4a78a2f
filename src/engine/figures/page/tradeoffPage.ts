import * as path from 'node:path';
import type { Recipe } from '../../../recipe/recipe';
import { statisticsName } from '../../../recipe/statisticsName';
import { phrase, verbatim, type Phrase } from '../../../common/messages';
import type { FigureFolder, FigurePicture } from '../figureFolder';
import { roleOf, writeFigurePage } from './figurePage';
import type { Language } from './language';
import { sourcePicture } from './sourcePicture';
import type { TradeoffRequest } from '../tradeoffRequest';

const ABOUT = phrase`Each picture matches the content of one image and the style of the other. Down the rows the style takes in more layers, and with them larger structures; along the columns α/β, the weight of the content over that of the style, grows. (Gatys, Ecker and Bethge 2015, Figure 3)`;

/** Writes the page of a grid. */
export async function writeTradeoffPage(
  figure: FigureFolder,
  rows: readonly (readonly FigurePicture[])[],
  request: TradeoffRequest,
  { network, device }: { readonly network: string; readonly device: string },
  language: Language,
): Promise<string> {
  const { base, draftSteps, start } = request;
  const isPapers = request.rows.name === 'depth' && request.columns.name === 'ratio';
  const sources = [
    await sourcePicture('content', base.content),
    ...(await Promise.all(base.styles.map(({ image }) => sourcePicture('style', image)))),
  ];
  const changed = [...request.rows.values, ...request.columns.values].flatMap(({ change }) =>
    Object.keys(change),
  );
  return writeFigurePage(figure, {
    title: phrase`Content against style`,
    about: isPapers
      ? ABOUT
      : phrase`Two settings against each other: ${request.rows.name}, ${request.columns.name}.`,
    sources,
    rows,
    settings: [
      ...sources.map(({ role, name }) => [roleOf(role), verbatim(name)] as const),
      [phrase`Network`, verbatim(network)],
      ...settingsOf(base)
        .filter(([field]) => !changed.includes(field))
        .map(([, name, value]) => [name, value] as const),
      [phrase`Steps`, phrase`${base.steps} for each picture, ${draftSteps} of them for the draft`],
      [
        phrase`Starts`,
        start === 'warm' ? phrase`warm: each draft from its neighbour` : phrase`cold: each on its own`,
      ],
      [phrase`Device`, verbatim(device)],
    ],
    language,
  });
}

/** What the cells have in common, by the field of the recipe that says it. */
function settingsOf(base: Recipe): readonly (readonly [field: string, name: Phrase, value: Phrase])[] {
  const layers = (weights: Recipe['styleLayers']) => verbatim(Object.keys(weights).join(', '));
  return [
    ['size', phrase`Size`, phrase`${base.size} px on the longest side`],
    ['contentLayers', phrase`Content layers`, layers(base.contentLayers)],
    ['styleLayers', phrase`Style layers`, layers(base.styleLayers)],
    ['statistics', phrase`Statistics of the style`, statisticsName[base.statistics]],
    ['ratio', verbatim('α/β'), verbatim(String(base.ratio))],
    ['tv', verbatim('γ'), verbatim(String(base.tv))],
    ['styleScale', phrase`Size of the style`, verbatim(String(base.styleScale))],
    ['init', phrase`Start image`, startOf(base)],
    ['optimizer', phrase`Optimizer`, verbatim(base.optimizer === 'lbfgs' ? 'L-BFGS' : 'Adam')],
    ['pooling', phrase`Pooling`, base.pooling === 'avg' ? phrase`average` : phrase`maximum`],
    [
      'padding',
      phrase`Beyond the edge`,
      base.padding === 'zero' ? phrase`zeros` : phrase`the nearest pixels`,
    ],
    [
      'objective',
      phrase`Losses`,
      base.objective === 'mean' ? phrase`mean units` : phrase`literal sums of the papers`,
    ],
  ];
}

function startOf({ init, seed }: Recipe): Phrase {
  if (init === 'noise') return phrase`white noise, seed ${seed}`;
  // A page is handed on: where the file lies on this machine is nobody else's business.
  return init === 'content' ? phrase`the content image` : verbatim(path.basename(init));
}
