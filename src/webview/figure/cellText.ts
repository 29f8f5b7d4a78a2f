import { formatLoss, formatPercent } from '../format';
import { fill, type FigureStrings } from '../strings';
import type { FigureCell } from './messages';

/** The same in a few letters, where there is no room for words; the panel says what they stand for. */
export function shortMeasuresOf(
  { losses }: FigureCell,
  strings: FigureStrings,
  locale: string,
): readonly string[] {
  if (losses === undefined) return [];
  return [
    fill(strings.contentLossShort, { value: formatLoss(losses.content, locale) }),
    fill(strings.styleLossShort, { value: formatLoss(losses.style, locale) }),
  ];
}

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

/** How far a picture is, in a word or two. */
export function stateText(cell: FigureCell, running: boolean, strings: FigureStrings): string {
  const texts = { waiting: strings.cellWaiting, draft: strings.cellDraft, done: strings.cellDone };
  if (!running) return texts[cell.state];
  // The word on the picture stays part of what is said of it.
  return cell.state === 'draft' ? `${texts.draft} · ${strings.cellRunning}` : strings.cellRunning;
}
