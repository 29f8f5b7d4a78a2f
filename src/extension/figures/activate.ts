import * as vscode from 'vscode';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { figureCommands } from './figureCommands';
import { tellFigureEndings } from './figureEndings';
import { FigureFlow } from './figureFlow';
import { FigurePanels } from './figurePanels';
import { handleFigureRequest } from './figureRequests';

/** The figures of the paper, made from images and runs. */
export function activate(services: Services): vscode.Disposable {
  const { engine, figures, flow, recent, runs, memory, settings, log } = services;
  const figureFlow = new FigureFlow(engine, figures, flow, recent, settings);
  const dependencies = { ...services, otherStarts: figureFlow.otherStarts.bind(figureFlow) };
  const panels = new FigurePanels(
    { ...services, handle: (request, figure) => handleFigureRequest(request, figure, dependencies) },
    settings,
  );
  return vscode.Disposable.from(
    panels,
    tellFigureEndings(figures, settings, figure => panels.isInSight(figure), log),
    registerCommands(figureCommands(figureFlow, figures, runs, memory), log),
  );
}
