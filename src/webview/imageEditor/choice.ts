import { ratioOf, strengthOf } from '../../protocol/strength';
import type { Choice, EditorSnapshot, PresetInfo, WholeChoice } from '../../protocol/imageEditor';
import type { EditorViewState } from './viewState';

type Offered = Pick<EditorSnapshot, 'style' | 'styles' | 'preset' | 'presets'>;
type Chosen = Pick<EditorViewState, 'style' | 'preset' | 'ratio' | 'look'>;

/** The preset that new paintings begin with: the chosen one, else that of the settings. */
export function presetOf({ presets, preset }: Offered, chosen: Chosen): PresetInfo | undefined {
  return presets.find(({ name }) => name === chosen.preset) ?? presets.find(({ name }) => name === preset);
}

/** What *Stylize* starts with; undefined while no preset is known. */
export function choiceOf(offered: Offered, chosen: Chosen): WholeChoice | undefined {
  const preset = presetOf(offered, chosen);
  if (preset === undefined) return undefined;
  const style = offered.styles.some(({ id }) => id === chosen.style) ? chosen.style : offered.style;
  const set = Object.fromEntries(Object.entries(chosen.look).filter(([, value]) => value !== undefined));
  const look = { ...preset.look, ...set };
  const { statistics } = preset.ratios[look.statistics] === undefined ? preset.look : look;
  const ratio = chosen.ratio ?? preset.ratios[statistics] ?? 0;
  return { ...look, statistics, style, preset: preset.name, ratio };
}

/** What is to be remembered of a change. A preset brings its own look; another statistic is as strong as the one before. */
export function changed(before: WholeChoice, chosen: Chosen, change: Partial<Choice>): Partial<Chosen> {
  const { style, preset, ratio, ...look } = change;
  if (preset !== undefined) return { preset, ratio: undefined, look: {} };
  const { statistics } = look;
  const isOther = statistics !== undefined && chosen.ratio !== undefined;
  const kept = isOther ? ratioOf(strengthOf(before.ratio, before.statistics), statistics) : chosen.ratio;
  return { style: style ?? chosen.style, ratio: ratio ?? kept, look: { ...chosen.look, ...look } };
}
