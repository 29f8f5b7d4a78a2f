import * as path from 'node:path';
import type logUpdate from 'log-update';
import { escapeName } from '../reporting/escapeControls';
import { toJson } from '../reporting/json';
import { print, printError } from '../reporting/output';
import { shownPath } from '../reporting/shownPath';
import { bar, duration } from '../reporting/wording';
import { labelOf, type BatchItem } from './item';
import type { BatchReporter } from './reporter';
import type { BatchRow } from './row';

/** A table on a terminal, plain lines elsewhere, JSON lines for scripts. */
export async function openBatchReporter(total: number, json: boolean): Promise<BatchReporter> {
  if (json) return new JsonLines();
  if (!process.stdout.isTTY) return new PlainLines(total);
  const { default: draw } = await import('log-update');
  return new Table(total, draw);
}

/** The form is fixed: scripts read it. */
class JsonLines implements BatchReporter {
  started(item: BatchItem, worker: string | undefined): void {
    const { index, recipe, wanted } = item;
    this.line({
      event: 'started',
      index,
      content: recipe.content,
      style: labelOf(item),
      wanted,
      worker,
    });
  }

  progress({ index }: BatchItem, step: number, totalSteps: number): void {
    this.line({ event: 'progress', index, step, totalSteps });
  }

  ended({ status, ...row }: BatchRow): void {
    this.line({ event: status, ...row });
  }

  close(): void {
    // Nothing stays on a screen.
  }

  private line(value: unknown): void {
    print(`${toJson(value)}\n`);
  }
}

class PlainLines implements BatchReporter {
  private count = 0;

  constructor(private readonly total: number) {}

  started(): void {
    // The end is told.
  }

  progress(): void {
    // The end is told.
  }

  ended(row: BatchRow): void {
    this.count += 1;
    printEnded(row, `${this.count} of ${this.total}  `);
  }

  close(): void {
    // Lines stay.
  }
}

/** A line about a picture; about one that failed, on standard error. */
function printEnded({ status, content, style, output, seconds, error }: BatchRow, before = ''): void {
  const what = `${escapeName(path.basename(content))} × ${escapeName(style)}`;
  if (error !== undefined) {
    printError(`${before}${what} failed: ${error.message}\n`);
    return;
  }
  const how = status === 'skipped' ? 'there already' : duration(seconds ?? 0);
  print(`${before}${shownPath(output ?? '')} (${how})\n`);
}

/** Redrawn at most this often. */
const INTERVAL_MS = 100;

/** At most so many that are being painted are shown. */
const SHOWN = 8;

interface Row {
  readonly item: BatchItem;
  readonly worker: string | undefined;
  share: number;
}

class Table implements BatchReporter {
  private readonly began = performance.now();
  private readonly running = new Map<number, Row>();
  private readonly counts = { done: 0, skipped: 0, failed: 0 };
  private drawnAt = -Infinity;

  constructor(
    private readonly total: number,
    private readonly draw: typeof logUpdate,
  ) {}

  started(item: BatchItem, worker: string | undefined): void {
    this.running.set(item.index, { item, worker, share: 0 });
    this.show();
  }

  progress({ index }: BatchItem, step: number, totalSteps: number): void {
    const row = this.running.get(index);
    if (row !== undefined && totalSteps > 0) row.share = step / totalSteps;
    this.show();
  }

  ended(row: BatchRow): void {
    this.running.delete(row.index);
    this.counts[row.status] += 1;
    // Those stay above the table; the others are in it as numbers, and in the folder.
    if (row.status === 'failed') {
      this.draw.clear();
      printEnded(row);
    }
    this.show(row.status === 'failed');
  }

  close(): void {
    this.draw.clear();
  }

  private show(now = false): void {
    if (!now && performance.now() - this.drawnAt < INTERVAL_MS) return;
    this.drawnAt = performance.now();
    const { done, skipped, failed } = this.counts;
    const ended = done + skipped + failed;
    const head = [
      `${bar(this.total === 0 ? 1 : ended / this.total, 30)} ${ended} of ${this.total}`,
      `${done} painted, ${skipped} there already, ${failed} failed, ${this.running.size} running`,
      ...this.timeLeft(),
    ];
    const rows = [...this.running.values()].slice(0, SHOWN).map(({ item, worker, share }) => {
      const { content } = item.recipe;
      const by = worker === undefined ? '' : `  ${escapeName(worker)}`;
      return `  ${bar(share, 10)} ${escapeName(path.basename(content))} × ${escapeName(labelOf(item))}${by}`;
    });
    this.draw([head.join('   '), ...rows].join('\n'));
  }

  private timeLeft(): readonly string[] {
    const { done, skipped, failed } = this.counts;
    const shares = [...this.running.values()].reduce((sum, { share }) => sum + share, 0);
    const painted = done + shares;
    if (painted < 0.2) return [];
    const left = this.total - done - skipped - failed - shares;
    return [`${duration(((performance.now() - this.began) / 1000 / painted) * left)} left`];
  }
}
