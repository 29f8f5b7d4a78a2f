import * as vscode from 'vscode';
import type { JobState } from '../../jobs/state';
import { problemAction, problemOf } from '../problems';
import type { Run } from '../runs/run';
import { savedName } from '../runs/runTitle';
import { localize, shownDevice, shownPath } from '../wording';
import type { Picture, Problem } from '../../protocol/page';
import type { Phase, Progress, Status } from '../../protocol/run';

/** What was asked of a run and is not done yet. */
export type Transition = 'pausing' | 'stopping';

/** What is around a run. */
export interface Circumstances {
  readonly transition: Transition | undefined;
  /** Runs of this window before it in the queue. */
  readonly ahead: number;
  readonly result: Picture | undefined;
  readonly queue: Status['queue'];
}

/** Where a run stands, as the panel shows it. */
export function statusOf(run: Run, { transition, ahead, result, queue }: Circumstances): Status {
  const { state } = run;
  const phase = phaseOf(run, transition);
  return {
    phase,
    device: state.deviceTitle === undefined ? state.device : shownDevice(state.deviceTitle),
    deviceNote: state.deviceReason && localize(state.deviceReason),
    ahead: phase === 'queued' ? ahead : undefined,
    queue,
    progress: progressOf(state),
    resumable: run.resumable,
    result,
    savedAs: result === undefined ? undefined : placeOf(run),
    problem: problemIn(run),
  };
}

/** Where people find the result; nowhere while it is in our own storage, as that of the sample picture is. */
function placeOf(run: Run): string | undefined {
  const { output } = run.state;
  return output === undefined || savedName(run) === undefined ? undefined : shownPath(output);
}

function phaseOf({ state, elsewhere }: Run, transition: Transition | undefined): Phase {
  const active = state.status === 'queued' || state.status === 'running' || state.status === 'paused';
  if (active && transition !== undefined) return transition;
  // A run that nobody has is not waiting for anything.
  if (state.status === 'queued' && !elsewhere && state.queuedAt === undefined) return 'starting';
  const stepped = state.history.steps.at(-1) === state.step || state.losses !== undefined;
  return state.status === 'running' && !stepped ? 'starting' : state.status;
}

function progressOf(state: JobState): Progress | undefined {
  const { plan, scaleIndex } = state;
  const current = plan[scaleIndex];
  if (current === undefined) return undefined;
  return {
    scale: current.scale,
    plan,
    scaleIndex,
    step: state.step,
    totalSteps: state.totalSteps,
    evaluations: state.evaluations,
    seconds: state.seconds,
    secondsPerStep: state.secondsPerStep,
    secondsLeft: state.secondsLeft,
  };
}

/** What there is to say about a run, by what happened to it. */
function problemIn(run: Run): Problem | undefined {
  const { state } = run;
  if (run.elsewhere) return note(vscode.l10n.t('Another window is working on this run.'));
  if (state.status === 'queued' && state.behind === 'engine' && state.error === undefined)
    return note(vscode.l10n.t('Another window is painting. This run starts when the engine is free.'));
  if (state.error === undefined) return undefined;
  if (state.status === 'queued')
    return {
      ...problemOf(state.error, 'warning'),
      next: vscode.l10n.t('A new engine is starting; it continues from the checkpoint.'),
      actions: [problemAction('showLog')],
    };
  const problem = problemOf(state.error, state.status === 'interrupted' ? 'warning' : 'error');
  if (state.status === 'interrupted' && run.resumable)
    return { ...problem, actions: [problemAction('resumeRun'), ...problem.actions] };
  if (state.kept === undefined)
    return { ...problem, actions: problem.actions.filter(({ id }) => id !== 'saveRunAs') };
  return problem;
}

function note(sentence: string): Problem {
  return { severity: 'info', sentence, actions: [] };
}
