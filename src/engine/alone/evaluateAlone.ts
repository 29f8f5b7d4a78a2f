import { reportError } from '../../common/errors';
import type { EvaluateReply, EvaluateRequest, JudgeReply, JudgeRequest } from './requests';

/** Evaluates one image in this process, answers its parent, and ends. */
export async function evaluateAlone({ image, recipe, size, settings }: EvaluateRequest): Promise<void> {
  await answer<EvaluateReply>(async () => {
    const { evaluateImage } = await import('../run/evaluate');
    const { requireRoom } = await import('../run/room');
    const losses = await evaluateImage(image, recipe, size, settings, ({ name }, plan) =>
      requireRoom({ file: image, plan }, settings.storage, name),
    );
    return { losses };
  });
}

/** Judges one painting in this process, answers its parent, and ends. */
export async function judgeAlone({ image, recipe, settings }: JudgeRequest): Promise<void> {
  await answer<JudgeReply>(async () => {
    const { judgePicture } = await import('../referee/referee');
    return { referee: await judgePicture(image, recipe, settings) };
  });
}

async function answer<Reply extends object>(find: () => Promise<Reply>): Promise<void> {
  // Nobody waits for it any more.
  process.on('disconnect', () => process.exit());
  const reply = await find().catch((error: unknown) => ({ error: reportError(error) }));
  process.send?.(reply, undefined, undefined, () => process.exit());
}
