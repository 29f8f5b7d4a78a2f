import * as vscode from 'vscode';
import { registerCommands } from '../registerCommands';
import type { Services } from '../services';
import { Studio } from './studio';
import { handleStudioRequest } from './studioRequests';

/** The panel that shows a run. */
export function activate(services: Services): vscode.Disposable {
  const { runs, memory, log } = services;
  const handle: ConstructorParameters<typeof Studio>[0]['handle'] = (request, shown) =>
    handleStudioRequest(request, shown, services);
  const studio = new Studio({ ...services, handle }, memory);
  const commands = {
    openStudio: async () => {
      const [active] = runs.active;
      studio.show(
        studio.run === undefined && active !== undefined ? await runs.open(active.folder) : undefined,
      );
    },
    copyImage: () => {
      studio.copyImage();
    },
  };
  return vscode.Disposable.from(studio, registerCommands(commands, log));
}
