import { readImage } from '../../images/decode';
import { fitLongestSide } from '../../images/size';
import { modelsFolder } from '../../models/folder';
import { contentReconstructions, styleReconstructions } from '../../nst/reconstruct';
import type { LayerName } from '../../nst/vgg19';
import { locateStyle } from '../../recipe/swatches';
import type { PictureCost } from '../run/estimate';
import { explainFailure } from '../run/failure';
import type { FigurePicture } from './figureFolder';
import { figureLayers } from './figureLayers';
import { openFigureNetwork } from './figureNetwork';
import type { Easel, LoadedFigure } from './makeFigure';
import { writeReconstructionsPage } from './page/reconstructPage';
import { paintReconstructions } from './reconstructFigure';
import { requestKey } from './requestKey';

const KINDS = ['content', 'style'] as const;

/** The layers of each row. */
export type RowLayers = Readonly<Record<(typeof KINDS)[number], readonly LayerName[]>>;

/** Figure 1 as it is asked for. */
export interface ReconstructionsRequest {
  /** The images whose content and style are reconstructed, one or both. */
  readonly content?: string | undefined;
  readonly style?: string | undefined;
  /** Layers that somebody named, which the network has to have. */
  readonly named?: readonly LayerName[] | undefined;
  /** The layers of the paper's figure, of which the network may lack some. */
  readonly shown: RowLayers;
  /** Longest side of the pictures in pixels. */
  readonly side: number;
  readonly steps: number;
  /** Of the noise. */
  readonly seed: number;
  readonly model: string;
  /** What of it the pictures depend on, given the layers, beside images and network. */
  readonly identity: (layers: RowLayers) => unknown;
}

/**
 * Figure 1: a row of contents and a row of styles, each picture from white noise.
 * @throws the errors of images and networks, `layer-unknown`
 */
export async function loadReconstructions(
  request: ReconstructionsRequest,
  storage: string,
): Promise<LoadedFigure> {
  const { content, style, named, shown, side, steps, seed } = request;
  const asked = KINDS.filter(kind => request[kind] !== undefined);
  const files = [content, style].filter(file => file !== undefined).map(locateStyle);
  const images = await Promise.all(files.map(file => readImage(file)));
  for (const [i, image] of images.entries()) fitLongestSide(image, side, { name: request[asked[i]!]! });
  const wanted = named ?? asked.flatMap(kind => shown[kind]);
  const network = await openFigureNetwork(request.model, wanted, modelsFolder(storage));
  const layersOf = (kind: (typeof KINDS)[number]): readonly LayerName[] =>
    asked.includes(kind) ? figureLayers(network, named, shown[kind]) : [];
  const layers = { content: layersOf('content'), style: layersOf('style') };

  async function paint({ executor, figure, listener, gate }: Easel): Promise<FigurePicture[][]> {
    const rows: FigurePicture[][] = [];
    for (const [i, image] of images.entries()) {
      const kind = asked[i]!;
      const reconstructionsOf = kind === 'content' ? contentReconstructions : styleReconstructions;
      const row: FigurePicture[] = [];
      try {
        for (const one of reconstructionsOf(layers[kind])) {
          const wasThere = figure.find(one.id) !== undefined;
          const reading = { seed, pooling: 'avg', padding: 'zero', tap: 'post' } as const;
          const [picture] = await paintReconstructions(
            executor,
            figure,
            { reconstructions: [one], image, side, steps, reading },
            progress => listener.step?.(progress),
            gate,
          );
          if (picture === undefined) throw new Error(`${one.id} was not painted`);
          listener.picture?.(picture, wasThere);
          row.push(picture);
        }
      } catch (error) {
        throw explainFailure(error, fitLongestSide(image, side));
      }
      listener.row?.(row);
      rows.push(row);
    }
    return rows;
  }

  const costs = images.map(({ width, height }, i): PictureCost => {
    const weights = Object.fromEntries(layers[asked[i]!].map(layer => [layer, 1]));
    const plan = {
      ...{ image: { width, height }, size: side, steps, model: request.model },
      ...({ optimizer: 'lbfgs', pyramid: false, contentLayers: {}, styleLayers: weights } as const),
    };
    return { file: request[asked[i]!]!, plan };
  });

  return {
    costs,
    network,
    key: requestKey([request.identity(layers), network.fingerprint], files),
    paint,
    writePage: (figure, rows, device, language) =>
      writeReconstructionsPage(
        figure,
        rows,
        { content, style, side, steps, seed, network: network.name, device },
        language,
      ),
  };
}
