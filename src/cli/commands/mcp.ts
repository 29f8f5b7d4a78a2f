import { Command } from 'commander';
import { addDeviceOptions, settingsFrom, type DeviceOptions } from '../machineOptions';
import { failWith } from '../reporting/exit';

const about = `
The server speaks over standard input and output; an agent's program starts it. Without --root, agents may read what
you may read; results are new files, and nothing is ever overwritten.

Example, in the configuration of such a program:
  { "mcpServers": { "atelier": { "command": "atelier", "args": ["mcp", "--root", "/home/me/pictures"] } } }`;

export function mcpCommand(): Command {
  const command = new Command('mcp')
    .description('serve agents over the Model Context Protocol')
    .option('--root <folders...>', 'folders that agents read and write in, and nowhere else');
  return addDeviceOptions(command).addHelpText('after', about).action(serve);
}

async function serve({ root = [], ...options }: DeviceOptions & { readonly root?: string[] }): Promise<void> {
  const settings = { ...settingsFrom(options), mirror: '' };
  // Nobody else pays for the protocol.
  const { serveAgents } = await import('../../agents/mcp');
  const error = await serveAgents(root, settings);
  if (error !== undefined) failWith(error);
}
