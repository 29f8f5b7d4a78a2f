import * as path from 'node:path';
import * as vscode from 'vscode';
import { emptyHistory } from '../../jobs/history';
import type { Frame as JobFrame } from '../../jobs/state';
import { valueIn } from '../../recipe/settingList';
import type { Picture } from '../../protocol/page';
import { studioStrings } from '../../protocol/strings';
import type { Controls, Frame, RunSummary as ShownRun, Snapshot } from '../../protocol/studio';
import type { Status } from '../../protocol/run';
import type { Run } from '../runs/run';
import { lookControls, lookOf } from '../stylize/look';
import { localized } from '../texts';
import { localize } from '../wording';
import { controlsOf, marksOf } from './controls';
import type { RecipePictures } from './pictures';

/** Turns an absolute path into something the webview may load. */
export type ToUri = (file: string) => string;

/** A picture that is still being made, or cannot be: one transparent pixel. */
const NO_PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

export interface SnapshotSource {
  readonly run: Run;
  readonly pictures: RecipePictures;
  readonly controls: Controls;
  readonly status: Status;
  readonly insights: Pick<Snapshot, 'reconstructions' | 'insights'>;
}

/** Everything the panel needs to show a run, or that there is none. */
export function snapshotOf(shown: SnapshotSource | undefined, toUri: ToUri): Snapshot {
  const words = { strings: localized(studioStrings), locale: vscode.env.language, look: lookControls() };
  if (shown === undefined)
    return { ...words, frames: [], history: emptyHistory, marks: [], reconstructions: [], insights: [] };
  const { run, controls, status } = shown;
  return {
    ...words,
    run: runOf(shown, toUri),
    status,
    controls,
    frames: run.state.frames.map(frame => frameOf(run, frame, toUri)),
    history: run.state.history,
    marks: marksOf(run.state.retunings, run.recipe),
    ...shown.insights,
  };
}

/** A preview with an address. */
export function frameOf({ folder }: Run, { file, step, scale }: JobFrame, toUri: ToUri): Frame {
  return { uri: toUri(path.join(folder, file)), step, scale };
}

function runOf({ run, pictures }: SnapshotSource, toUri: ToUri): ShownRun {
  const { folder, recipe } = run;
  const picture = ({ name, file }: RecipePictures['content']): Picture => ({
    name,
    uri: file === undefined ? NO_PICTURE : toUri(file),
  });
  return {
    id: folder,
    content: picture(pictures.content),
    styles: pictures.styles.map(picture),
    model: localize(valueIn(recipe, 'model')),
    statistics: localize(valueIn(recipe, 'statistics')),
    recipeName: recipe.name,
    contentLayers: Object.keys(recipe.contentLayers),
    styleLayers: Object.keys(recipe.styleLayers),
    controls: controlsOf(recipe),
    look: lookOf(recipe),
    fixedStatistics: recipe.objective === 'paper',
  };
}
