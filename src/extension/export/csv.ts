import type { HistoryPoint } from '../../jobs/history';
import { partsOf } from '../../nst/terms/term';

/**
 * The curves of a run as CSV (RFC 4180), one row a step: step, evaluations, seconds, the weighted total, then the
 * unweighted loss of each term.
 */
export function lossesCsv(points: readonly HistoryPoint[]): string {
  const ids = [...new Set(points.flatMap(({ losses }) => Object.keys(losses.terms)))];
  const names = ids.map(id => partsOf(id).join(' ').trim());
  const rows = points.map(({ step, evaluations, seconds, losses }) => {
    return [step, evaluations, seconds, losses.total, ...ids.map(id => losses.terms[id])];
  });
  const header = ['step', 'evaluations', 'seconds', 'total', ...names];
  return [header, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A number that could not be computed is an empty cell. */
function cell(value: string | number | undefined): string {
  return typeof value === 'number' && !Number.isFinite(value) ? '' : String(value ?? '');
}
