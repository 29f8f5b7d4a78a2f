import * as vscode from 'vscode';
import { settingsOf } from '../../recipe/settingList';
import type { Run } from '../runs/run';
import { presentStatus } from '../runs/statusText';
import { stylesTitle } from '../runs/runTitle';
import { localize, shownDevice } from '../wording';

/** What can be said of a run in a table: names and values in the language of the window. */
export function factsOf({ recipe, state, createdAt }: Run): readonly (readonly [string, string])[] {
  const number = (value: number, digits = 3) =>
    new Intl.NumberFormat(vscode.env.language, { maximumSignificantDigits: digits }).format(value);
  const { plan, losses, peakRssMiB } = state;
  const size = plan.at(-1)?.scale;
  const optional = (name: string, value: string | undefined): readonly (readonly [string, string])[] =>
    value === undefined ? [] : [[name, value]];
  return [
    [vscode.l10n.t('State'), presentStatus(state.status)],
    [vscode.l10n.t('Started'), new Date(createdAt).toLocaleString(vscode.env.language)],
    [vscode.l10n.t('Style'), stylesTitle(recipe)],
    ...optional(vscode.l10n.t('Size'), size && `${size[0]} × ${size[1]}`),
    // How large it became and how far it is says more than what was asked for.
    ...settingsOf(recipe)
      .filter(({ field }) => field !== 'size' && field !== 'steps')
      .map(({ label, value }) => [localize(label), localize(value)] as const),
    [vscode.l10n.t('Steps'), `${state.step} / ${state.totalSteps}`],
    [vscode.l10n.t('Evaluations'), number(state.evaluations, 9)],
    [vscode.l10n.t('Computing time'), vscode.l10n.t('{0} s', number(state.seconds))],
    ...optional(vscode.l10n.t('Total loss'), losses && number(losses.total)),
    ...optional(
      vscode.l10n.t('Device'),
      state.deviceTitle === undefined ? state.device : shownDevice(state.deviceTitle),
    ),
    ...optional(vscode.l10n.t('Memory'), peakRssMiB === undefined ? undefined : `${number(peakRssMiB)} MiB`),
  ];
}
