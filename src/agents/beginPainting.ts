import { checkOutput } from '../jobs/output';
import { requireWritable } from '../jobs/outputPlace';
import type { PaintingInput } from './inputs';
import { recipeOf } from './recipeOf';
import type { Call } from './tool';

/**
 * Begins a painting, of which nothing is written before what it asks for is known to be good.
 * @param stopsWithAgent whether it stops when the agent's program goes away
 * @returns the job's folder
 * @throws `usage`, `recipe-invalid`, `write-failed`, and the errors of `Access` and of `Painters.start`
 */
export async function beginPainting(
  asked: PaintingInput,
  { access, painters, signal }: Call,
  stopsWithAgent = false,
): Promise<string> {
  const recipe = recipeOf(asked, 'stylize_image', access);
  requireWritable(recipe);
  checkOutput(recipe);
  return painters.start(recipe, stopsWithAgent, signal);
}
