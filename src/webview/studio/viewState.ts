import * as z from 'zod/mini';
import { amount, text } from '../../protocol/schema';
import { FITTED, viewBox, type ViewBox } from '../common/pictures/viewBox';
import { type Section, SECTIONS } from '../../protocol/studio';

/** How the person looks at one run. */
export interface RunView {
  /** Id of the run that this is about. */
  run: string | undefined;
  zoom: ViewBox;
  /** Step of the preview that is shown; undefined: the newest, whichever it is. */
  step: number | undefined;
}

/** How the person has arranged the panel; survives hiding and reloading. */
export interface StudioViewState extends RunView {
  section: Section;
  axis: 'evaluations' | 'seconds';
  log: boolean;
  without: readonly string[];
}

/** A run that has not been looked at: all of it, as it is painted. */
export function viewOfRun(run: string | undefined): RunView {
  return { run, zoom: FITTED, step: undefined };
}

export const defaultView: StudioViewState = {
  ...viewOfRun(undefined),
  section: 'losses',
  axis: 'evaluations',
  log: true,
  // So small that the others would lie flat beside it.
  without: ['range'],
};

/** What of a view that was kept can be taken. */
export const viewSchemas = {
  run: z.optional(text),
  zoom: viewBox,
  step: z.optional(amount),
  section: z.enum(SECTIONS),
  axis: z.enum(['evaluations', 'seconds']),
  log: z.boolean(),
  without: z.array(text),
};
