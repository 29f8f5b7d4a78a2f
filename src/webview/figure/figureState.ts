import type { FigureCell, FigureSnapshot, FigureUpdate, ShownFigure } from '../../protocol/figure';

/** What the panel shows after an update; undefined until the first snapshot. */
export function applyFigureUpdate(
  state: FigureSnapshot | undefined,
  update: FigureUpdate,
): FigureSnapshot | undefined {
  if (update.type === 'snapshot') return update.snapshot;
  if (state === undefined) return undefined;
  if (update.type === 'status') return { ...state, status: update.status };
  const changed = new Map(update.cells.map(cell => [cell.id, cell]));
  const rows = state.figure.rows.map(row => ({
    ...row,
    cells: row.cells.map(cell => changed.get(cell.id) ?? cell),
  }));
  return { ...state, figure: { ...state.figure, rows } };
}

/** Every picture, row by row. */
export function cellsOf({ rows }: ShownFigure): readonly FigureCell[] {
  return rows.flatMap(({ cells }) => cells);
}

/** Whether its pictures are paintings that can be painted at full size. */
export function isPaintable({ kind }: ShownFigure): boolean {
  return kind !== 'reconstructions';
}

/** Whether a click on a picture paints it, where it is there to be chosen from; else it is enlarged. */
export function isChoice({ kind }: ShownFigure): boolean {
  return kind === 'styles' || kind === 'variations';
}

/** The directions in which one goes from an enlarged picture to another. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest picture in a direction that can be shown; along a row one comes to the next row. */
export function neighbourOf(figure: ShownFigure, id: string, direction: Direction): FigureCell | undefined {
  const width = figure.columns.length;
  const all = cellsOf(figure);
  const stride = { left: -1, right: 1, up: -width, down: width }[direction];
  for (let at = all.findIndex(cell => cell.id === id) + stride; at >= 0 && at < all.length; at += stride) {
    const cell = all[at];
    if (cell?.uri !== undefined) return cell;
  }
  return undefined;
}
