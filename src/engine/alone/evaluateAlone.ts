import { reportError } from '../../common/errors';
import { evaluateImage } from '../run/evaluate';
import type { EvaluateReply, EvaluateRequest } from './requests';

/** Evaluates one image in this process, answers its parent, and ends. */
export async function evaluateAlone({ image, recipe, size, settings }: EvaluateRequest): Promise<void> {
  // Nobody waits for it any more.
  process.on('disconnect', () => process.exit());
  let reply: EvaluateReply;
  try {
    reply = { losses: await evaluateImage(image, recipe, size, settings) };
  } catch (error) {
    reply = { error: reportError(error) };
  }
  process.send?.(reply, undefined, undefined, () => process.exit());
}
