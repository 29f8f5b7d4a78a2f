import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ModelListing } from '../../protocol/reply';
import type { EngineOwner } from '../engine/engineOwner';
import { workspaceImages } from '../imageFiles';
import { swatches } from '../stylize/swatches';
import type { RecipePlace } from './recipePlace';

const LIMIT = 500;

/** Completes in recipes what their schema cannot know: images of the workspace, built-in styles, networks. */
export class RecipeCompletions implements vscode.CompletionItemProvider {
  /** Inside quotes no completion begins by itself, but after these. */
  static readonly triggers = ['"', '/', ':'] as const;

  constructor(private readonly engine: EngineOwner) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[]> {
    const { placeAt } = await import('./recipePlace');
    const place = placeAt(document.getText(), document.offsetAt(position));
    if (place === undefined) return [];
    const range = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
    const values = await this.valuesFor(place, path.dirname(document.uri.fsPath), token);
    return values.map(value => item(value, range));
  }

  private async valuesFor(
    { kind }: RecipePlace,
    folder: string,
    token: vscode.CancellationToken,
  ): Promise<readonly Value[]> {
    switch (kind) {
      case 'content':
      case 'mask':
        return images(folder, token);
      case 'style':
        return [...builtInStyles(), ...(await images(folder, token))];
      case 'start':
        return [...starts(), ...(await images(folder, token))];
      case 'network': {
        const models = await this.engine.ask({ type: 'models' });
        return models.filter(({ status }) => status !== 'damaged').map(network);
      }
    }
  }
}

/** A value that can stand at a place. */
interface Value {
  readonly text: string;
  readonly kind: vscode.CompletionItemKind;
  readonly detail?: string;
  readonly picture?: string;
  /** Places it among the others. */
  readonly order: string;
}

function item({ text, kind, detail, picture, order }: Value, range: vscode.Range): vscode.CompletionItem {
  const completion = new vscode.CompletionItem(text, kind);
  const quoted = JSON.stringify(text);
  completion.range = range;
  completion.insertText = quoted;
  // What is replaced has its quotes.
  completion.filterText = quoted;
  completion.sortText = order;
  if (detail !== undefined) completion.detail = detail;
  if (picture !== undefined)
    completion.documentation = new vscode.MarkdownString(
      `![](${vscode.Uri.file(picture).toString()}|width=240)`,
    );
  return completion;
}

/** Images of the workspace as the recipe names them, those beside it first. */
async function images(folder: string, token: vscode.CancellationToken): Promise<readonly Value[]> {
  const files = await workspaceImages(LIMIT, token);
  return files.map(file => {
    const text = path.relative(folder, file).replaceAll(path.sep, '/');
    const depth = String(text.split('/').length).padStart(3, '0');
    return { text, kind: vscode.CompletionItemKind.File, picture: file, order: `2${depth}${text}` };
  });
}

function builtInStyles(): readonly Value[] {
  return swatches().map(({ style, file, title, description }) => ({
    text: style,
    kind: vscode.CompletionItemKind.Color,
    detail: `${title}: ${description}`,
    picture: file,
    order: `1${style}`,
  }));
}

function starts(): readonly Value[] {
  const start = (text: string, detail: string): Value => ({
    text,
    kind: vscode.CompletionItemKind.EnumMember,
    detail,
    order: `1${text}`,
  });
  return [
    start('content', vscode.l10n.t('Start from the content image')),
    start('noise', vscode.l10n.t('Start from white noise')),
  ];
}

function network({ name, title, status }: ModelListing): Value {
  const detail = status === 'available' ? `${title} · ${vscode.l10n.t('can be downloaded')}` : title;
  return { text: name, kind: vscode.CompletionItemKind.Module, detail, order: `1${name}` };
}
