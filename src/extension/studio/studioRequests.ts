import * as vscode from 'vscode';
import type { StudioRequest } from '../../protocol/studio';
import { isAction } from '../problems';
import type { RunActions } from '../runs/runActions';
import type { Runs } from '../runs/runs';
import type { Settings } from '../settings';
import { droppedStyle, keepDropped, tooLargeToDrop } from '../stylize/droppedStyle';
import { withLook } from '../stylize/look';
import { imageOf, withStyles, type ChosenStyle } from '../stylize/plan';
import type { RecentStyles } from '../stylize/recentStyles';
import type { StylizeFlow } from '../stylize/stylizeFlow';
import { tunedControls } from './controls';
import type { ShownRun } from './shownRun';

/** What the panel may ask for. */
export interface StudioDependencies {
  readonly runs: Runs;
  readonly actions: RunActions;
  readonly flow: StylizeFlow;
  readonly recent: RecentStyles;
  readonly settings: Settings;
}

/** Carries out a request of the panel that concerns the run it shows. Throws what goes wrong. */
export async function handleStudioRequest(
  request: StudioRequest,
  shown: ShownRun | undefined,
  dependencies: StudioDependencies,
): Promise<void> {
  const { runs, flow, settings } = dependencies;
  switch (request.type) {
    // The panel sees to these itself.
    case 'ready':
    case 'section':
    case 'showQueued':
    case 'followQueue':
      return;
    case 'begin':
      return flow.stylize([]);
    case 'action':
      return handleAction(request.action, shown, dependencies);
    case 'copied':
      return notifyCopied(request.error);
    case 'dropRefused':
      throw tooLargeToDrop(request.name);
    case 'dropStyle':
      return restyle([droppedStyle(request.uris)], request, shown, dependencies);
    case 'dropFile':
      return restyle(
        [await keepDropped(request.name, request.bytes, settings)],
        request,
        shown,
        dependencies,
      );
    case 'pickStyle':
      if (shown !== undefined)
        await restyle(await flow.askOneStyle(shown.run.recipe.content), request, shown, dependencies);
      return;
    default:
      if (shown !== undefined) await handleRunRequest(request, shown, dependencies, runs);
  }
}

/** Requests that make sense for a run only. */
type AboutRun = Exclude<
  StudioRequest,
  {
    type:
      | 'ready'
      | 'section'
      | 'showQueued'
      | 'followQueue'
      | 'begin'
      | 'action'
      | 'copied'
      | 'dropRefused'
      | 'dropStyle'
      | 'dropFile'
      | 'pickStyle';
  }
>;

async function handleRunRequest(
  request: AboutRun,
  shown: ShownRun,
  { actions }: StudioDependencies,
  runs: Runs,
): Promise<void> {
  const { run } = shown;
  switch (request.type) {
    case 'pause':
      return setTransition(shown, 'pausing', runs.pause(run.folder));
    case 'continue':
      return runs.continue(run.folder);
    case 'stop':
      return setTransition(shown, 'stopping', runs.stop(run.folder, request.keep));
    case 'finish':
      return runs.finish(run.folder);
    case 'discard':
      return setTransition(shown, 'stopping', actions.discard([run]));
    case 'cancel':
      return setTransition(shown, 'stopping', actions.cancel([run]));
    case 'retune':
      await vscode.commands.executeCommand('setContext', 'atelier.retuned', true);
      return runs.retune(run.folder, request.tuning);
    case 'resume':
      return actions.resume(run, request.tuning);
    case 'runAgain':
      return actions.repeat(run, tunedControls(shown.controls, request.tuning ?? {}), request.look);
    case 'saveAs':
      return actions.saveAs(run, request.step);
    case 'reveal':
      return actions.reveal(run);
    case 'open':
      return actions.open(run);
    case 'export':
      return actions.export(run);
  }
}

/** Shows the change at once, and takes it back when it fails. */
async function setTransition(
  shown: ShownRun,
  transition: 'pausing' | 'stopping',
  change: Promise<void>,
): Promise<void> {
  shown.setTransition(transition);
  try {
    await change;
  } catch (error) {
    shown.setTransition(undefined);
    throw error;
  }
}

async function handleAction(
  id: string,
  shown: ShownRun | undefined,
  { actions }: StudioDependencies,
): Promise<void> {
  if (!isAction(id)) return;
  if (id === 'resumeRun' && shown !== undefined) await actions.resume(shown.run);
  else if (id === 'saveRunAs' && shown !== undefined) await actions.saveAs(shown.run);
  else await vscode.commands.executeCommand(`atelier.${id}`);
}

/** The same picture in another style, with the strengths as they are set now and what was set for the next painting. */
async function restyle(
  styles: readonly ChosenStyle[] | undefined,
  { tuning = {}, look = {} }: StudioRequest & { type: 'pickStyle' | 'dropStyle' | 'dropFile' },
  shown: ShownRun | undefined,
  { flow, recent }: StudioDependencies,
): Promise<void> {
  if (styles === undefined) return;
  const images = styles.map(imageOf);
  await recent.add(images);
  if (shown === undefined) return flow.useAsStyle(images);
  const { output: _output, name: _name, ...recipe } = shown.run.recipe;
  const tuned = { ...recipe, ...tunedControls(shown.controls, tuning) };
  await flow.paint([withStyles(withLook(tuned, look), styles)]);
}

/** What to say when the page has, or has not, put a picture on the clipboard. */
export function notifyCopied(error: string | undefined): void {
  if (error === undefined) vscode.window.setStatusBarMessage(vscode.l10n.t('Picture copied'), 3000);
  else void vscode.window.showWarningMessage(vscode.l10n.t('The picture could not be copied: {0}', error));
}
