import { encodeImage } from '../../images/encode';
import { writeAtomically } from '../../jobs/atomic';
import type { Executor } from '../../nst/executor';
import { paintTradeoff, type Cell, type TradeoffPlan } from '../../nst/tradeoff';
import type { Sources } from '../../nst/stylize';
import type { FigureFolder } from './figureFolder';
import { type FigurePicture } from './figureFolder';

/** Figure 3: rows are growing subsets of style layers, columns are α/β. */
export interface TradeoffRequest {
  readonly plan: TradeoffPlan;
  readonly ratios: readonly number[];
}

export interface CellProgress extends Cell {
  readonly phase: 'draft' | 'finished';
  /** Cells painted so far, drafts and finished ones, of `total`. */
  readonly done: number;
  readonly total: number;
}

/**
 * Paints the cells that the folder does not hold yet and returns the grid. A draft is written as soon as it is there,
 * so that the whole grid can be looked at early.
 * @param gate awaited between two cells; ends the work by throwing
 */
export async function paintGrid(
  executor: Executor<unknown>,
  figure: FigureFolder,
  { plan, ratios }: TradeoffRequest,
  sources: Sources,
  onProgress: (progress: CellProgress) => void,
  gate: () => Promise<void>,
): Promise<FigurePicture[][]> {
  const total = 2 * plan.strengths.length * ratios.length;
  let done = 0;
  const known = {
    draft: () => undefined,
    isFinished: (cell: Cell) => figure.find(idOf(cell)) !== undefined,
  };
  for await (const { losses, image, ...cell } of paintTradeoff(executor, plan, sources, known)) {
    done++;
    if (cell.phase === 'draft') {
      if (!known.isFinished(cell))
        writeAtomically(figure.at(`${idOf(cell)}.png`), [await encodeImage(image, { format: 'png' })]);
    } else {
      const style = Object.values(losses.style).reduce((sum, loss) => sum + loss, 0);
      const content = Object.values(losses.content).reduce((sum, loss) => sum + loss, 0);
      const caption = `content ${content.toPrecision(3)}, style ${style.toPrecision(3)}`;
      const row = `up to ${plan.spec.styleLayers[cell.row] ?? ''}`;
      const column = `α/β ${ratios[cell.column]?.toExponential(0) ?? ''}`;
      await figure.add({ id: idOf(cell), row, column, caption }, image);
    }
    onProgress({ ...cell, done, total });
    await gate();
  }
  return plan.strengths.map((columns, row) =>
    columns.map((_, column) => {
      const picture = figure.find(idOf({ row, column }));
      if (picture === undefined) throw new Error(`cell ${row}, ${column} is missing`);
      return picture;
    }),
  );
}

function idOf({ row, column }: Cell): string {
  return `cell-${row + 1}-${column + 1}`;
}
