import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AtelierApi, FinishedPainting, PaintingRequest } from '../../../api/atelier';
import { AtelierError } from '../../common/errors';
import { msg } from '../../common/messages';
import { isActive } from '../../jobs/state';
import type { Painters } from '../../agents/tool';
import { problemOf } from '../problems';
import type { Run } from '../runs/run';
import type { Services } from '../services';

/** What the extension exports: see api/atelier.d.ts. */
export class Api implements AtelierApi, vscode.Disposable {
  private readonly ended = new vscode.EventEmitter<FinishedPainting>();
  private readonly listener: vscode.Disposable;
  readonly onDidFinish = this.ended.event;

  constructor(
    private readonly runs: Services['runs'],
    private readonly painters: Painters,
  ) {
    this.listener = runs.onDidReceiveEvent(({ run, event }) => {
      if (!isActive(run.state) && endings.has(event.event)) this.ended.fire(finishedOf(run));
    });
  }

  readonly stylize: AtelierApi['stylize'] = async request => {
    const { Access, beginPainting, checkInput } = await import('../deferred');
    const call = { access: new Access([]), painters: this.painters, signal: new AbortController().signal };
    const {
      wait: _wait,
      onDisconnect: _onDisconnect,
      ...asked
    } = checkInput('stylize_image', inputOf(request));
    const folder = await beginPainting(asked, call);
    const run = this.runs.get(folder);
    if (run === undefined) throw new AtelierError('internal', msg`the run is unknown`);
    return { run: path.basename(folder), finished: this.endOf(run) };
  };

  dispose(): void {
    this.listener.dispose();
    this.ended.dispose();
  }

  private endOf(run: Run): Promise<FinishedPainting> {
    if (!isActive(run.state)) return Promise.resolve(finishedOf(run));
    return new Promise(resolve => {
      const listener = this.onDidFinish(finished => {
        if (finished.run !== path.basename(run.folder)) return;
        listener.dispose();
        resolve(finished);
      });
    });
  }
}

const endings: ReadonlySet<string> = new Set(['done', 'stopped', 'failed', 'interrupted']);

function inputOf({ content, styles, output, recipe, ...asked }: PaintingRequest): object {
  return {
    ...recipe,
    ...asked,
    content: content.fsPath,
    styles: styles.map(style => ({ image: typeof style === 'string' ? style : style.fsPath, weight: 1 })),
    ...(output === undefined ? {} : { output: output.fsPath }),
  };
}

function finishedOf({ folder, recipe, state }: Run): FinishedPainting {
  const { output, error } = state;
  return {
    run: path.basename(folder),
    state: state.status as FinishedPainting['state'],
    content: vscode.Uri.file(recipe.content),
    ...(output === undefined ? {} : { output: vscode.Uri.file(output) }),
    ...(error === undefined ? {} : { problem: problemOf(error).sentence }),
  };
}
