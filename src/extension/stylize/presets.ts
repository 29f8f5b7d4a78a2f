import * as vscode from 'vscode';
import { presetTexts, type PresetName } from '../../recipe/presetNames';
import { localize } from '../wording';

/** What people call a preset. */
export function presetTitle(preset: PresetName): string {
  return localize(presetTexts[preset].title);
}

/** Asks for another preset; undefined leaves it as it is. */
export async function choosePreset(current: PresetName): Promise<PresetName | undefined> {
  const items = (Object.keys(presetTexts) as PresetName[]).map(preset => ({
    preset,
    label: presetTitle(preset),
    description: localize(presetTexts[preset].summary),
    picked: preset === current,
  }));
  const title = vscode.l10n.t('Preset of this painting');
  return (await vscode.window.showQuickPick(items, { title }))?.preset;
}
