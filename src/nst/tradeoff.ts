import type { Executor, Objective } from './executor';
import type { FloatImage, Size } from './image';
import type { Losses, ObjectiveSpec, Strengths } from './objective';
import { createOptimizer } from './optimizerChoice';
import type { Sources } from './stylize';
import type { LayerName } from './vgg19';

/** α/β of the columns of Figure 3 (Gatys et al. 2015). */
export const FIGURE_3_RATIOS: readonly number[] = [1e-5, 1e-4, 1e-3, 1e-2];

/** A place in the grid. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The trade-off grid: rows are growing subsets of style layers, columns are α/β. */
export interface TradeoffPlan {
  readonly size: Size;
  readonly spec: ObjectiveSpec;
  /** One for each row and column, in mean units or as the spec has them. */
  readonly strengths: readonly (readonly Strengths[])[];
  /** Steps of the draft that makes the whole grid visible, and of a finished cell in all. */
  readonly draftSteps: number;
  readonly steps: number;
  /**
   * `warm`: a draft starts from its neighbour's with the larger α/β, which is closer to the content; cells then look
   * alike along a row, and reach their style in fewer steps. `cold`: every draft starts from the content image.
   */
  readonly start: 'warm' | 'cold';
}

/** A cell whose draft is drawn, or that is finished. */
export interface CellPainted extends Cell {
  readonly phase: 'draft' | 'finished';
  readonly losses: Losses;
  readonly image: FloatImage;
}

/** What an earlier, interrupted grid left: those cells are not computed again. */
export interface KnownCells {
  draft(cell: Cell): FloatImage | undefined;
  isFinished(cell: Cell): boolean;
}

/**
 * Paints the grid: first a draft of every cell, then every cell to its end from its own draft. One objective with all
 * style layers serves every cell, so the features of the images are computed once; a layer outside a row's subset has
 * strength 0. The memory is that of one run and the drafts.
 */
export async function* paintTradeoff<V>(
  executor: Executor<V>,
  plan: TradeoffPlan,
  sources: Sources,
  known?: KnownCells,
): AsyncGenerator<CellPainted, void, undefined> {
  const content = await sources.content(plan.size);
  const styles = await sources.styles(plan.size);
  const objective = await executor.prepare({ spec: plan.spec, content, styles });
  const drafts = new Map<string, FloatImage>();
  try {
    for (const cell of cells(plan)) {
      const earlier = known?.draft(cell);
      if (earlier !== undefined) {
        drafts.set(key(cell), earlier);
        continue;
      }
      const start = (plan.start === 'warm' ? drafts.get(key(neighbour(cell))) : undefined) ?? content;
      const painted = await descend(executor, objective, strengthsAt(plan, cell), start, plan.draftSteps);
      drafts.set(key(cell), painted.image);
      yield { ...cell, phase: 'draft', ...painted };
    }
    for (const cell of cells(plan)) {
      if (known?.isFinished(cell)) continue;
      const draft = drafts.get(key(cell)) ?? content;
      const steps = plan.steps - plan.draftSteps;
      yield {
        ...cell,
        phase: 'finished',
        ...(await descend(executor, objective, strengthsAt(plan, cell), draft, steps)),
      };
    }
  } finally {
    await objective.dispose();
  }
}

/** Row by row, from the largest α/β, closest to the content, to the smallest. */
function* cells({ strengths }: TradeoffPlan): Generator<Cell> {
  for (const [row, columns] of strengths.entries()) {
    for (let column = columns.length - 1; column >= 0; column--) yield { row, column };
  }
}

function neighbour({ row, column }: Cell): Cell {
  return { row, column: column + 1 };
}

function key({ row, column }: Cell): string {
  return `${row} ${column}`;
}

function strengthsAt({ strengths }: TradeoffPlan, { row, column }: Cell): Strengths {
  const found = strengths[row]?.[column];
  if (found === undefined) throw new RangeError(`no cell ${row}, ${column}`);
  return found;
}

/** A fresh L-BFGS descent of a given length. */
async function descend<V>(
  executor: Executor<V>,
  objective: Objective<V>,
  strengths: Strengths,
  start: FloatImage,
  steps: number,
): Promise<{ image: FloatImage; losses: Losses }> {
  const optimizer = createOptimizer(executor.space, { kind: 'lbfgs' }, executor.fromImage(start));
  let losses: Losses | undefined;
  try {
    for (let step = 0; step < steps; step++) {
      await optimizer.step(async x => {
        const evaluated = await objective.evaluate(x, strengths);
        losses = evaluated.losses;
        return { value: losses.total, gradient: evaluated.gradient };
      });
    }
    if (losses === undefined) throw new RangeError('a cell takes at least one step');
    return { image: executor.toImage(optimizer.position, objective.size), losses };
  } finally {
    optimizer.dispose();
  }
}

/** The growing subsets of layers, as strengths β·w with w = 1/(number of layers in the subset), for each α/β. */
export function tradeoffStrengths(
  spec: Pick<ObjectiveSpec, 'contentLayers' | 'styleLayers'>,
  ratios: readonly number[],
  tv: number,
): Strengths[][] {
  const share = (layers: readonly LayerName[], total: number): Partial<Record<LayerName, number>> =>
    Object.fromEntries(layers.map(layer => [layer, total / layers.length]));
  return spec.styleLayers.map((_, row) =>
    ratios.map(ratio => ({
      content: Object.fromEntries(spec.contentLayers.map(layer => [layer, 1])),
      style: share(spec.styleLayers.slice(0, row + 1), 1 / ratio),
      tv,
    })),
  );
}
