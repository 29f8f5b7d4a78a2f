import type * as vscode from 'vscode';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { ChosenImages } from './chosenImages';
import { imageCommands } from './imageCommands';

/** From images to paintings. */
export function activate({ flow, memory, log }: Services): vscode.Disposable {
  return registerCommands(imageCommands(flow, new ChosenImages(memory)), log);
}
