import { advisesCuda } from '../../common/cudaAdvice';
import type { Losses } from '../../nst/objective';
import { partsOf, sumOfGroup } from '../../nst/terms/term';
import type { JobEvent } from '../../protocol/jobEvent';
import type { JobState } from '../../jobs/state';
import { formatMessage, type Message, type MessageFormat } from '../../common/messages';
import { escapeName } from './escapeControls';

const plain: MessageFormat = {
  template: english => english,
  value: value => (typeof value === 'number' ? String(value) : escapeName(value)),
};

/** A message as the command line shows it, safe on a terminal. */
export function terminalText(message: Message): string {
  return formatMessage(message, plain);
}

/** Seconds as people say them: "0.12 s", "42 s", "3 min 05 s", "1 h 02 min". */
export function duration(seconds: number): string {
  if (seconds < 0.005) return '0 s';
  if (seconds < 10) return `${seconds.toPrecision(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/**
 * Says that another device computes than was to be expected. A device that fails in the middle is followed by another
 * `started`, so this one event tells of both.
 */
export function deviceLine(event: JobEvent): string | undefined {
  if (event.event !== 'started' || event.deviceReason === undefined) return undefined;
  return `${terminalText(event.deviceReason)} Going on with ${event.deviceTitle}.`;
}

/** What to do next, with the command for it where there is one. */
export function adviceText(next: Message): string {
  return advisesCuda(next) ? 'Install the CUDA runtime: atelier doctor --install-cuda' : terminalText(next);
}

/** A loss in four digits. */
export function amount(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '–';
}

/** The unweighted losses of a step in one line; the layers of a kind are summed. */
export function lossLine({ terms, total }: Losses): string {
  const groups = new Set(['content', 'style', ...Object.keys(terms).map(id => partsOf(id)[0])]);
  const sums = [...groups].map(group => `${group} ${amount(sumOfGroup(terms, group))}`);
  return [`total ${amount(total)}`, ...sums].join('   ');
}

/** Where a run stands: "step 40 of 200   256 × 192 (2 of 3)   0.11 s/step   12 s left". */
export function progressLine(state: JobState): string {
  const { step, totalSteps, plan, scaleIndex, secondsPerStep, secondsLeft } = state;
  const scale = plan[scaleIndex]?.scale;
  return [
    `step ${step} of ${totalSteps}`,
    ...(scale === undefined
      ? []
      : [`${scale[0]} × ${scale[1]}${plan.length > 1 ? ` (${scaleIndex + 1} of ${plan.length})` : ''}`]),
    ...(secondsPerStep === undefined ? [] : [`${duration(secondsPerStep)}/step`]),
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
  ].join('   ');
}

/** A bar of the given width in characters. */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

/** Bytes as people say them, in powers of 1000. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} bytes`;
  const [value, unit] =
    count < 1e6 ? [count / 1e3, 'kB'] : count < 1e9 ? [count / 1e6, 'MB'] : [count / 1e9, 'GB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
