import { isString, listOf, oneOf, optional, shaped, type Guard } from './guard';

/** Something to tell the person: a sentence, what to do next, and buttons for it. All texts are localized. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly sentence: string;
  readonly next?: string | undefined;
  readonly actions: readonly ProblemAction[];
}

/** A button; pressing it sends `{ type: 'action', action: id }`. */
export interface ProblemAction {
  readonly id: string;
  readonly label: string;
}

export const isProblem: Guard<Problem> = shaped<Problem>({
  severity: oneOf('error', 'warning', 'info'),
  sentence: isString,
  next: optional(isString),
  actions: listOf(shaped<ProblemAction>({ id: isString, label: isString })),
});
