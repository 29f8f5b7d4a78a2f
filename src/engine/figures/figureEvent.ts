import type { ErrorReport } from '../../common/errors';
import type { CellLosses } from './figureFolder';

/** A picture of a figure that came, or became better. */
export interface CellEvent {
  readonly event: 'cell';
  readonly id: string;
  readonly state: 'draft' | 'done';
  /** Relative to the figure's folder; the same name for the draft and for what replaces it. */
  readonly file: string;
  /** Loss over that of the start. */
  readonly relativeLoss?: number;
  /** Peak signal-to-noise ratio against the image that is reconstructed, in dB. */
  readonly psnr?: number;
  /** Of a finished cell of a grid. */
  readonly losses?: CellLosses;
}

/** What happens to a figure while it is made. */
export type FigureEvent =
  /** `behind`: what it waits for, absent when it begins at once. */
  | { readonly event: 'queued'; readonly behind?: 'job' | 'engine' }
  | { readonly event: 'started'; readonly device: string; readonly deviceTitle: string }
  | CellEvent
  /** `done`: part of all the work that is behind it, 0 … 1. `cell`: the picture that is being worked on. */
  | { readonly event: 'progress'; readonly done: number; readonly cell?: string }
  /** Absolute paths of the contact sheet and of the page. */
  | { readonly event: 'done'; readonly sheet: string; readonly page: string }
  | { readonly event: 'stopped' }
  | { readonly event: 'interrupted'; readonly error: ErrorReport; readonly resuming: boolean }
  | { readonly event: 'failed'; readonly error: ErrorReport };
