import * as fs from 'node:fs';
import { decodeImage } from '../../images/decode';
import { encodeImage } from '../../images/encode';
import { fitLongestSide } from '../../images/size';
import type { Recipe } from '../../recipe/recipe';
import type { Executor } from '../../nst/executor';
import type { FloatImage } from '../../nst/image';
import type { Losses, Strengths } from '../../nst/objective';
import type { Sources } from '../../nst/stylize';
import { ofGroup } from '../../nst/terms/term';
import { paintTradeoff, type Cell, type CellPlan, type TradeoffPlan } from '../../nst/tradeoff';
import type { Pictures } from '../run/pictures';
import { planOf } from '../run/plan';
import { labelOf } from './axis';
import { LossCurveRecorder, type LossCurve } from './lossCurve';
import type { CellLosses, FigureFolder, FigurePicture } from './figureFolder';
import { cellRecipes, type TradeoffRequest } from './tradeoffRequest';

export { type TradeoffRequest } from './tradeoffRequest';

export interface CellProgress extends Cell {
  readonly phase: 'draft' | 'finished';
  /** Drafts and finished cells that the folder holds, of `total`. */
  readonly done: number;
  readonly total: number;
}

/**
 * Paints what the folder does not hold yet and returns the grid. A draft is written as soon as it is there, under
 * the name that the finished cell will have, so that the whole grid can be looked at early.
 * @param pictures those of `request.base`
 * @param gate awaited between two cells; ends the work by throwing
 */
export async function paintGrid(
  executor: Executor<unknown>,
  figure: FigureFolder,
  request: TradeoffRequest,
  pictures: Pictures,
  onProgress: (progress: CellProgress) => void,
  gate: () => Promise<void>,
): Promise<FigurePicture[][]> {
  const recipes = cellRecipes(request);
  const plan = planGrid(request, recipes, pictures);
  const cells = plan.cells.flatMap((columns, row) => columns.map((_, column) => ({ row, column })));
  const drafts = new Map<string, FloatImage>();
  const lossCurves = new Map<string, LossCurve>();
  for (const cell of cells) {
    const file = figure.draftOf(idOf(cell));
    if (file === undefined) continue;
    drafts.set(idOf(cell), await readDraft(file));
    const lossCurve = figure.lossCurveOfDraft(idOf(cell));
    if (lossCurve !== undefined) lossCurves.set(idOf(cell), lossCurve);
  }
  const known = {
    draft: (cell: Cell) => drafts.get(idOf(cell)),
    isFinished: (cell: Cell) => figure.find(idOf(cell)) !== undefined,
  };
  const total = 2 * cells.length;
  const finished = cells.filter(known.isFinished).length;
  let done = drafts.size + 2 * finished;
  let since = performance.now();
  for await (const { losses, image, steps, ...cell } of paintTradeoff(executor, plan, known)) {
    const id = idOf(cell);
    const { strengths } = plan.cells[cell.row]?.[cell.column] ?? {};
    const recorder = new LossCurveRecorder(lossCurves.get(id), since);
    recorder.pause();
    for (const step of steps) recorder.add(step.evaluations, meansOf(step.losses, strengths));
    if (cell.phase === 'draft') {
      lossCurves.set(id, recorder.lossCurve);
      figure.addDraft(id, await encodeImage(image, { format: 'png' }), recorder.lossCurve);
    } else {
      const { lossCurve } = recorder;
      // A picture of one style among others is called by that alone.
      const row = request.columns.name !== 'style' && { row: labelOf(request.rows, cell.row) };
      const column = labelOf(request.columns, cell.column);
      await figure.add(
        { id, ...row, column, losses: meansOf(losses, strengths), course: lossCurve },
        await pictures.withKept(image),
      );
    }
    done++;
    onProgress({ ...cell, done, total });
    await gate();
    since = performance.now();
  }
  figure.close();
  return plan.cells.map((columns, row) =>
    columns.map((_, column) => {
      const picture = figure.find(idOf({ row, column }));
      if (picture === undefined) throw new Error(`cell ${row}, ${column} is missing`);
      return picture;
    }),
  );
}

export function idOf({ row, column }: Cell): string {
  return `cell-${row + 1}-${column + 1}`;
}

function planGrid(
  { base, draftSteps, start, columns }: TradeoffRequest,
  recipes: readonly (readonly Recipe[])[],
  pictures: Pictures,
): TradeoffPlan {
  const shared = new Map<string, Sources>();
  const sourcesOf = ({ styles, styleScale }: Recipe): Sources => {
    const shares = base.styles.map(({ image }) => styles.find(style => style.image === image)?.weight ?? 0);
    const key = JSON.stringify([shares, styleScale]);
    const sources = shared.get(key) ?? blended(pictures, shares, styleScale);
    shared.set(key, sources);
    return sources;
  };
  const cells = recipes.map(row =>
    row.map((recipe): CellPlan => {
      const size = fitLongestSide(pictures.contentImage, recipe.size, { name: base.content });
      return {
        ...planOf(recipe, size, pictures.parts),
        size,
        steps: recipe.steps,
        sources: sourcesOf(recipe),
      };
    }),
  );
  // The larger α/β, the closer a cell is to the content, from which a row sets out.
  const ratioAt = (column: number): number => columns.values[column]?.change.ratio ?? 0;
  const columnOrder = columns.values.map((_, column) => column).sort((a, b) => ratioAt(b) - ratioAt(a));
  return { cells, columnOrder, draftSteps, start };
}

function blended(pictures: Pictures, shares: readonly number[], styleScale: number): Sources {
  return {
    content: size => pictures.content(size),
    styles: size => pictures.styles(size, styleScale, shares),
    start: size => pictures.start(size),
    guidance: size => pictures.guidance(size, styleScale),
  };
}

async function readDraft(file: string): Promise<FloatImage> {
  const image = await decodeImage(fs.readFileSync(file), file);
  return image.at(image);
}

/** Content and style loss of a cell, each with the weights of its own layers. */
function meansOf({ terms }: Losses, strengths: Strengths = {}): CellLosses {
  const mean = (group: string): number => {
    const weights = ofGroup(strengths, group);
    const whole = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    const weighted = Object.entries(ofGroup(terms, group)).reduce(
      (sum, [layer, loss]) => sum + loss * (weights[layer] ?? 0),
      0,
    );
    return whole > 0 ? weighted / whole : 0;
  };
  return { content: mean('content'), style: mean('style') };
}
