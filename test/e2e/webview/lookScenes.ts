import { formatMessage } from '../../../src/common/messages';
import type { PresetInfo } from '../../../src/protocol/imageEditor';
import { LOOK_FIELDS, type LookControl, type WholeLook } from '../../../src/protocol/look';
import { rowOf } from '../../../src/recipe/fields';
import { presets } from '../../../src/recipe/presets';
import { PRESETS, presetTexts } from '../../../src/recipe/presetNames';

/** The controls of a look, in English. */
export const offeredLook: readonly LookControl[] = LOOK_FIELDS.map(field => {
  const { label, type } = rowOf(field);
  const choices = type.kind === 'choice' ? Object.entries(type.choices) : [];
  return {
    field,
    label: label === undefined ? 'Seed' : formatMessage(label),
    choices:
      field === 'init'
        ? ['content', 'noise'].map(value => ({ value, label: value, detail: '' }))
        : choices.map(([value, choice]) => ({
            value,
            label: formatMessage(choice.title ?? choice.label),
            detail: formatMessage(choice.label),
          })),
  };
});

const lookOf = (preset: WholeLook): WholeLook =>
  Object.fromEntries(LOOK_FIELDS.map(field => [field, preset[field]])) as unknown as WholeLook;

export const studioLook = lookOf(presets.studio);

/** The presets as the editor's bar has them. */
export const presetInfos: readonly PresetInfo[] = PRESETS.map(name => ({
  name,
  label: formatMessage(presetTexts[name].title),
  detail: formatMessage(presetTexts[name].summary),
  look: lookOf(presets[name]),
  ratios: name === 'paper' ? { gram: 1e-7 } : { gram: 0.025, bures: 0.04, wasserstein: 0.04 },
}));
