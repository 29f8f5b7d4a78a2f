import * as z from 'zod/mini';
import { errorReport } from './errorReport';
import { behind } from './jobEvent';
import { amount, loss, name, text, type Of } from './schema';

/** A picture of a figure that came, or became better. */
const cell = z.object({
  event: z.literal('cell'),
  id: text,
  state: z.enum(['draft', 'done']),
  /** Relative to the figure's folder; the same name for the draft and for what replaces it. */
  file: name,
  /** Loss over that of the start. */
  relativeLoss: z.exactOptional(loss),
  /** Peak signal-to-noise ratio against the image that is reconstructed, in dB. */
  psnr: z.exactOptional(loss),
  /** Of a finished cell of a grid: content and style loss in mean units. */
  losses: z.exactOptional(z.object({ content: loss, style: loss })),
});
export type CellEvent = Of<typeof cell>;

/** What happens to a figure while it is made. */
export const figureEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('queued'), behind: z.exactOptional(behind) }),
  z.object({ event: z.literal('started'), device: text, deviceTitle: text }),
  cell,
  /** `done`: part of all the work that is behind it, 0 … 1. `cell`: the picture that is being worked on. */
  z.object({ event: z.literal('progress'), done: amount, cell: z.exactOptional(text) }),
  /** Absolute paths of the contact sheet and of the page. */
  z.object({ event: z.literal('done'), sheet: name, page: name }),
  z.object({ event: z.literal('stopped') }),
  z.object({ event: z.literal('interrupted'), error: errorReport, resuming: z.boolean() }),
  z.object({ event: z.literal('failed'), error: errorReport }),
]);
export type FigureEvent = Of<typeof figureEvent>;
