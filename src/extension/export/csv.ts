import type { HistoryPoint } from '../../jobs/history';

/**
 * The curves of a run as CSV (RFC 4180), one row a step: step, evaluations, seconds, the weighted total, then the
 * unweighted losses: tv, each content layer, each style layer.
 */
export function lossesCsv(points: readonly HistoryPoint[]): string {
  const contentLayers = layersOf(points, 'content');
  const styleLayers = layersOf(points, 'style');
  const header = [
    'step',
    'evaluations',
    'seconds',
    'total',
    'tv',
    ...contentLayers.map(layer => `content ${layer}`),
    ...styleLayers.map(layer => `style ${layer}`),
  ];
  const rows = points.map(({ step, evaluations, seconds, losses }) => {
    const content: Readonly<Record<string, number | undefined>> = losses.content;
    const style: Readonly<Record<string, number | undefined>> = losses.style;
    const layers = [...contentLayers.map(layer => content[layer]), ...styleLayers.map(layer => style[layer])];
    return [step, evaluations, seconds, losses.total, losses.tv, ...layers];
  });
  return [header, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A number that could not be computed is an empty cell. */
function cell(value: string | number | undefined): string {
  return typeof value === 'number' && !Number.isFinite(value) ? '' : String(value ?? '');
}

function layersOf(points: readonly HistoryPoint[], kind: 'content' | 'style'): readonly string[] {
  return [...new Set(points.flatMap(({ losses }) => Object.keys(losses[kind])))].sort();
}
