import * as vscode from 'vscode';
import { advisesCuda } from '../common/cudaAdvice';
import { reportError, type ErrorCode, type ErrorReport } from '../common/errors';
import type { Problem, ProblemAction } from '../protocol/page';
import { localize } from './wording';

/** What a button under a problem does; the webviews send these ids back. */
const actionLabels = {
  installCudaRuntime: () => vscode.l10n.t('Install CUDA Runtime…'),
  downloadModel: () => vscode.l10n.t('Download VGG-19…'),
  chooseModel: () => vscode.l10n.t('Choose Network…'),
  deviceReport: () => vscode.l10n.t('Device Report'),
  restartEngine: () => vscode.l10n.t('Restart Engine'),
  resumeRun: () => vscode.l10n.t('Resume'),
  saveRunAs: () => vscode.l10n.t('Save As…'),
  settings: () => vscode.l10n.t('Settings'),
  manageTrust: () => vscode.l10n.t('Manage Workspace Trust'),
  showLog: () => vscode.l10n.t('Show Log'),
} as const;

export type Action = keyof typeof actionLabels;

/** Narrows an id from a webview. */
export function isAction(id: string): id is Action {
  return Object.hasOwn(actionLabels, id);
}

const actionsByCode: Readonly<Partial<Record<ErrorCode, readonly Action[]>>> = {
  'model-missing': ['downloadModel', 'chooseModel'],
  'model-corrupt': ['downloadModel'],
  'write-failed': ['saveRunAs'],
  'device-unavailable': ['deviceReport', 'settings'],
  'out-of-memory': ['settings', 'deviceReport'],
  'engine-died': ['restartEngine', 'showLog', 'settings'],
  'download-failed': ['settings'],
  'download-corrupt': ['settings'],
  untrusted: ['manageTrust'],
  internal: ['showLog'],
};

/** What kind of thing went wrong, before words that nobody has translated. */
const headlines: Readonly<Record<ErrorCode, () => string>> = {
  'file-missing': () => vscode.l10n.t('A file is missing.'),
  'file-unreadable': () => vscode.l10n.t('A file cannot be read.'),
  'image-empty': () => vscode.l10n.t('The image file is empty.'),
  'image-unsupported': () => vscode.l10n.t('This is not an image that Atelier can read.'),
  'image-corrupt': () => vscode.l10n.t('The image is damaged.'),
  'image-too-large': () => vscode.l10n.t('The image is too large.'),
  'image-too-small': () => vscode.l10n.t('The image is too small.'),
  'mask-unusable': () => vscode.l10n.t('A mask cannot be used.'),
  'recipe-invalid': () => vscode.l10n.t('The recipe is not valid.'),
  'model-missing': () => vscode.l10n.t('The network is not installed.'),
  'model-corrupt': () => vscode.l10n.t('The weight file is damaged.'),
  'layer-unknown': () => vscode.l10n.t('The network has no such layer.'),
  'job-corrupt': () => vscode.l10n.t('The stored run is damaged.'),
  'source-changed': () => vscode.l10n.t('A file has changed since the painting started.'),
  'job-busy': () => vscode.l10n.t('Another process is working on this run.'),
  'write-failed': () => vscode.l10n.t('A file could not be written.'),
  'download-failed': () => vscode.l10n.t('The download failed.'),
  'download-corrupt': () => vscode.l10n.t('The download is damaged.'),
  'queue-unreachable': () => vscode.l10n.t('The queue cannot be reached.'),
  'consent-missing': () => vscode.l10n.t('Nothing was downloaded, because you did not agree to it.'),
  'device-unavailable': () => vscode.l10n.t('The device cannot be used.'),
  'out-of-memory': () => vscode.l10n.t('There is not enough memory.'),
  'engine-died': () => vscode.l10n.t('The engine stopped unexpectedly.'),
  untrusted: () => vscode.l10n.t('The workspace is not trusted.'),
  diverged: () => vscode.l10n.t('The optimization diverged.'),
  internal: () => vscode.l10n.t('Something unexpected happened.'),
  usage: () => vscode.l10n.t('The request is invalid.'),
  interrupted: () => vscode.l10n.t('It was interrupted.'),
};

/** The one place where an error becomes a sentence for people, what to do next, and buttons for it. */
export function problemOf(error: ErrorReport, severity: Problem['severity'] = 'error'): Problem {
  const { code, message, explanation } = error;
  const next = explanation?.next;
  return {
    severity,
    sentence: explanation === undefined ? withHeadline(code, message) : localize(explanation.message),
    ...(next === undefined ? {} : { next: localize(next) }),
    actions: [
      ...(advisesCuda(next) ? (['installCudaRuntime'] as const) : []),
      ...(actionsByCode[code] ?? []),
    ].map(problemAction),
  };
}

/** Words of a library or of the system are English: other languages are told first what kind of thing they are about. */
function withHeadline(code: ErrorCode, message: string): string {
  return /^en\b/.test(vscode.env.language) ? message : `${headlines[code]()} ${message}`;
}

/** A button by its id. */
export function problemAction(id: Action): ProblemAction {
  return { id, label: actionLabels[id]() };
}

/** Shows anything thrown as a notification with its buttons, and writes it to the log. Giving up is not an error. */
export async function showError(thrown: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const error = reportError(thrown);
  if (error.code === 'interrupted') return;
  // Where a person can put it right, no place in the program is of interest.
  if (thrown instanceof Error && (error.code === 'internal' || error.code === 'engine-died'))
    log.error(thrown);
  else log.error(error.message);
  const { sentence, next, actions } = problemOf(error);
  const pressed = await vscode.window.showErrorMessage(
    next === undefined ? sentence : `${sentence} ${next}`,
    ...actions.filter(({ id }) => id !== 'saveRunAs' && id !== 'resumeRun').map(({ label }) => label),
  );
  const action = actions.find(({ label }) => label === pressed);
  if (action !== undefined) await vscode.commands.executeCommand(`atelier.${action.id}`);
}

/** Says that a setting has a value which it cannot have, and leads there. */
export function warnOfSetting(name: string, value: unknown, log: vscode.LogOutputChannel): void {
  const settings = actionLabels.settings();
  const sentence = vscode.l10n.t(
    'The setting {0} cannot be {1}. This value is ignored.',
    ...[name, JSON.stringify(value).slice(0, 80)],
  );
  log.warn(sentence);
  void vscode.window.showWarningMessage(sentence, settings).then(pressed => {
    if (pressed === settings) void vscode.commands.executeCommand('workbench.action.openSettings', name);
  });
}
