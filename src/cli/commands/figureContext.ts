import { openDevice } from '../../backends/select';
import type { RunSettings } from '../../engine/run/prepare';
import { openFigureNetwork } from '../../engine/figures/figureNetwork';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { modelsFolder } from '../../models/folder';
import type { Executor } from '../../nst/executor';
import type { Network } from '../../models/network';
import type { LayerName } from '../../nst/vgg19';
import { escapeName } from '../reporting/escapeControls';
import { onInterrupt } from '../reporting/interrupt';
import { settingsFrom, type MachineOptions } from '../machineOptions';
import { toJson } from '../reporting/json';
import { withComputeLock } from './withComputeLock';
import type { WaitOption } from '../waitOption';
import { print, printEnd, redraw } from '../reporting/output';

/** What a command that makes a figure works with. */
export interface FigureCommandContext {
  readonly network: Network;
  readonly executor: Executor<unknown>;
  readonly deviceTitle: string;
  /** Awaited between two pieces of work: lets signals arrive, and ends the work by throwing. */
  readonly gate: () => Promise<void>;
}

/**
 * Opens the network and the device, has the work done, and closes them.
 * @param layers at which the work looks
 * @throws `interrupted` after Ctrl-C; finished pictures are kept and not made again by the same command
 */
export async function withFigureContext(
  model: string,
  layers: readonly LayerName[],
  options: MachineOptions & WaitOption,
  work: (context: FigureCommandContext) => Promise<void>,
): Promise<void> {
  const settings = settingsFrom(options);
  const network = await openFigureNetwork(model, layers, modelsFolder(settings.storage));
  const { storage } = settings;
  const { json = false, wait } = options;
  await withComputeLock({ storage, json, wait }, () => withDevice(network, settings, work));
}

async function withDevice(
  network: Network,
  settings: RunSettings,
  work: (context: FigureCommandContext) => Promise<void>,
): Promise<void> {
  const { executor, title } = await openDevice(network, settings);
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
    await work({ network, executor, deviceTitle: title, gate });
  } finally {
    stopListening();
    await executor.dispose();
  }
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
export async function reportDone(json: boolean, page: string, sheet: string, seconds: number): Promise<void> {
  if (!json && process.stderr.isTTY) redraw(process.stderr, '');
  const words = `Saved ${escapeName(page)} and ${escapeName(sheet)} (${seconds.toFixed(0)} s).\n`;
  await printEnd(json ? `${toJson({ event: 'done', output: page, sheet, seconds })}\n` : words, words);
}
