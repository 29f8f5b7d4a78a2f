import type { FieldName } from '../../../recipe/fields';
import { settingsOf } from '../../../recipe/settingList';
import { msg, verbatim, type Message } from '../../../common/messages';
import type { FigureFolder, FigurePicture } from '../figureFolder';
import { roleOf, writeFigurePage } from './figurePage';
import type { Language } from './language';
import { sourcePicture } from './sourcePicture';
import { subjectOf } from '../figureSubject';
import type { TradeoffRequest } from '../tradeoffRequest';

const ABOUT = msg`Each picture matches the content of one image and the style of the other. Down the rows, the style includes more layers and larger structures; along the columns, α/β, the ratio of content weight to style weight, grows. (Gatys, Ecker and Bethge 2015, Figure 3)`;

/** Its heading, and what there is to see. */
function wordsOf(request: TradeoffRequest): { readonly title: Message; readonly about: Message } {
  const { rows, columns } = request;
  switch (subjectOf(request)) {
    case 'styles':
      return { title: msg`All styles`, about: msg`One image in several styles.` };
    case 'variations':
      return {
        title: msg`Variations`,
        about: msg`A painting with less and more style, and with finer and coarser strokes.`,
      };
    default: {
      const isPapers = rows.name === 'depth' && columns.name === 'ratio';
      return {
        title: msg`Content versus style`,
        about: isPapers ? ABOUT : msg`Two settings compared: ${rows.name}, ${columns.name}.`,
      };
    }
  }
}

/** Said in other words than in other lists, or the same for every cell. */
const toldApart: ReadonlySet<FieldName> = new Set(['model', 'steps', 'pyramid', 'colors']);

/** Writes the page of a grid. */
export async function writeTradeoffPage(
  figure: FigureFolder,
  rows: readonly (readonly FigurePicture[])[],
  request: TradeoffRequest,
  { network, device }: { readonly network: string; readonly device: string },
  language: Language,
): Promise<string> {
  const { base, draftSteps, start } = request;
  const sources = [
    await sourcePicture('content', base.content),
    ...(await Promise.all(base.styles.map(({ image }) => sourcePicture('style', image)))),
  ];
  const changed = [...request.rows.values, ...request.columns.values].flatMap(({ change }) =>
    Object.keys(change),
  );
  return writeFigurePage(figure, {
    ...wordsOf(request),
    sources,
    rows,
    settings: [
      ...sources.map(({ role, name }) => [roleOf(role), verbatim(name)] as const),
      [msg`Network`, verbatim(network)],
      ...settingsOf(base)
        .filter(({ field }) => !toldApart.has(field) && !changed.includes(field))
        .map(({ label, value }) => [label, value] as const),
      [msg`Steps`, msg`${base.steps} for each picture, ${draftSteps} of them for the draft`],
      [
        msg`Starts`,
        start === 'warm' ? msg`warm: each draft from its neighbour` : msg`cold: each picture on its own`,
      ],
      [msg`Device`, verbatim(device)],
    ],
    language,
  });
}
