/** What the messages of all pages are made of. */
import * as z from 'zod/mini';
import { text, type AnyOf, type Of } from './schema';

/**
 * A picture to show: `uri` comes from `asWebviewUri`, never a path; a changed file needs a changed query. An empty
 * one is a picture that is not there yet: small ones show an icon instead.
 */
export const picture = z.object({
  uri: text,
  name: text,
  /** A small version for strips and buttons; `uri` is used where it is absent. */
  thumbnail: z.optional(text),
});
export type Picture = Of<typeof picture>;

/** A button; pressing it sends `{ type: 'action', action: id }`. */
const problemAction = z.object({ id: text, label: text });
export type ProblemAction = Of<typeof problemAction>;

/** Something to tell the person: a sentence, what to do next, and buttons for it. All texts are localized. */
export const problem = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  sentence: text,
  next: z.optional(text),
  actions: z.array(problemAction),
});
export type Problem = Of<typeof problem>;

/** A BCP 47 tag, for numbers. */
export const locale = text.check(
  z.refine(tag => {
    try {
      return Intl.getCanonicalLocales(tag).length === 1;
    } catch {
      return false;
    }
  }),
);

/** Texts under all the names that these have. */
// @__NO_SIDE_EFFECTS__
export function textsLike<T extends object>(english: T): z.ZodMiniObject<Record<keyof T, typeof text>> {
  const names = Object.keys(english) as (keyof T)[];
  return z.object(Object.fromEntries(names.map(each => [each, text])) as Record<keyof T, typeof text>);
}

/** What a page asks when an image is dropped on it. */
export const drops = {
  /** URIs from the explorer, as text. */
  dropStyle: { uris: z.array(text) },
  /** A file from outside VS Code: its encoded bytes, as they lay on disk. */
  dropFile: { name: text, bytes: z.custom<Uint8Array>(value => value instanceof Uint8Array) },
  /** A file from outside is larger than 64 MiB and was not read. */
  dropRefused: { name: text },
} as const;
export type Dropped = AnyOf<typeof drops>;

/** The page put the picture on the clipboard, or could not, with the reason. */
export const copied = { error: z.optional(text) } as const;
