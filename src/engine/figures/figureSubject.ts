import type { FigurePlan } from './figurePlan';
import type { TradeoffRequest } from './tradeoffRequest';

/** What people make a figure for. */
export type FigureSubject = 'reconstructions' | 'tradeoff' | 'styles' | 'variations';

/** What a figure is made for: grids are told apart by their axes. */
export function subjectOf(plan: FigurePlan | TradeoffRequest): FigureSubject {
  if (!('columns' in plan)) return 'reconstructions';
  if (plan.columns.name === 'style') return 'styles';
  return plan.atFullSize === undefined ? 'tradeoff' : 'variations';
}
