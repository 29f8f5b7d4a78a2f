import { makeFigure, type FigureListener, type LoadedFigure } from '../../engine/figures/makeFigure';
import { ENGLISH } from '../../engine/figures/page/language';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import type { RunSettings } from '../../engine/run/prepare';
import { escapeName } from '../reporting/escapeControls';
import { onInterrupt } from '../reporting/interrupt';
import type { MachineOptions } from '../machineOptions';
import { toJson } from '../reporting/json';
import { terminalText } from '../reporting/wording';
import { withComputeLock } from './withComputeLock';
import type { ForceOption } from '../forceOption';
import { requireMemory } from './requireMemory';
import type { WaitOption } from '../waitOption';
import { print, printEnd, printError, redraw } from '../reporting/output';

/**
 * Makes a figure under the compute lock and says where it is.
 * @param began when the command did, in milliseconds of `performance.now()`
 * @throws `interrupted` after Ctrl-C; finished pictures are kept and not made again by the same command
 */
export async function makeAndReport(
  folder: string,
  loaded: LoadedFigure,
  settings: RunSettings,
  { json = false, wait, force = false }: MachineOptions & WaitOption & ForceOption,
  listener: FigureListener,
  began: number,
): Promise<void> {
  const { storage } = settings;
  await withComputeLock({ storage, json, wait }, async () => {
    let interrupted = false;
    const stopListening = onInterrupt(() => (interrupted = true));
    const gate = async (): Promise<void> => {
      await new Promise<void>(resolve => setImmediate(resolve));
      if (interrupted)
        throw new AtelierError('interrupted', msg`Stopped; finished pictures are kept.`, {
          next: msg`The same command goes on from there.`,
        });
    };
    try {
      const { page, sheet } = await makeFigure(folder, loaded, {
        ...{ settings, gate, language: ENGLISH },
        accept: device => requireMemory(loaded.costs, device, storage, force),
        begin: ({ title }, _figure, failure) => {
          if (failure !== undefined) {
            const why = terminalText(failure.explanation.message);
            printError(`atelier: ${why} Going on with ${title}.\n`);
          }
          return listener;
        },
      });
      await reportDone(json, page, sheet, (performance.now() - began) / 1000);
    } finally {
      stopListening();
    }
  });
}

/** Tells how far a figure is: a JSON line, or a line on a terminal that the next one replaces. */
export function reportProgress(json: boolean, event: Readonly<Record<string, unknown>>, words: string): void {
  if (json) print(`${toJson(event)}\n`);
  else if (process.stderr.isTTY) redraw(process.stderr, words);
}

/** Says what has become of one picture. */
export function reportPicture(json: boolean, event: Readonly<Record<string, unknown>>, words: string): void {
  if (!json && process.stderr.isTTY) redraw(process.stderr, '');
  print(`${json ? toJson(event) : words}\n`);
}

/** Says where the figure is. */
async function reportDone(json: boolean, page: string, sheet: string, seconds: number): Promise<void> {
  if (!json && process.stderr.isTTY) redraw(process.stderr, '');
  const words = `Saved ${escapeName(page)} and ${escapeName(sheet)} (${seconds.toFixed(0)} s).\n`;
  await printEnd(json ? `${toJson({ event: 'done', output: page, sheet, seconds })}\n` : words, words);
}
