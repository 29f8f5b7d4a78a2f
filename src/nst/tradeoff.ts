import type { Executor, Objective } from './executor';
import type { FloatImage, Size } from './image';
import type { Init } from './init';
import type { Losses, ObjectiveSpec, Strengths } from './objective';
import { createOptimizer, objectiveShapeOf, type OptimizerChoice } from './optimizers/optimizerChoice';
import { noiseImage, Random } from './random';
import { resample } from './resample';
import { requestOf, type Sources } from './sources';
import { kindOf } from './terms/kinds';
import { inReportOrder } from './terms/term';

/** α/β of the columns of Figure 3 (Gatys et al. 2015). */
export const FIGURE_3_RATIOS: readonly number[] = [1e-5, 1e-4, 1e-3, 1e-2];

/** A place in the grid. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** What one cell of a grid is asked for: a run at one scale. */
export interface CellPlan {
  readonly size: Size;
  readonly spec: ObjectiveSpec;
  readonly strengths: Strengths;
  readonly optimizer: OptimizerChoice;
  readonly init: Init;
  readonly seed: number;
  /** Steps in all, those of the draft included; more than `draftSteps`. */
  readonly steps: number;
  /** Cells with the same object here, size and reading of the network share their targets. */
  readonly sources: Sources;
}

/** A grid of cells: the paper's Figure 3, or any two settings against each other. */
export interface TradeoffPlan {
  /** By row and column. */
  readonly cells: readonly (readonly CellPlan[])[];
  /** Columns in the order in which a row is painted, from what is closest to the start image. */
  readonly columnOrder: readonly number[];
  /** Steps of the draft that makes the whole grid visible. */
  readonly draftSteps: number;
  /**
   * `warm`: a draft starts from the draft before it in its row; neighbours then look alike, and reach their style in
   * fewer steps. `cold`: every draft starts from its own start image, and no cell depends on another.
   */
  readonly start: 'warm' | 'cold';
}

/** Where a cell stood after one of its steps. */
interface CellStep {
  /** Of the objective, in this phase. */
  readonly evaluations: number;
  readonly losses: Losses;
}

/** A cell whose draft is drawn, or that is finished. */
export interface CellPainted extends Cell {
  readonly phase: 'draft' | 'finished';
  /** Of this phase, at least one. */
  readonly steps: readonly CellStep[];
  readonly losses: Losses;
  readonly image: FloatImage;
}

/** What an earlier, interrupted grid left: those drafts and cells are not computed again. */
export interface KnownCells {
  /** Exactly as it was handed out. */
  draft(cell: Cell): FloatImage | undefined;
  isFinished(cell: Cell): boolean;
}

/** Cells that one objective serves. */
interface Group {
  readonly first: CellPlan;
  readonly spec: ObjectiveSpec;
  readonly cells: readonly Cell[];
}

/**
 * Paints the grid: first a draft of every cell, then every cell to its end from its own draft. Cells that differ only
 * in strengths, layers or seed share one objective, so that the features of the images are computed once; a layer
 * outside a cell's own has strength 0. One objective lives at a time: the memory is that of one run and the drafts.
 * A draft is rounded to the 8 bits of a picture file, so that a grid goes on from its files with the same bytes.
 */
export async function* paintTradeoff<V>(
  executor: Executor<V>,
  plan: TradeoffPlan,
  known?: KnownCells,
): AsyncGenerator<CellPainted, void, undefined> {
  const groups = groupsOf(plan);
  const drafts = new Map<string, FloatImage>();
  for (const phase of ['draft', 'finished'] as const) {
    for (const group of groups) {
      const unpainted = group.cells.filter(cell => {
        const draft = phase === 'draft' ? known?.draft(cell) : undefined;
        if (draft !== undefined) drafts.set(key(cell), draft);
        return draft === undefined && known?.isFinished(cell) !== true;
      });
      if (unpainted.length === 0) continue;
      const { size, sources } = group.first;
      const objective = await executor.prepare(await requestOf(group.spec, sources, size));
      try {
        for (const cell of unpainted) {
          const { steps, ...asked } = cellAt(plan, cell);
          const draft = drafts.get(key(cell));
          drafts.delete(key(cell));
          const start =
            phase === 'finished' ? draft : (neighbourOf(plan, cell, drafts) ?? (await startOf(asked)));
          if (start === undefined) throw new Error(`cell ${key(cell)} has no draft`);
          const length = phase === 'draft' ? plan.draftSteps : steps - plan.draftSteps;
          const painted = await descend(executor, objective, asked, start, length);
          const image = phase === 'draft' ? toBytes(painted.image) : painted.image;
          if (phase === 'draft') drafts.set(key(cell), image);
          yield { ...cell, phase, steps: painted.steps, losses: painted.losses, image };
        }
      } finally {
        await objective.dispose();
      }
    }
  }
}

/** Cells by objective, in the order of painting: a cell's neighbour comes before it. */
function groupsOf(plan: TradeoffPlan): Group[] {
  const pictures = new Map<Sources, number>();
  const groups = new Map<string, Cell[]>();
  for (const [row, columns] of plan.cells.entries()) {
    for (const column of plan.columnOrder) {
      const { size, spec, sources } = columns[column] ?? cellAt(plan, { row, column });
      if (!pictures.has(sources)) pictures.set(sources, pictures.size);
      const { pooling, padding, tap, units, terms } = spec;
      // Terms of one id may differ in kind: then they are of two objectives.
      const kinds = [...new Set(terms.map(({ kind }) => kind))].filter(
        kind => kindOf({ kind }).reads === 'moments',
      );
      const shared = JSON.stringify([
        size.width,
        size.height,
        pooling,
        padding,
        tap,
        units,
        kinds,
        pictures.get(sources) ?? 0,
      ]);
      groups.set(shared, [...(groups.get(shared) ?? []), { row, column }]);
    }
  }
  return [...groups.values()].map(cells => {
    const plans = cells.map(cell => cellAt(plan, cell));
    const first = plans[0];
    if (first === undefined) throw new RangeError('a group without cells');
    const terms = new Map(plans.flatMap(({ spec }) => spec.terms.map(term => [term.id, term])));
    return { first, spec: { ...first.spec, terms: inReportOrder([...terms.values()]) }, cells };
  });
}

function key({ row, column }: Cell): string {
  return `${row} ${column}`;
}

function cellAt({ cells }: TradeoffPlan, { row, column }: Cell): CellPlan {
  const found = cells[row]?.[column];
  if (found === undefined) throw new RangeError(`no cell ${row}, ${column}`);
  return found;
}

/** The draft that a warm cell starts from; none where the cell has a start of its own, such as another seed. */
function neighbourOf(
  plan: TradeoffPlan,
  cell: Cell,
  drafts: ReadonlyMap<string, FloatImage>,
): FloatImage | undefined {
  const before = plan.columnOrder[plan.columnOrder.indexOf(cell.column) - 1];
  if (plan.start === 'cold' || before === undefined) return undefined;
  const [here, there] = [cellAt(plan, cell), cellAt(plan, { ...cell, column: before })];
  if (here.init !== there.init || (here.init === 'noise' && here.seed !== there.seed)) return undefined;
  const draft = drafts.get(key({ ...cell, column: before }));
  return draft === undefined ? undefined : resample(draft, here.size);
}

function startOf({ init, seed, size, sources }: Omit<CellPlan, 'steps'>): FloatImage | Promise<FloatImage> {
  if (init === 'noise') return noiseImage(size, Random.seeded(seed));
  return init === 'content' ? sources.content(size) : sources.start(size);
}

/** A fresh descent of a given length. */
async function descend<V>(
  executor: Executor<V>,
  objective: Objective<V>,
  { optimizer: choice, strengths, spec, init }: Pick<CellPlan, 'optimizer' | 'strengths' | 'spec' | 'init'>,
  start: FloatImage,
  steps: number,
): Promise<Pick<CellPainted, 'image' | 'losses' | 'steps'>> {
  const optimizer = createOptimizer(
    executor.space,
    choice,
    objectiveShapeOf(spec, start, init),
    executor.fromImage(start),
  );
  const taken: CellStep[] = [];
  let losses: Losses | undefined;
  try {
    for (let step = 0; step < steps; step++) {
      await optimizer.step(async x => {
        const evaluated = await objective.evaluate(x, strengths);
        losses = evaluated.losses;
        return { value: losses.total, gradient: evaluated.gradient };
      });
      if (losses !== undefined) taken.push({ evaluations: optimizer.evaluations, losses });
    }
    if (losses === undefined) throw new RangeError('a cell takes at least one step');
    return { image: executor.toImage(optimizer.position, objective.size), losses, steps: taken };
  } finally {
    optimizer.dispose();
  }
}

/** The image as a file of 8 bits holds it: in [0, 1], in steps of 1/255. */
function toBytes({ width, height, data }: FloatImage): FloatImage {
  const bytes = Uint8ClampedArray.from(data, value => value * 255);
  return { width, height, data: Float32Array.from(bytes, byte => byte / 255) };
}
