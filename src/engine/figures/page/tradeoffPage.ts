import * as path from 'node:path';
import type { Recipe } from '../../../recipe/recipe';
import { statisticsName } from '../../../recipe/statisticsName';
import { msg, verbatim, type Message } from '../../../common/messages';
import type { FigureFolder, FigurePicture } from '../figureFolder';
import { roleOf, writeFigurePage } from './figurePage';
import type { Language } from './language';
import { sourcePicture } from './sourcePicture';
import type { TradeoffRequest } from '../tradeoffRequest';

const ABOUT = msg`Each picture matches the content of one image and the style of the other. Down the rows the style takes in more layers, and with them larger structures; along the columns α/β, the weight of the content over that of the style, grows. (Gatys, Ecker and Bethge 2015, Figure 3)`;

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
    title: msg`Content against style`,
    about: isPapers
      ? ABOUT
      : msg`Two settings against each other: ${request.rows.name}, ${request.columns.name}.`,
    sources,
    rows,
    settings: [
      ...sources.map(({ role, name }) => [roleOf(role), verbatim(name)] as const),
      [msg`Network`, verbatim(network)],
      ...settingsOf(base)
        .filter(([field]) => !changed.includes(field))
        .map(([, name, value]) => [name, value] as const),
      [msg`Steps`, msg`${base.steps} for each picture, ${draftSteps} of them for the draft`],
      [msg`Starts`, start === 'warm' ? msg`warm: each draft from its neighbour` : msg`cold: each on its own`],
      [msg`Device`, verbatim(device)],
    ],
    language,
  });
}

/** What the cells have in common, by the field of the recipe that says it. */
function settingsOf(base: Recipe): readonly (readonly [field: string, name: Message, value: Message])[] {
  const layers = (weights: Recipe['styleLayers']) => verbatim(Object.keys(weights).join(', '));
  return [
    ['size', msg`Size`, msg`${base.size} px on the longest side`],
    ['contentLayers', msg`Content layers`, layers(base.contentLayers)],
    ['styleLayers', msg`Style layers`, layers(base.styleLayers)],
    ['statistics', msg`Statistics of the style`, statisticsName[base.statistics]],
    ['ratio', verbatim('α/β'), verbatim(String(base.ratio))],
    ['tv', verbatim('γ'), verbatim(String(base.tv))],
    ['styleScale', msg`Size of the style`, verbatim(String(base.styleScale))],
    ['init', msg`Start image`, startOf(base)],
    ['optimizer', msg`Optimizer`, verbatim(base.optimizer === 'lbfgs' ? 'L-BFGS' : 'Adam')],
    ['pooling', msg`Pooling`, base.pooling === 'avg' ? msg`average` : msg`maximum`],
    ['padding', msg`Beyond the edge`, base.padding === 'zero' ? msg`zeros` : msg`the nearest pixels`],
    ['objective', msg`Losses`, base.objective === 'mean' ? msg`mean units` : msg`literal sums of the papers`],
  ];
}

function startOf({ init, seed }: Recipe): Message {
  if (init === 'noise') return msg`white noise, seed ${seed}`;
  // A page is handed on: where the file lies on this machine is nobody else's business.
  return init === 'content' ? msg`the content image` : verbatim(path.basename(init));
}
