import type * as vscode from 'vscode';
import type { AtelierApi } from '../../api/atelier';
import * as agents from './agents/activate';
import { Api } from './agents/api';
import { WindowPainters } from './agents/windowPainters';
import * as engine from './engine/activate';
import * as figures from './figures/activate';
import * as imageEditor from './imageEditor/activate';
import * as models from './models/activate';
import * as recipes from './recipes/activate';
import * as report from './report/activate';
import * as runs from './runs/activate';
import * as runtime from './runtime/activate';
import { createServices, type Services } from './services';
import { StatusBar } from './statusBar';
import * as studio from './studio/activate';
import * as stylize from './stylize/activate';

/** A feature registers its commands, views and panels. */
const features = [
  agents,
  stylize,
  imageEditor,
  studio,
  figures,
  runs,
  recipes,
  models,
  runtime,
  report,
  engine,
];

let services: Services | undefined;

/** Wires the features. Nothing is read, started or loaded before it is needed. Returns what other extensions may use. */
export function activate(context: vscode.ExtensionContext): AtelierApi {
  const began = performance.now();
  const made = createServices(context);
  services = made;
  const api = new Api(made.runs, new WindowPainters(made));
  context.subscriptions.push(
    api,
    ...features.map(feature => feature.activate(made)),
    new StatusBar(made.runs, made.figures, made.engine),
  );
  made.log.info(`Activated in ${(performance.now() - began).toFixed(1)} ms.`);
  return { stylize: api.stylize, onDidFinish: api.onDidFinish };
}

/** The window closes: the running job writes its checkpoint, and the engine goes. */
export async function deactivate(): Promise<void> {
  await services?.engine.close();
}
