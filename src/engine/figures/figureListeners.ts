import { writeAtomically } from '../../common/atomicFile';
import { encodeImage } from '../../images/encode';
import type { FigureEvent } from '../../protocol/figureEvent';
import type { FigureFolder } from './figureFolder';
import type { GridPlan, ReconstructionsPlan } from './figurePlan';
import type { FigureListener } from './makeFigure';
import { idOf } from './tradeoffFigure';

/** A draft is shown this often, in milliseconds: often enough for the eye. */
const SHOWN_EVERY = 600;

type Emit = (event: FigureEvent) => void;

/** Tells of reconstructions, and shows the one that is being worked on as it stands. */
export function listenToReconstructions(
  { content, style, layers, steps }: ReconstructionsPlan,
  figure: FigureFolder,
  emit: Emit,
): FigureListener {
  const total = [content, style].filter(file => file !== undefined).length * layers.length * steps;
  let before = 0;
  let shownAt = -Infinity;
  return {
    step: async ({ picture, step, relativeLoss, image }) => {
      const isLast = step === steps;
      if (step === 1 || isLast) emit({ event: 'progress', done: (before + step) / total, cell: picture });
      if (isLast) before += steps;
      if (isLast || performance.now() - shownAt < SHOWN_EVERY) return;
      shownAt = performance.now();
      const file = `${picture}.png`;
      writeAtomically(figure.at(file), [await encodeImage(image(), { format: 'png' })]);
      emit({ event: 'cell', id: picture, state: 'draft', file, relativeLoss });
      emit({ event: 'progress', done: (before + step) / total, cell: picture });
    },
    picture: ({ id, file, relativeLoss, psnr }, wasThere) => {
      if (wasThere) before += steps;
      emit({
        ...{ event: 'cell', id, state: 'done', file },
        ...(relativeLoss === undefined ? {} : { relativeLoss }),
        ...(psnr === undefined ? {} : { psnr }),
      });
    },
  };
}

/** Tells of the cells of a grid. */
export function listenToCells(plan: GridPlan, figure: FigureFolder, emit: Emit): FigureListener {
  const { base, draftSteps } = plan;
  const cells = plan.rows.values.length * plan.columns.values.length;
  const drafted: string[] = [];
  const share = draftSteps / base.steps;
  return {
    cell: progress => {
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
    },
  };
}
