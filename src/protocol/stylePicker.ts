/**
 * What the page on which a style is chosen and the extension host say to each other. The page says `ready` and gets one
 * `snapshot`; what is found later, and pictures that are made meanwhile, follow it.
 */
import * as z from 'zod/mini';
import { locale, textsLike } from './page';
import { flag, messages, name, text, type Of, type Read } from './schema';
import { stylePickerStrings } from './stylePickerStrings';

const item = z.object({
  /** As the host knows it: an absolute path, or `swatch:ID`. */
  id: name,
  /** A recipe brings its own styles, and is in no blend. */
  kind: z.enum(['style', 'recipe']),
  name: text,
  /** Says more of it: what it is like, or its folder. */
  detail: text,
  /** Its picture; empty while there is none. */
  uri: text,
});
export type PickerItem = Of<typeof item>;

const section = z.object({ label: text, items: z.array(item) });
export type PickerSection = Of<typeof section>;

/** Whether several styles may be chosen: no, in equal shares, or in shares that are set. */
export const BLENDS = ['none', 'equal', 'shares'] as const;
export type Blend = (typeof BLENDS)[number];

const snapshot = z.object({
  strings: textsLike(stylePickerStrings),
  locale,
  title: text,
  blend: z.enum(BLENDS),
  /** Whether each of several styles may be given a painting of its own. */
  each: flag,
  /** Whether all styles may be tried on the image that is to be painted. */
  all: flag,
  /** The label of the button that changes the preset, where a painting begins with the answer. */
  preset: z.optional(text),
  sections: z.array(section),
  /** The workspace is being searched. */
  searching: flag,
});
export type PickerSnapshot = Of<typeof snapshot>;

/** Host → page. */
export const readStylePickerUpdate = messages({
  snapshot: { snapshot },
  /** A picture that was made since: of the items with this id. */
  picture: { id: name, uri: text },
});
export type StylePickerUpdate = Read<typeof readStylePickerUpdate>;

/** Page → host: intentions. */
export const readStylePickerRequest = messages({
  ready: {},
  choose: {
    /** Shares are relative to each other. */
    styles: z.array(z.object({ id: name, weight: z.number().check(z.positive()) })).check(z.minLength(1)),
    combine: z.enum(['blend', 'each']),
  },
  recipe: { id: name },
  browse: {},
  tryAll: {},
  preset: {},
  cancel: {},
});
export type StylePickerRequest = Read<typeof readStylePickerRequest>;
