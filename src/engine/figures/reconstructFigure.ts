import { fitLongestSide } from '../../images/size';
import type { Recipe } from '../../recipe/recipe';
import type { Executor } from '../../nst/executor';
import type { FloatImage, Size } from '../../nst/image';
import { psnr } from '../../nst/psnr';
import { msg } from '../../common/messages';
import { reconstruct, type Reconstruction } from '../../nst/reconstruct';
import type { Sources } from '../../nst/stylize';
import { LossCurveRecorder } from './lossCurve';
import type { FigureFolder, FigurePicture } from './figureFolder';

/** Figure 1: reconstructions from single layers and growing subsets. */
export interface ReconstructRequest {
  readonly reconstructions: readonly Reconstruction[];
  /** The image that is reconstructed, and its own size. */
  readonly image: Size & { at(size: Size): Promise<FloatImage> };
  /** Longest side of the pictures. */
  readonly side: number;
  readonly steps: number;
  readonly reading: Pick<Recipe, 'seed' | 'pooling' | 'padding' | 'tap'>;
}

export interface FigureProgress {
  readonly picture: string;
  readonly step: number;
  readonly steps: number;
  readonly relativeLoss: number;
  /** The picture as it stands, valid until this progress is dealt with. */
  readonly image: () => FloatImage;
}

/**
 * Makes the reconstructions that the folder does not hold yet, from white noise, and returns all of them in order.
 * @param gate awaited between two steps; ends the work by throwing
 */
export async function paintReconstructions(
  executor: Executor<unknown>,
  figure: FigureFolder,
  { reconstructions, image, side, steps, reading }: ReconstructRequest,
  onProgress: (progress: FigureProgress) => void | Promise<void>,
  gate: () => Promise<void>,
): Promise<FigurePicture[]> {
  const size = fitLongestSide(image, side);
  const at = (wanted: Size): Promise<FloatImage> => image.at(wanted);
  const sources: Sources = {
    content: at,
    styles: async wanted => [{ image: await at(wanted), weight: 1 }],
    start: at,
  };
  const pictures: FigurePicture[] = [];
  for (const one of reconstructions) {
    let picture = figure.find(one.id);
    if (picture === undefined) {
      let painted: { image: FloatImage; relativeLoss: number } | undefined;
      const recorder = new LossCurveRecorder();
      for await (const taken of reconstruct(executor, one, sources, { size, steps, ...reading })) {
        recorder.pause();
        const { step, evaluations, relativeLoss } = taken;
        recorder.add(evaluations, { relative: relativeLoss });
        await onProgress({ picture: one.id, step, steps, relativeLoss, image: () => taken.image() });
        if (taken.step === steps) painted = { image: taken.image(), relativeLoss: taken.relativeLoss };
        await gate();
        recorder.resume();
      }
      if (painted === undefined) throw new Error(`${one.id} ended before its last step`);
      const words = described(one, painted, await at(size));
      picture = await figure.add({ ...words, course: recorder.lossCurve }, painted.image);
    }
    pictures.push(picture);
  }
  return pictures;
}

/** What a picture shows, and how near it came to the content: in pixels, and in its own loss. */
function described(
  { id, kind, layers }: Reconstruction,
  { image, relativeLoss }: { image: FloatImage; relativeLoss: number },
  content: FloatImage,
): Omit<FigurePicture, 'file'> {
  if (kind === 'style') return { id, column: msg`style up to ${layers.at(-1) ?? ''}`, relativeLoss };
  return { id, column: msg`content ${layers.join(', ')}`, psnr: psnr(image, content), relativeLoss };
}
