import { isBoolean, isString, listOf, oneOf } from '../guard';
import { SECTIONS, type Section } from './messages';

/** How the person has arranged the panel; survives hiding and reloading. */
export interface StudioViewState {
  section: Section;
  axis: 'evaluations' | 'seconds';
  log: boolean;
  without: readonly string[];
}

export const defaultView: StudioViewState = {
  section: 'losses',
  axis: 'evaluations',
  log: true,
  without: [],
};

export const viewGuards = {
  section: oneOf(...SECTIONS),
  axis: oneOf('evaluations', 'seconds'),
  log: isBoolean,
  without: listOf(isString),
};
