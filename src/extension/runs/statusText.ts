import * as vscode from 'vscode';
import { fractionDone } from '../../jobs/progress';
import type { JobState, JobStatus } from '../../jobs/state';
import type { Run } from './run';

const words: Readonly<Record<JobStatus, () => string>> = {
  queued: () => vscode.l10n.t('waiting'),
  running: () => vscode.l10n.t('painting'),
  paused: () => vscode.l10n.t('paused'),
  stopped: () => vscode.l10n.t('stopped'),
  interrupted: () => vscode.l10n.t('interrupted'),
  done: () => vscode.l10n.t('done'),
  failed: () => vscode.l10n.t('failed'),
};

/** A status in one word. */
export function presentStatus(status: JobStatus): string {
  return words[status]();
}

/**
 * A run's state in a few words: "painting 40 %", "done, 12 s", "8th in line".
 * @param ahead runs of this window that come before it in the queue
 */
export function describeState({ state, elsewhere }: Run, ahead = 0): string {
  const word = presentStatus(state.status);
  if (elsewhere) return vscode.l10n.t('{0} in another window', word);
  switch (state.status) {
    case 'running':
    case 'paused':
    case 'interrupted':
    case 'stopped':
      return state.totalSteps > 0 ? `${word} ${percentDone(state)}` : word;
    case 'done':
      return `${word}, ${duration(state.seconds)}`;
    case 'queued':
      if (state.behind === 'engine') return vscode.l10n.t('{0} for another window', word);
      if (ahead === 0) return word;
      return ahead === 1 ? vscode.l10n.t('next in line') : vscode.l10n.t('{0} in line', ordinal(ahead));
    case 'failed':
      return word;
  }
}

const suffixes: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' };

/** "8th"; in other languages, whose templates say the rest, the number. */
function ordinal(place: number): string {
  if (!/^en\b/.test(vscode.env.language)) return String(place);
  return `${place}${suffixes[new Intl.PluralRules('en', { type: 'ordinal' }).select(place)] ?? 'th'}`;
}

/** How far a run is, by the time that its steps take. */
export function percentDone(state: Pick<JobState, 'plan' | 'step'>): string {
  return percent(fractionDone(state));
}

/** 0 … 1 as a percentage; full only when nothing is left. */
export function percent(fraction: number): string {
  return new Intl.NumberFormat(vscode.env.language, { style: 'percent' }).format(
    Math.floor(100 * Math.min(1, fraction)) / 100,
  );
}

/** Seconds as people say them: "12 s", "3 min 20 s", "1 h 5 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return vscode.l10n.t('{0} s', whole);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return vscode.l10n.t('{0} min {1} s', minutes, whole % 60);
  return vscode.l10n.t('{0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}
