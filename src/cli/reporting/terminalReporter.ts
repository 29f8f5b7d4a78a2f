import * as path from 'node:path';
import logUpdate from 'log-update';
import type { JobEvent } from '../../protocol/jobEvent';
import type { JobState } from '../../jobs/state';
import { escapeName } from './escapeControls';
import { print } from './output';
import type { Reporter } from './reporter';
import { bar, deviceLine, lossLine, progressLine } from './wording';

/** Redrawn at most this often. */
const INTERVAL_MS = 80;

/** A progress bar with losses, on a terminal. */
export class TerminalReporter implements Reporter {
  private drawnAt = -Infinity;

  constructor(private readonly folder: string) {}

  event(event: JobEvent, state: JobState): void {
    const change = deviceLine(event);
    if (change !== undefined) {
      logUpdate.clear();
      print(`${change}\n`);
    }
    const last = state.step === state.totalSteps;
    if (!last && performance.now() - this.drawnAt < INTERVAL_MS) return;
    this.drawnAt = performance.now();
    const share = state.totalSteps === 0 ? 0 : state.step / state.totalSteps;
    const width = Math.max(10, Math.min(40, (process.stdout.columns || 80) - 20));
    const preview = state.frames.at(-1);
    logUpdate(
      [
        `${bar(share, width)} ${Math.round(100 * share)} %`,
        progressLine(state),
        ...(state.losses === undefined ? [] : [lossLine(state.losses)]),
        ...(preview === undefined ? [] : [`preview: ${escapeName(path.join(this.folder, preview.file))}`]),
      ].join('\n'),
    );
  }

  close(): void {
    logUpdate.clear();
  }
}
