/**
 * What the image editor's page and the extension host say to each other. The page says `ready` and gets one
 * `snapshot`; after it, only what changed.
 */
import * as z from 'zod/mini';
import { PRESETS } from '../recipe/presetNames';
import { EDITOR_COMMANDS } from './editorCommands';
import { lookControls, lookShape, statistic, wholeLook, type WholeLook } from './look';
import { copied, drops, locale, picture, problem, textsLike } from './page';
import { amount, flag, messages, name, text, type Of, type Read } from './schema';
import { imageEditorStrings } from './strings';

/** The image of this editor. Where `problem` is there, it is shown instead of the picture. */
const image = z.object({
  name: text,
  /** Something a browser can show: the file itself, or a converted or smaller copy of it. Empty with a problem. */
  uri: text,
  /** For example "PNG", "TIFF". */
  format: text,
  /** Size of the file. */
  bytes: amount,
  /** True size in pixels, as it is seen (orientation applied); the page asks the picture where it is absent. */
  width: z.optional(amount),
  height: z.optional(amount),
  problem: z.optional(problem),
});
export type ImageInfo = Of<typeof image>;

/** A painting made of this image. */
const result = z.object({
  ...picture.shape,
  id: text,
  /** What tells it from the others, localized: style and strength, for example. */
  detail: text,
  /** Still being painted: `uri` is its newest frame. */
  running: flag,
});
export type ResultInfo = Of<typeof result>;

/** A style that can be chosen. */
const style = z.object({ ...picture.shape, id: text });
export type StyleInfo = Of<typeof style>;

/** A run of this image, for the bar at the bottom. */
const run = z.object({
  /** Localized, for example "256 × 171, step 40 of 120". */
  label: text,
  /** 0 … 1, absent while unknown. */
  fraction: z.optional(z.number()),
  /** What it is painted with, where it takes another ratio now. */
  strength: z.optional(z.object({ ratio: amount, statistics: statistic })),
});
export type RunInfo = Of<typeof run>;

const preset = z.enum(PRESETS);

/** What *Stylize* starts with; what is absent of the look is the preset's. */
const choice = z.object({
  style: z.optional(text),
  preset,
  /** α/β. */
  ratio: amount,
  ...lookShape,
});
export type Choice = Of<typeof choice>;

/** The choice with all that the preset gives. */
export type WholeChoice = Omit<Choice, keyof WholeLook> & WholeLook;

/** A preset with what it gives. Texts are localized. */
const presetInfo = z.object({
  name: preset,
  label: text,
  detail: text,
  look: wholeLook,
  /** α/β with each statistic that it can have. */
  ratios: z.partialRecord(statistic, amount),
});
export type PresetInfo = Of<typeof presetInfo>;

/** What a painting of a size would cost here. All texts are localized. */
const estimate = z.object({
  /** The choice that it is for. */
  size: amount,
  /** For the bar: "370 MB · 40 s". */
  label: text,
  /** In a sentence. */
  sentence: text,
  /** Whether it is more than there is. */
  tooLarge: flag,
  /** Longest side of what would fit. */
  largest: amount,
});
export type SizeEstimate = Of<typeof estimate>;

const bytes = z.custom<Uint8Array>(value => value instanceof Uint8Array);

/** A part of the image that is kept, or painted in a style of its own. */
const region = z.object({
  id: name,
  keep: flag,
  /** The name of its style; empty where it is kept. */
  label: text,
  /** An image file: white is inside. Absent while nothing is painted. */
  mask: z.optional(bytes),
});
export type RegionInfo = Of<typeof region>;

/** A region as the page has changed it; the style is chosen by the host. */
const editedRegion = z.object({ id: name, keep: flag, mask: z.optional(bytes) });
export type EditedRegion = Of<typeof editedRegion>;

const snapshot = z.object({
  strings: textsLike(imageEditorStrings),
  locale,
  image,
  /** Newest first. */
  results: z.array(result),
  /** Recent and built-in ones, in the order to show them. */
  styles: z.array(style),
  /** The style to begin with. */
  style: z.optional(name),
  presets: z.array(presetInfo),
  /** Of new paintings. */
  preset,
  look: lookControls,
  /** When the newest painting of this image was asked for, ISO 8601: a style that was chosen before gives way. */
  paintedAt: z.optional(text),
  run: z.optional(run),
  regions: z.array(region),
});
export type EditorSnapshot = Of<typeof snapshot>;

/** Host → page. */
export const readEditorUpdate = messages({
  snapshot: { snapshot },
  /** The file changed on disk. */
  image: { image },
  results: { results: z.array(result) },
  /** `chosen`: the id to choose now; `paintedAt`: see the snapshot's. */
  styles: { styles: z.array(style), chosen: z.optional(text), paintedAt: z.optional(text) },
  run: { run: z.optional(run) },
  /** The answer to a request of this name; absent when there is none. */
  estimate: { estimate: z.optional(estimate) },
  /** A sentence over the picture, for what could not be done; absent takes it away. */
  notice: { notice: z.optional(problem) },
  /** Changed by undo and redo, by a style, or in another editor of the image. */
  regions: { regions: z.array(region) },
  command: { command: z.enum(EDITOR_COMMANDS) },
});
export type EditorUpdate = Read<typeof readEditorUpdate>;

/** Page → host: intentions. */
export const readEditorRequest = messages({
  ready: {},
  pickStyle: {},
  /** `style` absent: the host asks for it. */
  stylize: choice.shape,
  /** All regions as they are now. */
  editRegions: { regions: z.array(editedRegion) },
  pickRegionStyle: { id: name },
  /** What would the choice cost? The picture's own size in pixels goes with it. */
  estimate: { choice, width: amount, height: amount },
  /** Another α/β for the painting at work. */
  retune: { ratio: amount },
  showRun: {},
  openResult: { id: text },
  copied,
  action: { action: text },
  ...drops,
});
export type EditorRequest = Read<typeof readEditorRequest>;
