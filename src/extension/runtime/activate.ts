import type * as vscode from 'vscode';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { RuntimeActions } from './runtimeActions';

/** The CUDA runtime: installing and removing it. */
export function activate({ engine, settings, log }: Services): vscode.Disposable {
  const runtime = new RuntimeActions(engine, settings);
  return registerCommands(
    { installCudaRuntime: () => runtime.install(), removeCudaRuntime: () => runtime.remove() },
    log,
  );
}
