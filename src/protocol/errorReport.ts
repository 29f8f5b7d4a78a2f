import * as z from 'zod/mini';
import type { ErrorCode } from '../common/errors';
import { explanationSchema } from '../common/messageSchema';
import { text } from './schema';

/** An error as it crosses a process boundary, in English and in a form that can be translated. */
export const errorReport = z.object({
  code: z.custom<ErrorCode>(value => typeof value === 'string'),
  message: text,
  next: z.exactOptional(text),
  /** Absent where the message is not a sentence of ours. */
  explanation: z.exactOptional(explanationSchema),
});
