import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { photograph } from '../../test/e2e/host/paintings';
import { packagedExtension } from '../../test/e2e/host/product';
import { Session } from '../../test/e2e/host/session';
import { StudioPanel } from '../../test/e2e/host/studio';
import { chooseInQuickInput } from '../../test/e2e/host/quickInput';
import type { Workbench } from '../../test/e2e/host/workbench';

/** Threads of the engine; as many as the promises are made for. */
export const THREADS = 2;

/** What a measure found. */
export interface Table {
  /** Heads of the columns, after the first one, which is the measure's name. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A line of a table of promises. */
export type Row = readonly [what: string, measured: string, promise: string];

export function promises(rows: readonly Row[]): Table {
  return { columns: ['measured', 'promised'], rows };
}

/** A window of VS Code with the product installed. */
export interface Stage {
  readonly session: Session;
  readonly window: Workbench;
  readonly studio: StudioPanel;
}

export async function startSession(): Promise<Session> {
  const session = await Session.start({
    vsix: packagedExtension(),
    files: { 'photo.jpg': photograph },
    machine: { 'atelier.threads': THREADS },
    browserFlags: ['--js-flags=--expose-gc', '--enable-precise-memory-info'],
  });
  fs.writeFileSync(path.join(session.workspace, 'note.txt'), 'a text\n');
  return session;
}

/** A new window in which webviews work at once. */
export async function openStage(session: Session): Promise<Stage> {
  const window = await session.window();
  await window.settleWebviews('photo.jpg');
  return { session, window, studio: new StudioPanel(window) };
}

/** Milliseconds from the choice of the style to the first preview on screen. */
export async function stylize({ window, studio }: Pick<Stage, 'window' | 'studio'>): Promise<number> {
  await window.explorer.menu('photo.jpg', 'Atelier', 'Stylize Image…');
  await window.page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  const start = performance.now();
  await chooseInQuickInput(window.page, 'Mosaic');
  await studio.paints();
  return performance.now() - start;
}

/** The tab of the studio that shows the photograph in the mosaic's style. */
export function studioTab({ page }: Workbench): Locator {
  return page.locator('.editor-group-container .tab').filter({ hasText: 'photo.jpg · Mosaic' }).last();
}

/** Says on the side what was measured so far: a measure takes minutes. */
export function note(measure: string, values: object): void {
  console.error(measure, JSON.stringify(values));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return ((low ?? NaN) + (high ?? NaN)) / 2;
}

/** All values of one kind, in the order in which they were measured. */
export function list(values: readonly number[], digits = 0): string {
  return values.map(value => value.toFixed(digits)).join(', ');
}
