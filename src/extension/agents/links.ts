import * as path from 'node:path';
import * as vscode from 'vscode';
import { isJobId } from '../../jobs/id';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { showError } from '../problems';
import { RECIPE_ENDING } from '../recipes/recipeStore';
import type { Services } from '../services';

/** What a link of ours leads to. */
export type Link =
  { readonly kind: 'run'; readonly run: string } | { readonly kind: 'recipe'; readonly file: string };

/**
 * Reads a link: `vscode://atelier.atelier/run/ID`, or `vscode://atelier.atelier/recipe?/absolute/name.atelier.json`.
 * @param query decoded
 * @returns undefined for anything else
 */
export function readLink({ path: place, query }: Pick<vscode.Uri, 'path' | 'query'>): Link | undefined {
  const [, run] = /^\/run\/([^/]+)$/.exec(place) ?? [];
  if (run !== undefined && isJobId(run)) return { kind: 'run', run };
  // The name of another computer would be greeted with this person's password.
  const isLocal = path.isAbsolute(query) && !/^[\\/]{2}/.test(query) && !query.includes('\0');
  if (place === '/recipe' && isLocal && query.endsWith(RECIPE_ENDING))
    return { kind: 'recipe', file: path.normalize(query) };
  return undefined;
}

/** Links open a run or a recipe. Whoever wrote them starts nothing. */
export function registerLinks({ runs, log }: Pick<Services, 'runs' | 'log'>): vscode.Disposable {
  const open = async (uri: vscode.Uri): Promise<void> => {
    const link = readLink(uri);
    if (link?.kind === 'run') runs.show(await runs.open(path.join(runs.folder, link.run)));
    else if (link?.kind === 'recipe') await vscode.window.showTextDocument(vscode.Uri.file(link.file));
    else throw new AtelierError('usage', msg`This link opens neither a run nor a recipe.`);
  };
  return vscode.window.registerUriHandler({
    handleUri: async uri => {
      try {
        await open(uri);
      } catch (error) {
        await showError(error, log);
      }
    },
  });
}
