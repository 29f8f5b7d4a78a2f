import { msg, type Message } from '../../../common/messages';
import type { FigurePicture } from '../figureFolder';

/** What is printed below a picture: how near it came to what it reconstructs, or its losses; a message each. */
export function captionsOf({
  psnr,
  relativeLoss,
  losses,
}: Pick<FigurePicture, 'psnr' | 'relativeLoss' | 'losses'>): readonly Message[] {
  return [
    ...(psnr === undefined ? [] : [msg`PSNR ${psnr.toFixed(1)} dB`]),
    ...(relativeLoss === undefined ? [] : [msg`${percentOf(relativeLoss)} % of the starting loss`]),
    ...(losses === undefined
      ? []
      : [msg`content ${losses.content.toPrecision(3)}`, msg`style ${losses.style.toPrecision(3)}`]),
  ];
}

function percentOf(fraction: number): string {
  const percent = 100 * fraction;
  return percent > 0 && percent < 0.001 ? '< 0.001' : percent.toPrecision(2);
}

/** What a picture is called: its row and its column, as far as they have names. */
export function nameOf({ row, column }: Pick<FigurePicture, 'row' | 'column'>): readonly Message[] {
  return [row, column].filter(part => part !== undefined);
}
