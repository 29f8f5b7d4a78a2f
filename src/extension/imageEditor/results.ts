import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { recipeIn } from '../../images/recipe';
import { jobFiles } from '../../jobs/jobFiles';
import { isActive } from '../../jobs/state';
import type { ResultInfo } from '../../protocol/imageEditor';
import { newestPicture, type Run } from '../runs/run';
import { stylesTitle } from '../runs/runTitle';
import { presentStatus } from '../runs/statusText';
import { controlsBehind } from '../studio/controls';

/** A painting made of an image, and where it is. */
export interface Result {
  readonly info: ResultInfo;
  /** Absolute path of the picture for people; the studio shows what has none yet. */
  readonly saved: string | undefined;
  /** Job folder, where the run is still known. */
  readonly folder?: string;
}

/** The paintings of an image that the runs know, newest first; those without any picture are left out. */
export function resultsOfRuns(
  image: string,
  runs: readonly Run[],
  toUri: (file: string) => string,
): readonly Result[] {
  return runs.flatMap((run): Result[] => {
    const { folder, recipe, state } = run;
    const picture = newestPicture(run);
    if (picture === undefined || path.resolve(recipe.content) !== path.resolve(image)) return [];
    const saved = state.output ?? state.kept;
    const running = run.here && isActive(state);
    const detail = `${stylesTitle(recipe)} · α/β ${Number(ratioOf(run).toPrecision(3))} · ${presentStatus(state.status)}`;
    const shown = saved === undefined || running ? newestFrame(run) : path.join(folder, jobFiles.result);
    if (shown === undefined) return [];
    return [
      {
        info: {
          id: folder,
          uri: `${toUri(shown)}?v=${state.step}`,
          name: saved === undefined ? vscode.l10n.t('Preview') : path.basename(saved),
          detail,
          running,
        },
        saved,
        folder,
      },
    ];
  });
}

/**
 * Paintings beside the image that carry a recipe for it, though their runs are gone; newest first.
 * @param except absolute paths that the runs know
 */
export async function resultsBeside(
  image: string,
  except: ReadonlySet<string>,
  toUri: (file: string) => string,
): Promise<readonly Result[]> {
  const { dir, name } = path.parse(image);
  const names = await fs.readdir(dir).catch(() => []);
  const candidates = names
    .filter(one => one.startsWith(`${name}-`) && /\.(png|jpe?g|webp)$/i.test(one))
    .map(one => path.join(dir, one))
    .filter(file => !except.has(file));
  const found = await Promise.all(
    candidates.map(async file => {
      const stat = await fs.stat(file).catch(() => undefined);
      if (stat === undefined || (await contentIn(file)) !== path.resolve(image)) return undefined;
      const detail = new Date(stat.mtimeMs).toLocaleString(vscode.env.language);
      const uri = `${toUri(file)}?v=${stat.mtimeMs}`;
      const info = { id: file, uri, name: path.basename(file), detail, running: false };
      return { time: stat.mtimeMs, result: { info, saved: file } };
    }),
  );
  return found
    .filter(one => one !== undefined)
    .sort((a, b) => b.time - a.time)
    .map(({ result }) => result);
}

/** The absolute path of the content image that a painting's recipe names. */
export async function contentIn(painting: string): Promise<string | undefined> {
  try {
    const { content } = JSON.parse((await recipeIn(painting)) ?? '{}') as { content?: unknown };
    return typeof content === 'string' ? path.resolve(path.dirname(painting), content) : undefined;
  } catch {
    return undefined;
  }
}

/** As the painting was finished with it: it may have been changed while it was painted. */
function ratioOf({ recipe, state }: Run): number {
  const last = state.retunings.at(-1);
  return last === undefined ? recipe.ratio : controlsBehind(last.strengths, recipe).ratio;
}

function newestFrame({ folder, state }: Run): string | undefined {
  const frame = state.frames.at(-1);
  return frame && path.join(folder, frame.file);
}
