import { formatLoss, formatPercent } from '../format';
import { fill, type FigureStrings } from '../strings';
import type { FigureCell } from './messages';

/** How well a picture does what it was made for, a phrase each: loss, PSNR. */
export function measuresOf(
  { relativeLoss, psnr, losses }: FigureCell,
  strings: FigureStrings,
  locale: string,
): readonly string[] {
  const measures: string[] = [];
  if (losses !== undefined) {
    measures.push(fill(strings.contentLoss, { value: formatLoss(losses.content, locale) }));
    measures.push(fill(strings.styleLoss, { value: formatLoss(losses.style, locale) }));
  }
  if (relativeLoss !== undefined)
    measures.push(fill(strings.lossOfStart, { percent: formatPercent(relativeLoss, locale) }));
  if (psnr !== undefined) measures.push(psnrText(psnr, strings, locale));
  return measures;
}

/** The same in fewer letters, where there is no room for all words; the panel says what single letters stand for. */
export function shortMeasuresOf(
  { relativeLoss, psnr, losses }: FigureCell,
  strings: FigureStrings,
  locale: string,
): readonly string[] {
  const measures: string[] = [];
  if (losses !== undefined) {
    measures.push(fill(strings.contentLossShort, { value: formatLoss(losses.content, locale) }));
    measures.push(fill(strings.styleLossShort, { value: formatLoss(losses.style, locale) }));
  }
  if (relativeLoss !== undefined)
    measures.push(fill(strings.lossOfStartShort, { percent: formatPercent(relativeLoss, locale) }));
  if (psnr !== undefined) measures.push(psnrText(psnr, strings, locale));
  return measures;
}

function psnrText(psnr: number, strings: FigureStrings, locale: string): string {
  return fill(strings.psnr, { value: psnr.toLocaleString(locale, { maximumFractionDigits: 1 }) });
}

/** How far a picture is, in a word or two. */
export function stateText(cell: FigureCell, running: boolean, strings: FigureStrings): string {
  const texts = { waiting: strings.cellWaiting, draft: strings.cellDraft, done: strings.cellDone };
  if (!running) return texts[cell.state];
  // The word on the picture stays part of what is said of it.
  return cell.state === 'draft' ? `${texts.draft} · ${strings.cellRunning}` : strings.cellRunning;
}
