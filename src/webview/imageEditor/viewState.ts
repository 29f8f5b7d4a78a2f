import * as z from 'zod/mini';
import { look, type Look } from '../../protocol/look';
import { text } from '../../protocol/schema';
import { FITTED, viewBox, type ViewBox } from '../common/pictures/viewBox';

export const MODES = ['image', 'sideBySide', 'slider', 'onionSkin', 'difference'] as const;
export type Mode = (typeof MODES)[number];

/** How the person looks at the image and what is chosen in the bar; survives hiding and reloading. */
export interface EditorViewState {
  /** Undefined: not chosen, so the divider when there is something to compare. */
  mode: Mode | undefined;
  view: ViewBox;
  /** Id of the result that is compared; the newest where it is not there. */
  result: string | undefined;
  /** Place of the slider's divider, as a fraction of the width. */
  divider: number;
  /** Opacity of the result in the onion skin. */
  opacity: number;
  style: string | undefined;
  /** The newest painting that the choice of the style knows of. */
  paintedAt: string | undefined;
  preset: string | undefined;
  ratio: number | undefined;
  look: Look;
  /** Whether the controls of the look are shown. */
  more: boolean;
  /** Whether regions are painted. */
  regions: boolean;
}

export const defaultView: EditorViewState = {
  mode: undefined,
  view: FITTED,
  result: undefined,
  divider: 0.5,
  opacity: 0.5,
  style: undefined,
  paintedAt: undefined,
  preset: undefined,
  ratio: undefined,
  look: {},
  more: false,
  regions: false,
};

const fraction = z.number().check(z.minimum(0), z.maximum(1));

/** What of a view that was kept can be taken. */
export const viewSchemas = {
  mode: z.optional(z.enum(MODES)),
  view: viewBox,
  result: z.optional(text),
  divider: fraction,
  opacity: fraction,
  style: z.optional(text),
  paintedAt: z.optional(text),
  preset: z.optional(text),
  ratio: z.optional(z.number()),
  look,
  more: z.boolean(),
  regions: z.boolean(),
};

/** What is shown: without a result only the image can be. */
export function effectiveMode(mode: Mode | undefined, results: number): Mode {
  return results === 0 ? 'image' : (mode ?? 'slider');
}
