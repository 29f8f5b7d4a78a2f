import * as z from 'zod';

const amount = z.number().nonnegative().catch(0);

/** What a worker tells of a painting, read with care: it comes from elsewhere. */
const schema = z
  .object({ step: amount, totalSteps: amount, seconds: amount })
  .catch({ step: 0, totalSteps: 0, seconds: 0 });

/** How far a painting is; what is not told is 0. */
export type PaintingProgress = z.output<typeof schema>;

export function readProgress(value: unknown): PaintingProgress {
  return schema.parse(value);
}
