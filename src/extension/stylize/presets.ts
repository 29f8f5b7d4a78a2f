import * as vscode from 'vscode';
import type { PresetName } from '../../recipe/recipe';

const titles: Readonly<Record<PresetName, () => string>> = {
  studio: () => vscode.l10n.t('Studio'),
  lineart: () => vscode.l10n.t('Line Art'),
  preview: () => vscode.l10n.t('Preview'),
  paper: () => vscode.l10n.t('Paper'),
  article: () => vscode.l10n.t('Article'),
};

const details: Readonly<Record<PresetName, () => string>> = {
  studio: () => vscode.l10n.t('Good paintings on any machine'),
  lineart: () => vscode.l10n.t('Sketches, ink drawings and prints: fine lines stay'),
  preview: () => vscode.l10n.t('Small and quick, to try a style'),
  paper: () => vscode.l10n.t('As Gatys, Ecker and Bethge: white noise, average pooling, L-BFGS'),
  article: () =>
    vscode.l10n.t('As the well-known PyTorch program: five layers before their activation, Adam'),
};

/** What people call a preset. */
export function presetTitle(preset: PresetName): string {
  return titles[preset]();
}

/** Asks for another preset; undefined leaves it as it is. */
export async function choosePreset(current: PresetName): Promise<PresetName | undefined> {
  const items = (Object.keys(titles) as PresetName[]).map(preset => ({
    preset,
    label: titles[preset](),
    description: details[preset](),
    picked: preset === current,
  }));
  const title = vscode.l10n.t('Preset of this painting');
  return (await vscode.window.showQuickPick(items, { title }))?.preset;
}
