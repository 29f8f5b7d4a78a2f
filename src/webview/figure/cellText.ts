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
  if (psnr !== undefined)
    measures.push(fill(strings.psnr, { value: psnr.toLocaleString(locale, { maximumFractionDigits: 1 }) }));
  return measures;
}

/** What a picture is doing, in a word. */
export function stateText(cell: FigureCell, running: boolean, strings: FigureStrings): string {
  if (running) return strings.cellRunning;
  const texts = { waiting: strings.cellWaiting, draft: strings.cellDraft, done: strings.cellDone };
  return texts[cell.state];
}
