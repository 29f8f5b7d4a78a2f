import type { PresetInfo } from '../../protocol/imageEditor';
import { fields } from '../../recipe/fields';
import { presets } from '../../recipe/presets';
import { PRESETS, presetTexts, type PresetName } from '../../recipe/presetNames';
import type { Recipe } from '../../recipe/recipe';
import type { Settings } from '../settings';
import { lookOf } from '../stylize/look';
import { planRecipe } from '../stylize/plan';
import { presetTitle } from '../stylize/presets';
import { localize } from '../wording';

type Statistic = Recipe['statistics'];

/** The presets as the bar offers them, in the order of the table, each with what a painting of the file begins with. */
export function presetInfos(file: string, settings: Settings): readonly PresetInfo[] {
  return PRESETS.map(preset => ({
    name: preset,
    label: presetTitle(preset),
    detail: localize(presetTexts[preset].summary),
    look: lookOf(planRecipe(file, [], settings, { preset })),
    ratios: Object.fromEntries(
      statisticsOf(preset).map(statistics => [
        statistics,
        planRecipe(file, [], settings, { preset, statistics }).ratio,
      ]),
    ),
  }));
}

/** The papers' sums are of Gram matrices. */
function statisticsOf(preset: PresetName): readonly Statistic[] {
  const all = Object.keys(fields.statistics.type.choices) as Statistic[];
  return presets[preset].objective === 'paper' ? [presets[preset].statistics] : all;
}
