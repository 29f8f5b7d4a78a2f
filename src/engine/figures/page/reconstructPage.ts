import { msg, verbatim } from '../../../common/messages';
import type { FigureFolder, FigurePicture } from '../figureFolder';
import { roleOf, writeFigurePage } from './figurePage';
import type { Language } from './language';
import { sourcePicture } from './sourcePicture';

/** What the reconstructions were made from and with. */
export interface ReconstructFacts {
  readonly content?: string | undefined;
  /** A path, or `swatch:ID`. */
  readonly style?: string | undefined;
  /** Longest side in pixels. */
  readonly side: number;
  readonly steps: number;
  readonly seed: number;
  readonly network: string;
  readonly device: string;
}

const ABOUT = msg`What each layer of the network represents: each picture started from white noise and matches only the features of that layer (content), or only the Gram matrices of all layers up to it (style). Low layers preserve the pixels; high layers preserve the arrangement of objects, not their appearance. A style preserves colours and textures (the more layers, the larger), but not their positions. (Gatys, Ecker and Bethge 2015, Figure 1)`;

/**
 * Writes the page of Figure 1.
 * @param rows of the content, where there is one, then of the style
 */
export async function writeReconstructionsPage(
  figure: FigureFolder,
  rows: readonly (readonly FigurePicture[])[],
  { content, style, side, steps, seed, network, device }: ReconstructFacts,
  language: Language,
): Promise<string> {
  const sources = [
    ...(content === undefined ? [] : [await sourcePicture('content', content)]),
    ...(style === undefined ? [] : [await sourcePicture('style', style)]),
  ];
  return writeFigurePage(figure, {
    title: msg`What each layer represents`,
    about: ABOUT,
    sources,
    rows,
    rowNames: sources.map(({ role }) => roleOf(role)),
    settings: [
      ...sources.map(({ role, name }) => [roleOf(role), verbatim(name)] as const),
      [msg`Network`, verbatim(network)],
      [msg`Size`, msg`${side} px on the longest side`],
      [msg`Steps`, msg`${steps} for each picture, L-BFGS`],
      [msg`Start image`, msg`white noise, seed ${seed}`],
      [msg`Features`, msg`after the activation, average pooling, zeros beyond the edge`],
      [msg`Device`, verbatim(device)],
    ],
    language,
  });
}
