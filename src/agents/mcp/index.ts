import { reportError, type ErrorReport } from '../../common/errors';
import type { EngineSettings } from '../../protocol/request';
import { Access } from '../access';
import { DetachedPainters } from '../detachedPainters';
import { serveTools } from './serve';

/**
 * `atelier mcp`, which is a bundle of its own, loaded by that command alone: its errors are others than the command
 * line's, and so are told as plain data.
 * @param roots folders that agents are held to; none for no limits
 * @returns why nothing could be served, if so; else when the client has gone
 */
export async function serveAgents(
  roots: readonly string[],
  settings: EngineSettings,
): Promise<ErrorReport | undefined> {
  try {
    await serveTools(new Access(roots), new DetachedPainters(settings));
    return undefined;
  } catch (error) {
    return reportError(error);
  }
}
