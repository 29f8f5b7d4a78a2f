import { phrase, type Phrase } from '../../../common/messages';
import type { FigurePicture } from '../figureFolder';

/** What is printed below a picture: how near it came to what it reconstructs, or its losses; a phrase each. */
export function captionsOf({
  psnr,
  relativeLoss,
  losses,
}: Pick<FigurePicture, 'psnr' | 'relativeLoss' | 'losses'>): readonly Phrase[] {
  return [
    ...(psnr === undefined ? [] : [phrase`PSNR ${psnr.toFixed(1)} dB`]),
    ...(relativeLoss === undefined ? [] : [phrase`${percentOf(relativeLoss)} % of the starting loss`]),
    ...(losses === undefined
      ? []
      : [phrase`content ${losses.content.toPrecision(3)}`, phrase`style ${losses.style.toPrecision(3)}`]),
  ];
}

function percentOf(fraction: number): string {
  const percent = 100 * fraction;
  return percent > 0 && percent < 0.001 ? '< 0.001' : percent.toPrecision(2);
}

/** What a picture is called: its row and its column, as far as they have names. */
export function nameOf({ row, column }: Pick<FigurePicture, 'row' | 'column'>): readonly Phrase[] {
  return [row, column].filter(part => part !== undefined);
}
