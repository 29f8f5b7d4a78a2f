import type { IconName } from '../common/iconName';
import type { StudioStrings } from '../../protocol/strings';
import type { StudioRequest } from '../../protocol/studio';
import type { Phase, Status } from '../../protocol/run';

/** A button of the panel: what it says, and what pressing it sends or which buttons it shows instead. */
export interface Intention {
  readonly text: keyof StudioStrings;
  readonly icon: IconName;
  /** Absent: the buttons before are shown again. */
  readonly request?: StudioRequest;
  readonly choices?: readonly Intention[];
  /** What the person most likely wants now. */
  readonly primary?: boolean;
}

const pause: Intention = { text: 'pause', icon: 'debug-pause', request: { type: 'pause' } };
const proceed: Intention = { text: 'continue', icon: 'play', request: { type: 'continue' }, primary: true };
const keep: Intention = { text: 'stopAndKeep', icon: 'debug-stop', request: { type: 'stop', keep: true } };
const discard: Intention = { text: 'discard', icon: 'trash', request: { type: 'discard' } };
/** Before the last scale the picture is smaller than what was asked for. */
const stop: Intention = {
  text: 'stop',
  icon: 'debug-stop',
  choices: [
    { ...keep, text: 'keepAsItIs', icon: 'check' },
    { text: 'finishAtThisSize', icon: 'target', request: { type: 'finish' } },
    discard,
    { text: 'goOn', icon: 'close' },
  ],
};
const cancel: Intention = { text: 'cancel', icon: 'debug-stop', request: { type: 'cancel' } };
const resume: Intention = { text: 'resume', icon: 'play', request: { type: 'resume' }, primary: true };
const again: Intention = { text: 'runAgain', icon: 'debug-restart', request: { type: 'runAgain' } };
const open: Intention = { text: 'openResult', icon: 'go-to-file', request: { type: 'open' }, primary: true };
const save: Intention = { text: 'saveAs', icon: 'save-as', request: { type: 'saveAs' }, primary: true };
const secondary = (intention: Intention): Intention => ({ ...intention, primary: false });

/** The buttons that steer a run in its phase, the most likely one first. */
export function steering({
  phase,
  resumable,
  savedAs,
  result,
  progress,
}: Pick<Status, 'phase' | 'resumable' | 'savedAs' | 'result' | 'progress'>): readonly Intention[] {
  const isUnsaved = result !== undefined && savedAs === undefined;
  const finished = isUnsaved ? [save, secondary(open)] : [open];
  const halt = progress !== undefined && progress.scaleIndex < progress.plan.length - 1 ? stop : keep;
  const unfinished = resumable ? [resume, again, discard] : [again, discard];
  switch (phase) {
    case 'queued':
    case 'starting':
      return [cancel];
    case 'running':
      return [pause, halt, discard];
    case 'paused':
      return [proceed, halt, discard];
    case 'pausing':
    case 'stopping':
      return [];
    case 'stopped':
      // Whoever kept the picture wants to see it.
      if (savedAs !== undefined || isUnsaved)
        return [...finished, ...(resumable ? [secondary(resume)] : []), again];
      return unfinished;
    case 'interrupted':
    case 'failed':
      return isUnsaved ? unfinished.filter(one => one !== discard) : unfinished;
    case 'done':
      return [...finished, again];
  }
}

/** Whether the run still changes by itself. */
export function isLive(phase: Phase): boolean {
  return phase === 'running' || phase === 'starting' || phase === 'pausing' || phase === 'stopping';
}

/**
 * How the controls act: on the running painting, when the run goes on, on the next run; or not at all, while the
 * run waits in the queue.
 */
export function controlsAct(phase: Phase): 'now' | 'later' | 'next' | 'not' {
  switch (phase) {
    case 'queued':
    case 'stopping':
      return 'not';
    case 'starting':
    case 'running':
    case 'pausing':
      return 'now';
    case 'paused':
    case 'stopped':
    case 'interrupted':
      return 'later';
    case 'done':
    case 'failed':
      return 'next';
  }
}

/** Whether the engine takes a retune at once; otherwise the changes travel with the next resume or run. */
export function takesRetune(phase: Phase): boolean {
  return controlsAct(phase) === 'now' || phase === 'paused';
}
