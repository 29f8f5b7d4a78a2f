import * as vscode from 'vscode';
import { showError } from '../problems';
import { wasBegun, type Run } from './run';
import type { Runs } from './runs';
import { runTitle } from './runTitle';

/** How long a discarded run can be taken back, in milliseconds. */
const UNDO_MS = 10_000;

/** What became of a run. */
interface Discarded {
  readonly folder: string;
  /** It was at work or waiting, and goes on when it is taken back. */
  readonly wasActive: boolean;
}

/** Discards runs at once, without a question, and offers to take them back for ten seconds. */
export class Discarding {
  constructor(
    private readonly runs: Runs,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Stops the runs, and takes them away with their previews and checkpoints. Saved paintings stay. */
  async discard(runs: readonly Run[]): Promise<void> {
    const discarded: Discarded[] = [];
    try {
      // From the end of the queue, so that none of them begins meanwhile.
      for (const { folder } of [...runs].reverse())
        discarded.unshift({ folder, wasActive: await this.runs.discard(folder) });
    } finally {
      // Also of those before one that could not be discarded.
      if (discarded.length > 0) this.offerUndo(runs, discarded);
    }
  }

  /** Takes runs that have not begun to paint out of the queue; of those without a single step nothing stays. */
  async cancel(runs: readonly Run[]): Promise<void> {
    for (const run of runs.filter(wasBegun).reverse()) await this.runs.stop(run.folder, false);
    await this.discard(runs.filter(run => !wasBegun(run)));
  }

  private offerUndo(runs: readonly Run[], discarded: readonly Discarded[]): void {
    const [first] = runs;
    if (first === undefined) return;
    const timer = setTimeout(() => {
      for (const { folder } of discarded)
        this.runs.forget(folder).catch((error: unknown) => {
          this.log.warn(`${folder} could not be deleted.`, error);
        });
    }, UNDO_MS);
    const undo = vscode.l10n.t('Undo');
    const said =
      discarded.length === 1
        ? vscode.l10n.t('Discarded "{0}".', runTitle(first))
        : vscode.l10n.t('Discarded {0} runs.', discarded.length);
    vscode.window.showInformationMessage(said, undo).then(
      async pressed => {
        if (pressed !== undo) return;
        clearTimeout(timer);
        await this.takeBack(discarded);
      },
      (error: unknown) => showError(error, this.log),
    );
  }

  private async takeBack(discarded: readonly Discarded[]): Promise<void> {
    try {
      for (const { folder } of discarded) await this.runs.takeBack(folder);
      for (const { folder, wasActive } of discarded) if (wasActive) await this.runs.resume(folder);
      const [first] = discarded;
      if (first !== undefined) this.runs.show(await this.runs.open(first.folder));
    } catch (error) {
      await showError(error, this.log);
    }
  }
}
