import * as path from 'node:path';
import * as vscode from 'vscode';
import { isActive } from '../../jobs/state';
import { problemOf } from '../problems';
import { shownPath } from '../wording';
import { isIdle, isWaiting, newestPicture, type Run } from './run';
import { runTitle, savedName } from './runTitle';
import { describeState, presentStatus } from './statusText';

/** Width of the picture in a tooltip, in pixels. */
const TOOLTIP_SIDE = 320;

/**
 * A run as a row of the view: its name first, then where it stands.
 * @param ahead runs of this window that come before it in the queue
 */
export function runItem(run: Run, ahead: number): vscode.TreeItem {
  const title = runTitle(run);
  const state = describeState(run, ahead);
  const time = describeTime(new Date(run.createdAt));
  const item = new vscode.TreeItem(title);
  item.id = run.folder;
  item.description = isIdle(run) ? `${presentStatus(run.state.status)} · ${time}` : state;
  item.iconPath = iconOf(run);
  item.contextValue = contextOf(run);
  item.accessibilityInformation = { label: `${title}, ${state}, ${time}` };
  item.tooltip = tooltipOf(run, state, time);
  item.command = {
    command: 'atelier.openRun',
    title: vscode.l10n.t('Open Run in the Studio'),
    arguments: [run.folder],
  };
  return item;
}

/** The run's picture, or what its state looks like while it has none. */
function iconOf(run: Run): vscode.Uri | vscode.ThemeIcon {
  const picture = newestPicture(run);
  if (picture !== undefined && run.state.status !== 'failed') return vscode.Uri.file(picture);
  return run.state.status === 'failed'
    ? new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground'))
    : new vscode.ThemeIcon('paintcan');
}

/** Words that the menus of the view look for: see `view/item/context` in the manifest. */
function contextOf(run: Run): string {
  const { state, here } = run;
  const words = [state.status as string];
  if (isIdle(run)) words.push('idle');
  if (isWaiting(run)) words.push('waiting');
  else if (here && isActive(state)) words.push('active');
  if (run.resumable) words.push('resumable');
  if (newestPicture(run) !== undefined) words.push('finished');
  return words.join(' ');
}

function tooltipOf(run: Run, state: string, time: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const frame = run.state.frames.at(-1);
  // A preview is small; the result may be as large as it likes.
  const picture = frame === undefined ? newestPicture(run) : path.join(run.folder, frame.file);
  if (picture !== undefined)
    text.appendMarkdown(`![](${vscode.Uri.file(picture).toString()}|width=${TOOLTIP_SIDE})\n\n`);
  const { recipe, state: stands } = run;
  const name = savedName(run);
  const facts = [
    runTitle(run),
    `${state} · ${time}`,
    shownPath(recipe.content),
    name && vscode.l10n.t('Saved {0}', name),
    stands.error && problemOf(stands.error).sentence,
  ];
  return text.appendText(facts.filter(Boolean).join('\n'));
}

function describeTime(date: Date): string {
  const today = new Date().toDateString() === date.toDateString();
  return new Intl.DateTimeFormat(
    vscode.env.language,
    today ? { timeStyle: 'short' } : { dateStyle: 'medium' },
  ).format(date);
}
