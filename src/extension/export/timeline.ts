import * as path from 'node:path';
import * as vscode from 'vscode';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { outputName } from '../../jobs/outputName';
import type { TimelineRequest } from '../../protocol/request';
import type { EngineOwner } from '../engine/engineOwner';
import type { Run } from '../runs/run';
import type { Settings } from '../settings';
import { suggestBeside } from './delivery';

/** Seconds from the first picture to the last, and those that the last one stays. */
const PACES = [4, 8, 16] as const;
const HOLD = 2;

/** Longest sides in pixels; previews have at most the largest. */
const SIZES = [512, 768, 1024, 256] as const;

/** Asks for pace, size and file, and has the timeline written there; nothing is done when the person gives up. */
export async function exportTimeline(run: Run, engine: EngineOwner, settings: Settings): Promise<void> {
  if (run.state.frames.length < 2)
    throw new AtelierError(
      'file-missing',
      msg`The run has kept too few previews (${run.state.frames.length}) for a timeline.`,
      { next: msg`Wait until more has been painted, or run it again.` },
    );
  const seconds = await choose(
    vscode.l10n.t('Timeline: pace'),
    PACES.map(value => ({
      label: vscode.l10n.t('{0} seconds', value),
      description: vscode.l10n.t('and {0} on the result', HOLD),
      value,
    })),
  );
  if (seconds === undefined) return;
  const size = await choose(
    vscode.l10n.t('Timeline: size'),
    SIZES.map(value => ({ label: vscode.l10n.t('{0} pixels', value), value })),
  );
  if (size === undefined) return;
  const { findFfmpeg } = await import('../deferred');
  const { name } = path.parse(outputName(run.recipe));
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export the timeline'),
    defaultUri: suggestBeside(run.recipe.content, `${name}-timeline.webp`, settings),
    filters: { WebP: ['webp'], GIF: ['gif'], ...(findFfmpeg() === undefined ? {} : { MP4: ['mp4'] }) },
  });
  if (target === undefined) return;
  const file = await write({ job: run.folder, to: target.fsPath, seconds, size, hold: HOLD }, engine);
  if (file === undefined) return;
  const open = vscode.l10n.t('Open');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t('Exported {0}', path.basename(file)),
    open,
  );
  if (pressed === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

async function choose<T>(
  title: string,
  items: readonly (vscode.QuickPickItem & { readonly value: T })[],
): Promise<T | undefined> {
  return (await vscode.window.showQuickPick(items, { title }))?.value;
}

/** The file that was written; undefined when the person has stopped it. */
async function write(timeline: TimelineRequest, engine: EngineOwner): Promise<string | undefined> {
  const title = vscode.l10n.t('Exporting the timeline');
  const shown = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(shown, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort();
    });
    let before = 0;
    const onProgress = (done: number, total: number): void => {
      const percent = (100 * done) / total;
      progress.report({ increment: percent - before });
      before = percent;
    };
    try {
      const asked = { onProgress, signal: abort.signal };
      return (await engine.ask({ type: 'exportTimeline', timeline }, asked)).file;
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      throw error;
    }
  });
}
