import * as path from 'node:path';
import { makeFolder } from '../../common/makeFolder';
import { FileHashes } from '../../queue/painting';
import { locateStyle } from '../../recipe/swatches';
import type { MachineOptions } from '../machineOptions';
import type { QueueOptions } from '../queueOptions';
import { recipeFrom } from '../recipeOptions';
import { onInterrupt } from '../reporting/interrupt';
import { toJson } from '../reporting/json';
import { print, printEnd, printError } from '../reporting/output';
import { shownPath } from '../reporting/shownPath';
import { Batch } from './batch';
import type { BatchItem } from './item';
import { findInputs } from './inputs';
import { resultName } from './naming';
import { openQueue } from './openQueue';
import type { BatchCommandOptions } from './options';
import { Tally } from './reporter';
import { openBatchReporter } from './reporters';
import type { BatchRow } from './row';
import { styleSets } from './styleSets';
import { writeSummary, type Layout } from './summary';
import { Targets } from './target';

/** How a batch ended. */
export interface BatchEnd {
  readonly interrupted: boolean;
  readonly rows: readonly BatchRow[];
}

/**
 * Paints many pictures and says how it went.
 * @throws what keeps it from beginning
 */
export async function runBatch(named: readonly string[], options: BatchCommandOptions): Promise<BatchEnd> {
  const { output } = options;
  const inputs = await findInputs(named, { ...options, output });
  const [first] = inputs;
  const base = recipeFrom(options, { content: first?.file, styles: options.style });
  // A style that is not there fails all of them: it is better said before.
  for (const { image } of base.styles) locateStyle(image);
  const sets = styleSets(base.styles, options.combine);
  makeFolder(output);

  function* items(): Generator<BatchItem> {
    let index = 0;
    for (const { file, folder } of inputs)
      for (const styles of sets) {
        const recipe = { ...base, content: file, styles: [...styles] };
        const name = resultName(options.name, recipe, folder, options.format);
        yield { index: index++, recipe, wanted: path.join(output, name) };
      }
  }

  return runItems(items(), inputs.length * sets.length, options);
}

/**
 * Has pictures painted and says how it went.
 * @param total how many there are
 * @throws what keeps it from beginning
 */
export async function runItems(
  items: Iterable<BatchItem>,
  total: number,
  options: QueueOptions & MachineOptions & { readonly output: string },
  layout: Layout = {},
): Promise<BatchEnd> {
  const { output, json = false } = options;
  const began = performance.now();
  const tally = new Tally(await openBatchReporter(total, json));
  const control = new AbortController();
  const stopListening = onInterrupt(() => control.abort());
  const { queue, window } = await openQueue(options);
  try {
    const hashes = new FileHashes();
    const settings = { queue, hashes, targets: new Targets(), reporter: tally, window };
    await new Batch({ ...settings, signal: control.signal }).run(items);
  } finally {
    stopListening();
    await queue.close();
    tally.close();
  }
  const { rows, totals } = tally;
  const interrupted = control.signal.aborted;
  const { done, skipped, failed } = totals;
  const said = `${done} painted, ${skipped} there already, ${failed} failed.`;
  if (interrupted) {
    if (json) print(`${toJson({ event: 'stopped', ...totals })}\n`);
    printError(`Stopped: ${said} The same command goes on from there.\n`);
    return { interrupted, rows };
  }
  const summary = await writeSummary(output, rows, totals, layout);
  const seconds = (performance.now() - began) / 1000;
  const words = `${said} ${shownPath(summary.page)}\n`;
  await printEnd(json ? `${toJson({ event: 'finished', ...totals, ...summary, seconds })}\n` : words, words);
  return { interrupted, rows };
}
