import * as vscode from 'vscode';
import type { RunEstimate } from '../../protocol/reply';
import { pickHaving } from '../../recipe/fields';
import type { Recipe } from '../../recipe/recipe';
import type { EngineOwner } from '../engine/engineOwner';
import { costInWords } from '../imageEditor/estimate';

/** A painting that takes longer, in seconds, is asked about. */
const LONG = 600;
/** So is one that needs more than half the free memory: this much of the largest side that fits into four fifths of it. */
const SHARE = Math.sqrt(0.5 / 0.8);
/** Nobody waits longer to hear what a painting costs, in milliseconds. */
const PATIENCE_MS = 4000;
/** Pixels times steps that every machine does in a moment, with the network that is inside. */
const LITTLE = 512 * 512 * 300;
/** So many times as much work other networks are, at most. */
const OTHERS = 40;
const SIZES = [4096, 3072, 2048, 1536, 1024, 768, 512, 384, 256] as const;

/**
 * Asks before paintings that take long here, or much of the memory, whether they are to be smaller.
 * @returns the recipes as they are to be painted; undefined when the person gives up
 */
export async function askCost(
  recipes: readonly Recipe[],
  engine: Pick<EngineOwner, 'ask'>,
): Promise<readonly Recipe[] | undefined> {
  const costly = recipes.find(recipe => !isLittle(recipe));
  const cost = costly && (await costOf(costly, engine));
  if (costly === undefined || cost === undefined) return recipes;
  const side = Math.max(cost.width, cost.height);
  const isTooMuch = (size: number): boolean =>
    size > SHARE * cost.largest || (cost.seconds ?? 0) * (size / side) ** 2 > LONG;
  if (!isTooMuch(side)) return recipes;
  const smaller = SIZES.find(size => size < side && !isTooMuch(size));
  // Where no smaller one would do, there is nothing to choose.
  if (smaller === undefined) return recipes;
  const choices = [
    {
      label: vscode.l10n.t('Smaller: {0} px', smaller),
      description: costInWords(shrunk(cost, smaller / side)),
      size: smaller,
    },
    { label: vscode.l10n.t('Paint at {0} px', side), description: costInWords(cost), size: undefined },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('{0} × {1} pixels: {2} here', cost.width, cost.height, costInWords(cost)),
    placeHolder: vscode.l10n.t('This takes a long time, or more than half the free memory'),
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return undefined;
  const { size } = chosen;
  if (size === undefined) return recipes;
  return recipes.map(recipe => (recipe.size === 0 || recipe.size > size ? { ...recipe, size } : recipe));
}

function isLittle({ size, steps, model }: Recipe): boolean {
  const weight = model === 'lite' ? 1 : OTHERS;
  return size > 0 && weight * size * size * steps <= LITTLE;
}

/** What a painting costs; undefined where nobody can tell in time. What is wrong with its image is said when it is painted. */
async function costOf(recipe: Recipe, engine: Pick<EngineOwner, 'ask'>): Promise<RunEstimate | undefined> {
  const asked = async (): Promise<RunEstimate> => {
    const { width, height } = await engine.ask({ type: 'inspect', image: recipe.content });
    const plan = { image: { width, height }, ...pickHaving(recipe, 'costs') };
    return engine.ask({ type: 'estimate', plan });
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, PATIENCE_MS, undefined);
  });
  try {
    return await Promise.race([asked().catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Memory and time grow with the pixels. */
function shrunk({ bytes, seconds, ...cost }: RunEstimate, factor: number): RunEstimate {
  return {
    ...cost,
    bytes: bytes * factor ** 2,
    ...(seconds === undefined ? {} : { seconds: seconds * factor ** 2 }),
  };
}
