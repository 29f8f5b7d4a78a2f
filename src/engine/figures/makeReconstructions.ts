import { encodeImage } from '../../images/encode';
import { readImage } from '../../images/decode';
import { fitLongestSide } from '../../images/size';
import { writeAtomically } from '../../common/atomicFile';
import { locateStyle } from '../../recipe/swatches';
import { contentReconstructions, styleReconstructions } from '../../nst/reconstruct';
import { explainFailure } from '../run/failure';
import { writeContactSheet } from './page/contactSheet';
import type { FigurePicture } from './figureFolder';
import type { ReconstructionsPlan } from './figurePlan';
import type { FigureContext } from './figureContext';
import { paintReconstructions, type FigureProgress } from './reconstructFigure';
import { writeReconstructionsPage } from './page/reconstructPage';

/** A draft is shown this often, in milliseconds: often enough for the eye. */
const SHOWN_EVERY = 600;

/** Figure 1: a row of contents and a row of styles, each picture from white noise. */
export async function makeReconstructions(
  request: ReconstructionsPlan,
  { network, device, executor, figure, emit, gate, language }: FigureContext,
): Promise<void> {
  const { layers, size: side, steps, seed } = request;
  const asked = {
    content: { file: request.content, reconstructions: contentReconstructions(layers) },
    style: { file: request.style, reconstructions: styleReconstructions(layers) },
  };
  const total = Object.values(asked).filter(({ file }) => file !== undefined).length * layers.length * steps;
  const rows: FigurePicture[][] = [];
  let before = 0;
  let shownAt = -Infinity;
  const show = async ({ picture, step, relativeLoss, image }: FigureProgress): Promise<void> => {
    const isLast = step === steps;
    if (step === 1 || isLast) emit({ event: 'progress', done: (before + step) / total, cell: picture });
    if (isLast) before += steps;
    if (isLast || performance.now() - shownAt < SHOWN_EVERY) return;
    shownAt = performance.now();
    const file = `${picture}.png`;
    writeAtomically(figure.at(file), [await encodeImage(image(), { format: 'png' })]);
    emit({ event: 'cell', id: picture, state: 'draft', file, relativeLoss });
    emit({ event: 'progress', done: (before + step) / total, cell: picture });
  };
  for (const { file, reconstructions } of Object.values(asked)) {
    if (file === undefined) continue;
    const image = await readImage(locateStyle(file));
    const size = fitLongestSide(image, side, { name: file });
    try {
      const row: FigurePicture[] = [];
      for (const one of reconstructions) {
        const known = figure.find(one.id) !== undefined;
        const reading = { seed, pooling: 'avg', padding: 'zero', tap: 'post' } as const;
        const [picture] = await paintReconstructions(
          executor,
          figure,
          { reconstructions: [one], image, side, steps, reading },
          show,
          gate,
        );
        if (picture === undefined) throw new Error(`${one.id} was not painted`);
        if (known) before += steps;
        const { id, relativeLoss, psnr } = picture;
        emit({
          ...{ event: 'cell', id, state: 'done', file: picture.file },
          ...(relativeLoss === undefined ? {} : { relativeLoss }),
          ...(psnr === undefined ? {} : { psnr }),
        });
        row.push(picture);
      }
      rows.push(row);
    } catch (error) {
      throw explainFailure(error, size);
    }
  }
  const { content, style } = request;
  const facts = { content, style, side, steps, seed, network: network.name, device: device.title };
  await writeReconstructionsPage(figure, rows, facts, language);
  await writeContactSheet(figure, rows, language);
}
