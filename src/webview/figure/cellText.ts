import { formatLoss, formatPercent } from '../format';
import { fill, type FigureStrings } from '../strings';
import type { FigureCell } from './messages';

/** How well a picture does what it was made for, a phrase each: losses, PSNR. */
export function measuresOf(cell: FigureCell, strings: FigureStrings, locale: string): readonly string[] {
  const { contentLoss, styleLoss, lossOfStart, psnr } = strings;
  return measured(cell, { contentLoss, styleLoss, lossOfStart, psnr }, locale);
}

/** The same in fewer letters, where there is no room for all words; the panel says what single letters stand for. */
export function shortMeasuresOf(
  cell: FigureCell,
  { contentLossShort, styleLossShort, lossOfStartShort, psnr }: FigureStrings,
  locale: string,
): readonly string[] {
  const words = {
    contentLoss: contentLossShort,
    styleLoss: styleLossShort,
    lossOfStart: lossOfStartShort,
    psnr,
  };
  return measured(cell, words, locale);
}

function measured(
  { relativeLoss, psnr, losses }: FigureCell,
  words: Pick<FigureStrings, 'contentLoss' | 'styleLoss' | 'lossOfStart' | 'psnr'>,
  locale: string,
): readonly string[] {
  const measures: string[] = [];
  if (losses !== undefined) {
    measures.push(fill(words.contentLoss, { value: formatLoss(losses.content, locale) }));
    measures.push(fill(words.styleLoss, { value: formatLoss(losses.style, locale) }));
  }
  if (relativeLoss !== undefined)
    measures.push(fill(words.lossOfStart, { percent: formatPercent(relativeLoss, locale) }));
  if (psnr !== undefined)
    measures.push(fill(words.psnr, { value: psnr.toLocaleString(locale, { maximumFractionDigits: 1 }) }));
  return measures;
}

/** How far a picture is, in a word or two. */
export function stateText(cell: FigureCell, running: boolean, strings: FigureStrings): string {
  const texts = { waiting: strings.cellWaiting, draft: strings.cellDraft, done: strings.cellDone };
  if (!running) return texts[cell.state];
  // The word on the picture stays part of what is said of it.
  return cell.state === 'draft' ? `${texts.draft} · ${strings.cellRunning}` : strings.cellRunning;
}
