import * as z from 'zod/mini';
import type { ErrorCode } from '../errors';
import type { Phrase } from '../phrase';
import { text } from './schema';

/** A text for people, in a form that can be translated. */
export const phraseSchema: z.ZodMiniType<Phrase> = z.object({
  template: text,
  values: z.array(z.union([text, z.number(), z.lazy(() => phraseSchema)])),
});

/** What people are told: what is wrong, and what to do next. */
export const explanationSchema = z.object({ message: phraseSchema, next: z.exactOptional(phraseSchema) });

/** An error as it crosses a process boundary, in English and in a form that can be translated. */
export const errorReport = z.object({
  code: z.custom<ErrorCode>(value => typeof value === 'string'),
  message: text,
  next: z.exactOptional(text),
  /** Absent where the message is not a sentence of ours. */
  explanation: z.exactOptional(explanationSchema),
});
