import * as vscode from 'vscode';
import { version } from '../../common/version';
import { resourcePath } from '../../common/resources';
import type { Settings } from '../settings';
import { workspaceFolders } from './workspaceFolders';

/** The provider's name in the manifest. */
const ID = 'atelier.agents';

/**
 * Offers `atelier mcp` to VS Code, held to the folders of the workspace: none without a folder, and in a workspace that
 * is not trusted.
 */
export function registerServer(settings: Settings): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const tell = (): void => {
    changed.fire();
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(tell),
    vscode.workspace.onDidGrantWorkspaceTrust(tell),
    settings.onDidChangeEngine(tell),
    settings.onDidChangeStorage(tell),
    vscode.lm.registerMcpServerDefinitionProvider(ID, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => serversOf(settings),
    }),
  );
}

function serversOf({ engine, node, storage }: Settings): vscode.McpStdioServerDefinition[] {
  const folders = workspaceFolders();
  if (folders.length === 0 || !vscode.workspace.isTrusted) return [];
  const { device, threads, tensorflow } = engine;
  const given = [
    ...['mcp', '--device', device, '--threads', String(threads)],
    ...(tensorflow === undefined ? [] : ['--tensorflow', tensorflow]),
    ...['--root', ...folders],
  ];
  return [
    new vscode.McpStdioServerDefinition(
      'Atelier',
      node ?? process.execPath,
      [resourcePath('dist/cli.js'), ...given],
      // Electron's binary is then Node.
      { ELECTRON_RUN_AS_NODE: '1', ATELIER_STORAGE: storage },
      version,
    ),
  ];
}
