import * as z from 'zod/mini';
import type { Phrase } from './messages';

/** A phrase as it comes over the wire or out of a file. */
export const phraseSchema: z.ZodMiniType<Phrase> = z.object({
  template: z.string(),
  values: z.array(z.union([z.string(), z.number(), z.lazy(() => phraseSchema)])),
});

/** What people are told, in a form that can be translated. */
export const explanationSchema = z.object({
  message: phraseSchema,
  next: z.exactOptional(phraseSchema),
});
