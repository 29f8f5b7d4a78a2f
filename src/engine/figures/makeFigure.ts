import type { Device, DeviceName } from '../../backends/device';
import { DeviceFailure } from '../../backends/errorClassification';
import { openDevice } from '../../backends/select';
import type { PictureCost } from '../run/estimate';
import type { Network } from '../../models/network';
import type { Executor } from '../../nst/executor';
import { gated } from '../run/gated';
import type { RunSettings } from '../run/prepare';
import { FigureFolder, type FigurePicture } from './figureFolder';
import { writeContactSheet } from './page/contactSheet';
import type { Language } from './page/language';
import type { FigureProgress } from './reconstructFigure';
import type { CellProgress } from './tradeoffFigure';

/** What whoever has a figure made hears of it while one device computes. */
export interface FigureListener {
  /** A step of a reconstruction was taken; awaited. */
  step?(progress: FigureProgress): void | Promise<void>;
  /** @param wasThere whether it was finished before */
  picture?(picture: FigurePicture, wasThere: boolean): void;
  /** All pictures of a row of reconstructions are there. */
  row?(pictures: readonly FigurePicture[]): void;
  /** A cell of a grid was drafted or finished. */
  cell?(progress: CellProgress): void;
}

/** What the pictures of a figure are painted with. */
export interface Easel {
  /** The device's executor behind the gate. */
  readonly executor: Executor<unknown>;
  readonly figure: FigureFolder;
  readonly listener: FigureListener;
  readonly gate: () => Promise<void>;
}

/** A figure with all that it is made from: read, checked, and nothing written yet. */
export interface LoadedFigure {
  readonly network: Network;
  /** Names everything that the pictures depend on. */
  readonly key: string;
  /** Of all pictures, each kind once. */
  readonly costs: readonly PictureCost[];
  /** Paints the pictures that are not there yet, and returns all of them, row by row. */
  paint(easel: Easel): Promise<FigurePicture[][]>;
  /** @returns the path of the page */
  writePage(
    figure: FigureFolder,
    rows: readonly (readonly FigurePicture[])[],
    deviceTitle: string,
    language: Language,
  ): Promise<string>;
}

export interface FigureOptions {
  readonly settings: RunSettings;
  /**
   * Begins to listen: once for the first device, and again for each that goes on where one failed.
   * @param failure of the device before
   */
  readonly begin: (device: Device, figure: FigureFolder, failure?: DeviceFailure) => FigureListener;
  /** Asked before a device begins and anything is written; what it throws ends the work. */
  readonly accept?: (device: Device) => Promise<void>;
  /** Awaited before every evaluation; ends the work by throwing. */
  readonly gate: () => Promise<void>;
  /** Of the page and the contact sheet. */
  readonly language: Language;
}

/** The paths of what a figure is looked at by. */
export interface MadeFigure {
  readonly page: string;
  readonly sheet: string;
}

/**
 * Makes a figure in a folder: the pictures that are not there yet, the page and the contact sheet. What a device leaves
 * behind when it fails is finished by the next one.
 * @throws what the gate throws, `write-failed`, and the errors of devices
 */
export async function makeFigure(
  folder: string,
  loaded: LoadedFigure,
  { settings, begin, accept, gate, language }: FigureOptions,
): Promise<MadeFigure> {
  const { network } = loaded;
  let figure: FigureFolder | undefined;
  const failed = new Set<DeviceName>();
  let failure: DeviceFailure | undefined;
  for (let device = await openDevice(network, settings); ;) {
    try {
      await accept?.(device);
      // Nothing is written before there is a device.
      figure ??= new FigureFolder(folder, loaded.key);
      const listener = begin(device, figure, failure);
      const executor = gated(device.executor, { preparing: () => undefined, pass: gate });
      const rows = await loaded.paint({ executor, figure, listener, gate });
      const page = await loaded.writePage(figure, rows, device.title, language);
      return { page, sheet: await writeContactSheet(figure, rows, language) };
    } catch (error) {
      if (!(error instanceof DeviceFailure)) throw error;
      failed.add(device.name);
      failure = error;
    } finally {
      await device.executor.dispose().catch(() => undefined);
    }
    try {
      device = await openDevice(network, { ...settings, device: 'auto' }, failed);
    } catch {
      throw failure;
    }
  }
}
