import type { FigureFolder, FigurePicture } from './figureFolder';
import { writeFigurePage } from './figurePage';
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

const ABOUT =
  'What each layer of the network knows of an image: each picture was found from white noise by matching nothing but ' +
  'the features of that layer (content), or nothing but the Gram matrices of all layers up to it (style). Low layers ' +
  'hold the pixels; high layers keep what is where and let go of how it looks. A style keeps colours and textures, ' +
  'larger ones the more layers are matched, and nothing of where they were. (Gatys, Ecker and Bethge 2015, Figure 1)';

/**
 * Writes the page of Figure 1.
 * @param rows of the content, where there is one, then of the style
 */
export async function writeReconstructionsPage(
  figure: FigureFolder,
  rows: readonly (readonly FigurePicture[])[],
  { content, style, side, steps, seed, network, device }: ReconstructFacts,
): Promise<string> {
  const sources = [
    ...(content === undefined ? [] : [await sourcePicture('Content', content)]),
    ...(style === undefined ? [] : [await sourcePicture('Style', style)]),
  ];
  return writeFigurePage(figure, {
    title: 'What each layer knows',
    about: ABOUT,
    sources,
    rows,
    rowNames: [...(content === undefined ? [] : ['Content']), ...(style === undefined ? [] : ['Style'])],
    settings: [
      ...sources.map(({ name }) => name.split(': ', 2) as [string, string]),
      ['Network', network],
      ['Size', `${side} px on the longest side`],
      ['Steps', `${steps} for each picture, L-BFGS`],
      ['Start', `white noise, seed ${seed}`],
      ['Features', 'after the activation, average pooling, zeros beyond the edge'],
      ['Device', device],
    ],
  });
}
