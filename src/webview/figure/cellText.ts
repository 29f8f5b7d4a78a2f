import { formatLoss, formatPercent } from '../common/format';
import { fill } from '../../protocol/wording';
import type { FigureStrings } from '../../protocol/strings';
import type { FigureCell } from '../../protocol/figure';

/** How well a picture does what it was made for, a message each: losses, PSNR. */
export function measuresOf(cell: FigureCell, strings: FigureStrings, locale: string): readonly string[] {
  return measured(
    cell,
    {
      content: strings.contentLoss,
      style: strings.styleLoss,
      start: strings.lossOfStart,
      psnr: strings.psnr,
    },
    locale,
  );
}

/** The same in fewer letters, where there is no room for all words; the panel says what single letters stand for. */
export function shortMeasuresOf(cell: FigureCell, strings: FigureStrings, locale: string): readonly string[] {
  return measured(
    cell,
    {
      content: strings.contentLossShort,
      style: strings.styleLossShort,
      start: strings.lossOfStartShort,
      psnr: strings.psnr,
    },
    locale,
  );
}

/** @param words with a place for the value; for a share of the starting loss, for the percentage */
function measured(
  { relativeLoss, psnr, losses }: FigureCell,
  words: Readonly<Record<'content' | 'style' | 'start' | 'psnr', string>>,
  locale: string,
): readonly string[] {
  const measures: string[] = [];
  if (losses !== undefined) {
    measures.push(fill(words.content, { value: formatLoss(losses.content, locale) }));
    measures.push(fill(words.style, { value: formatLoss(losses.style, locale) }));
  }
  if (relativeLoss !== undefined)
    measures.push(fill(words.start, { percent: formatPercent(relativeLoss, locale) }));
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
