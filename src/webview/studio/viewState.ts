import { isAmount, isBoolean, isString, listOf, oneOf, optional } from '../common/guard';
import { FITTED, isViewBox, type ViewBox } from '../common/pictures/viewBox';
import { SECTIONS, type Section } from './messages';

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
  without: [],
};

export const viewGuards = {
  run: optional(isString),
  zoom: isViewBox,
  step: optional(isAmount),
  section: oneOf(...SECTIONS),
  axis: oneOf('evaluations', 'seconds'),
  log: isBoolean,
  without: listOf(isString),
};
