import { explainFailure } from '../run/failure';
import { Pictures } from '../run/pictures';
import { writeContactSheet } from './page/contactSheet';
import type { GridPlan } from './figurePlan';
import type { FigureContext } from './figureContext';
import { idOf, paintGrid, type CellProgress } from './tradeoffFigure';
import { writeTradeoffPage } from './page/tradeoffPage';

/** Figure 3: a draft of every cell first, then every cell to its end. */
export async function makeTradeoff(
  request: GridPlan,
  { network, device, executor, figure, emit, gate, language }: FigureContext,
): Promise<void> {
  const { base, draftSteps } = request;
  const pictures = await Pictures.read(base);
  const cells = request.rows.values.length * request.columns.values.length;
  const drafted: string[] = [];
  const share = draftSteps / base.steps;
  const reportProgress = (progress: CellProgress): void => {
    const { phase, done } = progress;
    const id = idOf(progress);
    const losses = figure.find(id)?.losses;
    if (phase === 'draft') drafted.push(id);
    emit({
      ...{ event: 'cell', id, state: phase === 'draft' ? 'draft' : 'done', file: `${id}.png` },
      ...(losses === undefined ? {} : { losses }),
    });
    // A draft costs less than what is left of its cell.
    const drafts = Math.min(done, cells);
    // Cells are finished in the order in which they were drafted.
    const next = done < cells ? undefined : drafted.find(one => figure.find(one) === undefined);
    emit({
      ...{ event: 'progress', done: (share * drafts + (1 - share) * (done - drafts)) / cells },
      ...(next === undefined ? {} : { cell: next }),
    });
  };
  try {
    const rows = await paintGrid(executor, figure, request, pictures, reportProgress, gate);
    const made = { network: network.name, device: device.title };
    await writeTradeoffPage(figure, rows, request, made, language);
    await writeContactSheet(figure, rows, language);
  } catch (error) {
    throw explainFailure(error, pictures.size);
  }
}
