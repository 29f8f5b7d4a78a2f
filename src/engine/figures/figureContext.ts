import type { Device } from '../../backends/device';
import type { Network } from '../../models/network';
import type { Executor } from '../../nst/executor';
import type { FigureEvent } from '../../protocol/figureEvent';
import type { RunSettings } from '../run/prepare';
import type { FigureFolder } from './figureFolder';
import type { Language } from './page/language';

export interface FigureOptions {
  readonly settings: RunSettings;
  readonly emit: (event: FigureEvent) => void;
  /** Awaited before every evaluation; ends the work by throwing. */
  readonly gate: () => Promise<void>;
  /** Of the page and the contact sheet. */
  readonly language: Language;
}

/** What a figure is drawn with. */
export interface FigureContext extends FigureOptions {
  readonly network: Network;
  readonly device: Device;
  /** The device's executor behind the gate. */
  readonly executor: Executor<unknown>;
  readonly figure: FigureFolder;
}
