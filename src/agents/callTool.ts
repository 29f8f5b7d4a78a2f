import type { Access } from './access';
import type { ToolName } from './names';
import { LONGEST_ANSWER, type Answer, type Painters } from './tool';
import { tools } from './tools';

/** What is left of the longest time for the way to the agent, in milliseconds. */
const MARGIN_MS = 500;

/**
 * Calls a tool with an input that its schema has passed.
 * @param given aborted when nobody waits for the answer any more
 * @throws the error that the agent is told
 */
export async function callTool(
  name: ToolName,
  input: unknown,
  access: Access,
  painters: Painters,
  given: AbortSignal,
): Promise<Answer> {
  const signal = AbortSignal.any([given, AbortSignal.timeout(1000 * LONGEST_ANSWER - MARGIN_MS)]);
  return tools[name].run(input, { access, painters, signal });
}
