import * as vscode from 'vscode';
import type { PaintingPlan } from '../../protocol/request';
import type { RunEstimate } from '../../protocol/reply';
import { pickHaving } from '../../recipe/fields';
import type { Size } from '../../nst/image';
import type { SizeEstimate } from '../../protocol/imageEditor';
import type { Settings } from '../settings';
import { planRecipe, type PlanOptions } from '../stylize/plan';

/** What the engine must know to say what a painting of the file would cost. */
export function paintingPlan(
  file: string,
  image: Size,
  options: PlanOptions,
  settings: Settings,
): PaintingPlan {
  return { image, ...pickHaving(planRecipe(file, [], settings, options), 'costs') };
}

/**
 * The cost of a painting in words.
 * @param size the choice of the bar that it is for
 */
export function presentEstimate(
  { width, height, bytes, seconds, largest }: RunEstimate,
  size: number,
): SizeEstimate {
  const side = Math.max(width, height);
  const tooLarge = largest < side;
  const memory = roughMemory(bytes);
  const label = costInWords({ bytes, seconds });
  const needs =
    seconds === undefined
      ? vscode.l10n.t('This size needs about {0} here.', memory)
      : vscode.l10n.t('This size needs about {0} and {1} here.', memory, roughTime(seconds));
  const limit = vscode.l10n.t('The largest that fits into the free memory is about {0} px.', largest);
  return { size, label, sentence: `${needs} ${limit}`, tooLarge, largest };
}

/** "16 GB · 33 min". */
export function costInWords({
  bytes,
  seconds,
}: {
  readonly bytes: number;
  readonly seconds?: number | undefined;
}): string {
  const memory = roughMemory(bytes);
  return seconds === undefined ? memory : `${memory} · ${roughTime(seconds)}`;
}

const roughMemory = (bytes: number): string =>
  bytes < 2e9
    ? vscode.l10n.t('{0} MB', number(roundUp(bytes / 1e6)))
    : vscode.l10n.t('{0} GB', number(roundUp(bytes / 1e8) / 10));

/** Two digits are as many as an estimate has. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}

const number = (value: number): string => new Intl.NumberFormat(vscode.env.language).format(value);

/** Seconds as people guess them: "25 s", "4 min", "1 h 20 min". */
function roughTime(seconds: number): string {
  if (seconds < 90) return vscode.l10n.t('{0} s', Math.max(5, Math.ceil(seconds / 5) * 5));
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return vscode.l10n.t('{0} min', minutes);
  const rough = Math.ceil(minutes / 5) * 5;
  return vscode.l10n.t('{0} h {1} min', Math.floor(rough / 60), rough % 60);
}
