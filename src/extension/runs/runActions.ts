import { promises as fs } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { AtelierError } from '../../common/errors';
import type { Look } from '../../protocol/look';
import type { Tuning } from '../../protocol/studio';
import type { EngineOwner } from '../engine/engineOwner';
import { copyWhole, openPage, revealFile, suggestBeside } from '../export/delivery';
import { exportFolder, exportPage, resultOf } from '../export/exportRun';
import { exportTimeline } from '../export/timeline';
import type { Previews } from '../previews';
import { locateImages } from '../recipes/movedImages';
import { tellRemark } from '../recipes/remark';
import { outputName } from '../../jobs/outputName';
import { writeRecipe } from '../recipes/writeRecipe';
import { RECIPE_ENDING, type RecipeStore } from '../recipes/recipeStore';
import type { Settings } from '../settings';
import { controlsOf, tunedControls } from '../studio/controls';
import { withLook } from '../stylize/look';
import type { Discarding } from './discarding';
import { isBeforeLastScale, isIdle, newestPicture, wasBegun, type Run } from './run';
import type { Runs } from './runs';
import { runTitle, savedName } from './runTitle';
import { msg } from '../../common/messages';

/** What people do with a run, from wherever they see it. */
export class RunActions {
  constructor(
    private readonly runs: Runs,
    readonly engine: EngineOwner,
    readonly previews: Previews,
    private readonly recipes: RecipeStore,
    private readonly settings: Settings,
    private readonly discarding: Discarding,
  ) {}

  /** Goes on from the checkpoint; `tuning` are strengths that were changed meanwhile. */
  async resume(run: Run, tuning?: Tuning): Promise<void> {
    tellRemark(run.remark);
    const resumed = await this.runs.resume(run.folder);
    this.runs.show(resumed);
    if (tuning !== undefined) await this.runs.retune(run.folder, tuning);
  }

  /**
   * Another run of the same recipe, with other strengths and another look where given. Images that have moved since are asked for;
   * nothing is done when the person gives up.
   */
  async repeat({ recipe, remark }: Run, tuning: Tuning = {}, look: Look = {}): Promise<void> {
    const { output: _output, ...asked } = recipe;
    const [located] = (await locateImages([asked])) ?? [];
    if (located === undefined) return;
    tellRemark(remark);
    const tuned = { ...located, ...tunedControls(controlsOf(recipe), tuning) };
    this.runs.show(await this.runs.start(withLook(tuned, look)));
  }

  /** Opens the result in the image editor, where it can be compared; the studio where there is none yet. */
  async open(run: Run): Promise<void> {
    const { output } = run.state;
    if (output === undefined) this.runs.show(await this.runs.open(run.folder));
    else
      await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(output), 'atelier.imageEditor');
  }

  /** Opens the photograph with its painting over it. */
  async compare({ recipe }: Run): Promise<void> {
    const content = vscode.Uri.file(recipe.content);
    await vscode.commands.executeCommand('vscode.openWith', content, 'atelier.imageEditor');
  }

  /** Has runs that have failed painted once more, from their checkpoints where they have any. */
  async retry(runs: readonly Run[]): Promise<void> {
    for (const { folder } of runs) await this.runs.resume(folder);
  }

  /** Shows the result's file, or the job folder's newest picture, where files are shown. */
  async reveal(run: Run): Promise<void> {
    const file = newestPicture(run);
    if (file === undefined) throw noPicture(run);
    await revealFile(file);
  }

  /**
   * Saves the picture under a name that the person chooses.
   * @param step of the preview to save; the result, or the newest preview, where absent
   */
  async saveAs(run: Run, step?: number): Promise<void> {
    const frame = step === undefined ? undefined : run.state.frames.find(one => one.step === step);
    const shown = frame === undefined ? newestPicture(run) : path.join(run.folder, frame.file);
    if (shown === undefined) throw noPicture(run);
    const from = frame === undefined ? await resultOf(run, shown) : shown;
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save the picture'),
      defaultUri: suggestBeside(
        run.recipe.content,
        outputName(run.recipe, this.settings.naming),
        this.settings,
      ),
      filters: { PNG: ['png'], JPEG: ['jpg', 'jpeg'], WebP: ['webp'] },
    });
    if (target === undefined) return;
    const to = target.fsPath;
    // A copy keeps the recipe inside; another format is made by the engine.
    if (path.extname(from).toLowerCase() === path.extname(to).toLowerCase()) await copyWhole(from, to);
    else await this.engine.ask({ type: 'convert', image: from, to, side: 0 });
    vscode.window.setStatusBarMessage(vscode.l10n.t('Saved {0}', path.basename(to)), 4000);
    // A preview is not the painting; and what has a file keeps it.
    const isResult = frame === undefined && isIdle(run) && (run.state.output ?? run.state.kept) !== undefined;
    if (isResult && savedName(run) === undefined) await this.runs.noteSaved(run.folder, to);
  }

  /** Exports how the painting came to be as an animated picture. */
  async exportTimeline(run: Run): Promise<void> {
    await exportTimeline(await this.runs.open(run.folder), this.engine, this.settings);
  }

  /** Exports the run as a folder, as one page, or as an animated picture, as the person chooses. */
  async export(run: Run): Promise<void> {
    const whole = await this.runs.open(run.folder);
    const page = vscode.l10n.t('One HTML page');
    const folder = vscode.l10n.t('A folder with pictures, curves and recipe');
    const timeline = vscode.l10n.t('Timeline: an animation of how it developed');
    const form = await vscode.window.showQuickPick([page, folder, timeline], {
      title: vscode.l10n.t('Export the run as'),
    });
    if (form === undefined) return;
    if (form === timeline) return this.exportTimeline(whole);
    const { name } = path.parse(outputName(run.recipe));
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export the run'),
      defaultUri: suggestBeside(
        run.recipe.content,
        form === page ? `${name}.html` : `${name}-run`,
        this.settings,
      ),
      ...(form === page ? { filters: { HTML: ['html'] } } : {}),
    });
    if (target === undefined) return;
    let written = target.fsPath;
    if (form === page) await exportPage(whole, written, this);
    else written = await exportFolder(whole, written, this);
    const open = vscode.l10n.t('Open');
    const exported = vscode.l10n.t('Exported {0}', path.basename(written));
    const pressed = await vscode.window.showInformationMessage(exported, open);
    if (pressed === open)
      await openPage(vscode.Uri.file(form === page ? written : path.join(written, 'index.html')));
  }

  /** Saves what was asked as a recipe file that can be run again, for these or other images. */
  async saveRecipe({ recipe }: Run): Promise<void> {
    await fs.mkdir(this.recipes.ownFolder, { recursive: true });
    const { name } = path.parse(recipe.content);
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save as recipe'),
      defaultUri: vscode.Uri.file(path.join(this.recipes.ownFolder, `${name}${RECIPE_ENDING}`)),
      filters: { [vscode.l10n.t('Atelier recipe')]: ['atelier.json'] },
    });
    if (target === undefined) return;
    const { portableRecipe, toStored } = await import('../deferred');
    const portable = portableRecipe(recipe, path.dirname(target.fsPath));
    const text = JSON.stringify(toStored(portable), undefined, 2);
    const written = await writeRecipe(target, `${text}\n`);
    // Somewhere else than where recipes are watched for, perhaps for the first time.
    await vscode.commands.executeCommand('atelier.refreshRecipes');
    await vscode.window.showTextDocument(written);
  }

  /** Stops the run; asks what is to become of the picture while that is smaller than what was asked for. */
  async stop(run: Run): Promise<void> {
    if (!isBeforeLastScale(run)) return this.runs.stop(run.folder, true);
    const keep = { label: vscode.l10n.t('Keep as it is'), act: () => this.runs.stop(run.folder, true) };
    const finish = { label: vscode.l10n.t('Finish at this size'), act: () => this.runs.finish(run.folder) };
    const discard = { label: vscode.l10n.t('Discard'), act: () => this.discard([run]) };
    const choices = wasBegun(run) ? [keep, finish, discard] : [finish, discard];
    const chosen = await vscode.window.showQuickPick(choices, {
      title: vscode.l10n.t('Stop "{0}"', runTitle(run)),
      placeHolder: vscode.l10n.t('The painting has not reached its full size'),
    });
    await chosen?.act();
  }

  /** Takes the runs away; for ten seconds they can be had back. Saved pictures stay. */
  async discard(runs: readonly Run[]): Promise<void> {
    await this.discarding.discard(runs);
  }

  /** Takes runs that wait, or start, out of the queue. */
  async cancel(runs: readonly Run[]): Promise<void> {
    await this.discarding.cancel(runs);
  }

  /** Discards runs that nobody works on. Agreed to first is only what takes a finished painting along. */
  async delete(runs: readonly Run[]): Promise<void> {
    const onlyCopies = runs.filter(({ state }) => state.output === undefined && state.kept !== undefined);
    const [first] = onlyCopies;
    if (first !== undefined) {
      const agree = vscode.l10n.t('Delete');
      const answer = await vscode.window.showWarningMessage(
        onlyCopies.length === 1
          ? vscode.l10n.t('Delete the run "{0}"?', runTitle(first))
          : vscode.l10n.t('Delete {0} runs?', runs.length),
        {
          modal: true,
          detail: vscode.l10n.t('Paintings not saved elsewhere are deleted, too.'),
        },
        agree,
      );
      if (answer !== agree) return;
    }
    await this.discard(runs);
  }
}

function noPicture(run: Run): AtelierError {
  return new AtelierError('file-missing', msg`The run "${runTitle(run)}" has no picture yet.`);
}
