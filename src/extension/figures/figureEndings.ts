import * as vscode from 'vscode';
import type { FigureEvent } from '../../protocol/figureEvent';
import { problemOf, showError } from '../problems';
import type { Settings } from '../settings';
import type { Figure } from './figure';
import type { Figures } from './figures';
import { tabTitle } from './figureView';

/**
 * Says how the figures of this window have ended that nobody saw end.
 * @param isInSight whether the person sees the panel of the figure
 */
export function tellFigureEndings(
  figures: Pick<Figures, 'onDidChange' | 'show'>,
  settings: Pick<Settings, 'notifyWhenDone'>,
  isInSight: (figure: Figure) => boolean,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return figures.onDidChange(({ figure, event }) => {
    const said = sentenceOf(figure, event);
    if (said === undefined || !settings.notifyWhenDone || isInSight(figure)) return;
    const tell = event?.event === 'failed' ? 'showWarningMessage' : 'showInformationMessage';
    const show = vscode.l10n.t('Show');
    vscode.window[tell](said, show).then(
      pressed => {
        if (pressed === show) figures.show(figure);
      },
      (error: unknown) => showError(error, log),
    );
  });
}

/** Undefined for what is no end, and for one that a person brought about. */
function sentenceOf(figure: Figure, event: FigureEvent | undefined): string | undefined {
  if (event?.event === 'done') return vscode.l10n.t('"{0}" is finished.', tabTitle(figure));
  if (event?.event !== 'failed') return undefined;
  return vscode.l10n.t('{0} failed: {1}', tabTitle(figure), problemOf(event.error).sentence);
}
