import * as vscode from 'vscode';
import { showError } from '../problems';
import type { Runs } from './runs';

/** The type under which VS Code hands on rows of the view, whose name it wants in lower case. */
const ROWS = 'application/vnd.code.tree.atelier.runs';

/** Waiting runs are put before the row on which they are dropped; elsewhere, at the end of the queue. */
export class QueueDragging implements vscode.TreeDragAndDropController<string> {
  readonly dragMimeTypes = [ROWS];
  readonly dropMimeTypes = [ROWS];

  constructor(
    private readonly runs: Runs,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  handleDrag(rows: readonly string[], data: vscode.DataTransfer): void {
    data.set(ROWS, new vscode.DataTransferItem(rows));
  }

  async handleDrop(before: string | undefined, data: vscode.DataTransfer): Promise<void> {
    const rows: unknown = data.get(ROWS)?.value;
    if (!Array.isArray(rows)) return;
    try {
      await this.runs.moveBefore(
        rows.filter(row => typeof row === 'string'),
        before,
      );
    } catch (error) {
      await showError(error, this.log);
    }
  }
}
