import * as vscode from 'vscode';
import { isActive } from '../../jobs/state';
import { isIdle, isWaiting, type Run } from './run';
import type { Runs } from './runs';

/** What commands can act on: the palette offers only those for which there is a run. */
const contexts: Readonly<Record<string, (run: Run) => boolean>> = {
  hasPainting: ({ here, state }) => here && state.status === 'running',
  hasPaused: ({ here, state }) => here && state.status === 'paused',
  hasActive: run => run.here && isActive(run.state) && !isWaiting(run),
  hasWaiting: isWaiting,
  hasResumable: ({ resumable }) => resumable,
  hasFailed: run => isIdle(run) && run.state.status === 'failed',
  hasIdle: isIdle,
  hasPicture: ({ state }) => (state.output ?? state.kept) !== undefined || state.frames.length > 0,
};

/** Tells VS Code when one of these comes to hold, or no longer does. */
export class RunContexts implements vscode.Disposable {
  private readonly told = new Map<string, boolean>();
  private readonly listeners: readonly vscode.Disposable[];

  constructor(private readonly runs: Runs) {
    this.listeners = [
      runs.onDidChangeList(() => {
        this.tell();
      }),
      runs.onDidReceiveEvent(({ event }) => {
        // Steps change none of it but the first picture.
        if (event.event !== 'step') this.tell();
      }),
    ];
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }

  private tell(): void {
    const { all } = this.runs;
    void vscode.commands.executeCommand('setContext', 'atelier.hasRuns', all.length > 0);
    for (const [name, holds] of Object.entries(contexts)) {
      const now = all.some(holds);
      if (this.told.get(name) === now) continue;
      this.told.set(name, now);
      void vscode.commands.executeCommand('setContext', `atelier.${name}`, now);
    }
  }
}
