import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { FigureEvent } from '../../protocol/figureEvent';
import type { FigureInput } from '../../protocol/request';
import { reportError } from '../../common/errors';
import type { EngineOwner } from '../engine/engineOwner';
import type { Settings } from '../settings';
import { figureFromDisk, isActive, reduceFigure, type Figure } from './figure';

/** Reading figures needs their schema, which is not worth loading before somebody makes one. */
const storedFigure = () => import('../deferred');

/** An engine that goes, with the window before a reload, lets go of its figure within this time, in milliseconds. */
const RELEASE_MS = 10_000;
const LOOK_AGAIN = 400;

/** The figures of the storage, and the one place that makes and stops them. */
export class Figures implements vscode.Disposable {
  private readonly figures = new Map<string, Figure>();
  private readonly changed = new vscode.EventEmitter<{
    readonly figure: Figure;
    readonly event?: FigureEvent;
  }>();
  private readonly listening: vscode.Disposable;

  /** A figure has another state; with the event that brought it, if one did. */
  readonly onDidChange = this.changed.event;

  private readonly asked = new vscode.EventEmitter<Figure>();

  /** Somebody wants to see a figure. */
  readonly onDidAskToShow = this.asked.event;

  constructor(
    private readonly engine: EngineOwner,
    private readonly settings: Settings,
  ) {
    this.listening = engine.onDidReceiveFigureEvent(({ figure, event }) => {
      this.hear(figure, event);
    });
  }

  /** The folder of all figures: the only one of ours that the panels read them from. */
  get folder(): string {
    return path.join(this.settings.storage, 'figures');
  }

  /** Those that this window's engine makes, or will. */
  get active(): readonly Figure[] {
    return [...this.figures.values()].filter(isActive);
  }

  show(figure: Figure): void {
    this.asked.fire(figure);
  }

  get(folder: string): Figure | undefined {
    return this.figures.get(folder);
  }

  /** The figure that is asked for: one that is there already goes on where it was left. */
  async start(input: FigureInput): Promise<Figure> {
    const { figure: folder } = await this.engine.ask({ type: 'findFigure', input });
    const figure = await this.open(folder);
    return figure.status === 'done' || isActive(figure) ? figure : this.resume(folder);
  }

  /** The figure in a folder. Throws `file-missing` or `job-corrupt`. */
  async open(folder: string): Promise<Figure> {
    const known = this.figures.get(folder);
    if (known !== undefined && isActive(known)) return known;
    const { readFigure } = await storedFigure();
    const figure = this.put(figureFromDisk(readFigure(folder)));
    // Where it is gone meanwhile, there is nothing to look at.
    if (figure.elsewhere) void this.watch(folder).catch(() => undefined);
    return figure;
  }

  /** Makes what is missing. */
  async resume(folder: string): Promise<Figure> {
    const figure = await this.open(folder);
    this.put({ ...figure, status: 'waiting', here: true, elsewhere: false, error: undefined });
    try {
      await this.engine.makeFigure(folder);
    } catch (error) {
      this.hear(folder, { event: 'failed', error: reportError(error) });
    }
    return this.figures.get(folder) ?? figure;
  }

  /** Stops at the next evaluation; finished pictures are kept. */
  async stop(folder: string): Promise<void> {
    await this.engine.ask({ type: 'stopFigure', figure: folder });
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
    this.asked.dispose();
  }

  /** Looks again until whoever has the figure has let go of it, as the engine before a reload does. */
  private async watch(folder: string): Promise<void> {
    const { readFigure } = await storedFigure();
    for (const end = Date.now() + RELEASE_MS; Date.now() < end;) {
      await sleep(LOOK_AGAIN);
      if (this.figures.get(folder)?.elsewhere !== true) return;
      const figure = figureFromDisk(readFigure(folder));
      if (!figure.elsewhere) {
        this.changed.fire({ figure: this.put(figure) });
        return;
      }
    }
  }

  private hear(folder: string, event: FigureEvent): void {
    const before = this.figures.get(folder);
    if (before === undefined) return;
    this.changed.fire({ figure: this.put(reduceFigure(before, event)), event });
  }

  private put(figure: Figure): Figure {
    this.figures.set(figure.folder, figure);
    return figure;
  }
}
