import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { EngineOwner } from '../engine/engineOwner';
import type { Run } from '../runs/run';

/**
 * What another network says of the saved picture, as rows of a table; none where there is no saved picture, or where it
 * cannot be judged, which keeps nobody from exporting.
 */
export async function verdictOf(
  { recipe, state }: Run,
  engine: Pick<EngineOwner, 'ask'>,
): Promise<readonly (readonly [string, string])[]> {
  const image = [state.output, state.kept].find(file => file !== undefined && fs.existsSync(file));
  if (image === undefined) return [];
  const { content, styles, model } = recipe;
  const report = await engine
    .ask<'judge'>({ type: 'judge', image, content, styles: [...styles], model })
    .catch(() => undefined);
  if (report === undefined) return [];
  const { network, independent, distance, contentDistance, contentError, clipped, chroma } = report;
  const number = (value: number, options: Intl.NumberFormatOptions = { maximumSignificantDigits: 3 }) =>
    new Intl.NumberFormat(vscode.env.language, options).format(value);
  return [
    [
      vscode.l10n.t('Judged by'),
      independent
        ? vscode.l10n.t('{0}, which did not paint it', network)
        : vscode.l10n.t('{0}, the network that painted it', network),
    ],
    [
      vscode.l10n.t('Distance to the style'),
      vscode.l10n.t('{0} (the content image: {1})', number(distance), number(contentDistance)),
    ],
    [vscode.l10n.t('Error of the content'), number(contentError)],
    [vscode.l10n.t('Clipped samples'), number(clipped, { style: 'percent', maximumFractionDigits: 2 })],
    [vscode.l10n.t('Fine colour variation relative to the style'), number(chroma)],
  ];
}
