import type { Tuning } from '../../protocol/request';
import type { Run } from '../runs/run';
import type { Recipe } from '../../recipe/recipe';
import type { Retuning } from '../../jobs/state';
import { regionWeights, strengthsOf } from '../../recipe/strengths';
import type { Strengths } from '../../nst/objective';
import { grouped, partsOf, REST } from '../../nst/terms/term';
import type { Controls, Mark } from '../../protocol/studio';

type Weights = Readonly<Partial<Record<string, number>>>;

/** The strengths of a recipe as the panel's controls show them. */
export function controlsOf({ ratio, tv, styleLayers }: Recipe): Controls {
  return { ratio, tv, styleLayers: numbers(styleLayers) };
}

/** The controls after a change; layers that the run does not have are left out. */
export function tunedControls(controls: Controls, { ratio, tv, styleLayers }: Tuning): Controls {
  const weights = Object.entries(controls.styleLayers).map(([layer, weight]) => [
    layer,
    styleLayers?.[layer] ?? weight,
  ]);
  return {
    ratio: ratio ?? controls.ratio,
    tv: tv ?? controls.tv,
    styleLayers: Object.fromEntries(weights) as Controls['styleLayers'],
  };
}

/**
 * The controls behind the factors α, β·w_l and γ that a job records. β and w_l cannot be told apart in the product:
 * the weights keep the sum they have in the recipe.
 */
export function controlsBehind(strengths: Strengths, recipe: Recipe): Controls {
  const { content, style: parts, tv } = grouped(strengths);
  const style = ofOnePart(parts, recipe);
  const product = sum(style);
  const ratio = sum(content) === 0 || product === 0 ? 0 : sum(recipe.styleLayers) / product;
  const factor = ratio === 0 ? 1 : ratio;
  const weights = Object.entries(style).map(([layer, value]) => [layer, value * factor]);
  return { ratio, tv, styleLayers: Object.fromEntries(weights) as Controls['styleLayers'] };
}

/** The controls of a run as it stands: as it was begun, or tuned since. @param tuning what this window asked of it */
export function controlsNow({ recipe, state }: Pick<Run, 'recipe' | 'state'>, tuning: Tuning): Controls {
  const last = state.retunings.at(-1);
  const heard = last === undefined ? controlsOf(recipe) : controlsBehind(last.strengths, recipe);
  return tunedControls(heard, tuning);
}

/** Whether the controls give these factors, to within rounding. */
export function giveStrengths(controls: Controls, recipe: Recipe, strengths: Strengths): boolean {
  const given = strengthsOf({ ...recipe, ...controls }, regionWeights(recipe));
  const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
  return Object.entries(strengths).every(
    ([id, value]) => partsOf(id)[0] === 'content' || close(value, given[id] ?? NaN),
  );
}

/** What a change of strengths changed, in the field's symbols, for example "α/β 0.003 → 0.01, γ 60 → 20". */
export function describeChange(before: Controls, after: Controls): string {
  const changes: (readonly [string, number, number])[] = [
    ['α/β', before.ratio, after.ratio],
    ...Object.entries(after.styleLayers).map(
      ([layer, weight]) => [layer, before.styleLayers[layer] ?? 0, weight] as const,
    ),
    ['γ', before.tv, after.tv],
  ];
  return changes
    .map(([name, from, to]) => [name, format(from), format(to)] as const)
    .filter(([, from, to]) => from !== to)
    .map(([name, from, to]) => `${name} ${from} → ${to}`)
    .join(', ');
}

/** The marks of all retunes of a run. */
export function marksOf(retunings: readonly Retuning[], recipe: Recipe): readonly Mark[] {
  let before = controlsOf(recipe);
  return retunings.map(({ step, strengths }) => {
    const after = controlsBehind(strengths, recipe);
    const label = describeChange(before, after);
    before = after;
    return { step, label };
  });
}

/** Three digits, without trailing zeros. */
function format(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function sum(weights: Weights): number {
  return Object.values(numbers(weights)).reduce((total, weight) => total + weight, 0);
}

/** By layer, of the first part that was painted: the strengths of parts are in the proportion of their weights. */
function ofOnePart(style: Weights, recipe: Recipe): Readonly<Record<string, number>> {
  const byPart = new Map<number, Record<string, number>>();
  for (const [place, value] of Object.entries(numbers(style))) {
    const [layer = place, part = REST] = place.split(':');
    byPart.set(Number(part), { ...byPart.get(Number(part)), [layer]: value });
  }
  const painted = regionWeights(recipe).find(({ number }) => byPart.has(number));
  const entries = Object.entries(byPart.get(painted?.number ?? REST) ?? {});
  return Object.fromEntries(entries.map(([layer, value]) => [layer, value / (painted?.weight ?? 1)]));
}

function numbers(weights: Weights): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(weights).flatMap(([layer, weight]) => (weight === undefined ? [] : [[layer, weight]])),
  );
}
