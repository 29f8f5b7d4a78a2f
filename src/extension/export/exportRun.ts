import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { spread } from '../../common/spread';
import { jobFiles } from '../../jobs/jobFiles';
import { curvesSvg } from '../../page/curves';
import type { EngineOwner } from '../engine/engineOwner';
import type { Previews } from '../previews';
import { newestPicture, type Run } from '../runs/run';
import { runTitle } from '../runs/runTitle';
import { styleFile, styleName } from '../stylize/styleName';
import { lossesCsv } from './csv';
import { factsOf } from './facts';
import { lossLines } from './lossLines';
import { runPage, type PagePicture } from './page';
import { verdictOf } from './verdict';

/** Longest side in pixels of the pictures in a page, and how many previews it shows. */
const PAGE_SIDE = 1600;
const SOURCE_SIDE = 512;
const PAGE_FRAMES = 12;

/** What an export asks for pictures and for a judgement. */
export interface Exporting {
  readonly previews: Pick<Previews, 'of'>;
  readonly engine: Pick<EngineOwner, 'ask'>;
}

/**
 * Writes a run as one HTML page that needs nothing else.
 * @param file absolute path; an existing file is replaced
 */
export async function exportPage(run: Run, file: string, { previews, engine }: Exporting): Promise<void> {
  const { recipe, state, folder } = run;
  const { portableRecipe, toStored } = await import('../deferred');
  const picture = async (caption: string, image: string, side: number): Promise<PagePicture> => ({
    caption,
    source: await dataUri(await previews.of(image, side)),
  });
  const shown = newestPicture(run);
  const frames = spread(state.frames, PAGE_FRAMES);
  const page = runPage({
    language: vscode.env.language,
    title: runTitle(run),
    result: shown === undefined ? undefined : await picture(path.basename(shown), shown, PAGE_SIDE),
    sources: await present([
      picture(path.basename(recipe.content), recipe.content, SOURCE_SIDE),
      ...recipe.styles.map(({ image }) => picture(styleName(image), styleFile(image), SOURCE_SIDE)),
    ]),
    factsTitle: vscode.l10n.t('The run'),
    facts: [...factsOf(run), ...(await verdictOf(run, engine))],
    curvesTitle: vscode.l10n.t('Losses'),
    curves: curvesSvg(
      lossLines(state.history, {
        total: vscode.l10n.t('total'),
        tv: vscode.l10n.t('tv'),
        content: vscode.l10n.t('content'),
        style: vscode.l10n.t('style'),
      }),
      { title: vscode.l10n.t('Losses'), evaluations: vscode.l10n.t('Evaluations') },
    ),
    framesTitle: vscode.l10n.t('How it developed'),
    frames: await present(
      frames.map(async ({ file: frame, step }) => ({
        caption: vscode.l10n.t('Step {0}', step),
        source: await dataUri(path.join(folder, frame)),
      })),
    ),
    recipeTitle: vscode.l10n.t('Recipe'),
    recipe: JSON.stringify(toStored(portableRecipe(recipe, path.dirname(file))), undefined, 2),
  });
  await writeWhole(file, page);
}

/**
 * Writes a run into a folder: the recipe, the losses as CSV, the page, the pictures and the previews.
 * @param wanted absolute path of a folder that is not there, or empty; for one that holds anything the next free name
 * is taken
 * @returns the folder
 */
export async function exportFolder(run: Run, wanted: string, exporting: Exporting): Promise<string> {
  const { recipe, state } = run;
  const folder = await freeFolder(wanted);
  await fs.mkdir(path.join(folder, 'frames'), { recursive: true });
  const { portableRecipe, readStepRecords, toStored } = await import('../deferred');
  const text = JSON.stringify(toStored(portableRecipe(recipe, folder)), undefined, 2);
  await writeWhole(path.join(folder, 'recipe.atelier.json'), `${text}\n`);
  const steps = readStepRecords(path.join(run.folder, jobFiles.steps));
  await writeWhole(path.join(folder, 'losses.csv'), lossesCsv(steps));
  const shown = newestPicture(run);
  const copies: (readonly [string, string])[] = [
    [recipe.content, `content${path.extname(recipe.content)}`],
    ...recipe.styles.map(({ image }, index) => {
      const file = styleFile(image);
      return [file, `style-${index + 1}${path.extname(file)}`] as const;
    }),
    ...state.frames.map(
      ({ file }) => [path.join(run.folder, file), path.join('frames', path.basename(file))] as const,
    ),
  ];
  if (shown !== undefined) copies.push([await resultOf(run, shown), `result${path.extname(shown)}`]);
  // A source that is gone does not keep the rest from being exported.
  await Promise.all(
    copies.map(([from, to]) => fs.copyFile(from, path.join(folder, to)).catch(() => undefined)),
  );
  await exportPage(run, path.join(folder, 'index.html'), exporting);
  return folder;
}

async function freeFolder(wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const folder = n === 1 ? wanted : `${wanted}-${n}`;
    // What is a file counts as taken.
    const names = await fs
      .readdir(folder)
      .catch(({ code }: NodeJS.ErrnoException) => (code === 'ENOENT' ? [] : [code]));
    if (names.length === 0) return folder;
  }
}

/** The finished picture in the job folder, which nobody can have moved; else what is newest. */
export async function resultOf({ folder }: Run, shown: string): Promise<string> {
  const kept = path.join(folder, jobFiles.result);
  const isThere = await fs.access(kept).then(
    () => true,
    () => false,
  );
  return isThere && path.extname(shown).toLowerCase() === '.png' ? kept : shown;
}

/** Pictures that can be shown; those whose file is gone are left out. */
async function present(pictures: readonly Promise<PagePicture>[]): Promise<readonly PagePicture[]> {
  const settled = await Promise.allSettled(pictures);
  return settled.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []));
}

async function dataUri(file: string): Promise<string> {
  const type = path.extname(file) === '.webp' ? 'image/webp' : 'image/jpeg';
  return `data:${type};base64,${(await fs.readFile(file)).toString('base64')}`;
}

async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.part`);
  await fs.writeFile(unfinished, text);
  await fs.rename(unfinished, file);
}
