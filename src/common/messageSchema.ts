import * as z from 'zod/mini';
import type { Message } from './messages';

/** A message as it comes over the wire or out of a file. */
export const messageSchema: z.ZodMiniType<Message> = z.object({
  template: z.string(),
  values: z.array(z.union([z.string(), z.number(), z.lazy(() => messageSchema)])),
});

/** What people are told, in a form that can be translated. */
export const explanationSchema = z.object({
  message: messageSchema,
  next: z.exactOptional(messageSchema),
});
