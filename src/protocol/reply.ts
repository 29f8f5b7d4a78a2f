/** What the engine's replies carry. */
import * as z from 'zod/mini';
import { DEVICES } from '../backends/device';
import { messageSchema } from '../common/messageSchema';
import { LAYERS } from '../nst/vgg19';
import { amount, counter, name, text, type Of } from './schema';

/** What is known of an image file without decoding all of it. */
export const imageInfo = z.object({
  /** As it is shown, EXIF orientation applied. */
  width: counter,
  height: counter,
  format: text,
  hasAlpha: z.boolean(),
  /** The recipe inside, when Atelier made the image; not validated. */
  recipe: z.optional(z.unknown()),
});
export type ImageInfo = Of<typeof imageInfo>;

/** What a run costs here. */
export const runEstimate = z.object({
  width: counter,
  height: counter,
  model: text,
  steps: counter,
  bytes: amount,
  /** Of computing, where the speed of the chosen device is known. */
  seconds: z.exactOptional(amount),
  /** Longest side of the largest picture of this shape that fits into the memory that is free now. */
  largest: amount,
});
export type RunEstimate = Of<typeof runEstimate>;

/** Whether a device can be used here, and why or why not. */
export const deviceReport = z.object({
  device: z.enum(DEVICES),
  title: text,
  usable: z.boolean(),
  reason: messageSchema,
  /** What to do about it, when something can be done. */
  next: z.exactOptional(messageSchema),
  /** Whether `auto` takes it. */
  chosen: z.boolean(),
  /** Milliseconds of one evaluation of the built-in network at 256², when they are known. */
  ms: z.exactOptional(amount),
  /** Largest relative differences of its losses and of its gradient from the CPU's, when they are known. */
  agreement: z.exactOptional(z.object({ losses: amount, gradient: amount })),
});
export type DeviceReport = Of<typeof deviceReport>;

/** A library or driver that devices depend on, and what was found of it: its version, or what is missing. */
export const runtimeState = z.object({ name: messageSchema, state: messageSchema });
export type RuntimeState = Of<typeof runtimeState>;

/** A network that is there, or could be. */
export const modelListing = z.object({
  name: text,
  title: text,
  /** 'damaged' files cannot be opened; 'available' ones can be downloaded. */
  status: z.enum(['embedded', 'installed', 'damaged', 'available']),
  /** Where it is; absent for what is not installed. */
  file: z.exactOptional(name),
  /** On disk, or to fetch. */
  bytes: amount,
  /** Of an interrupted download: what is there already. */
  receivedBytes: z.exactOptional(amount),
  layers: z.array(z.enum(LAYERS)),
  license: z.exactOptional(text),
  /** Repository and commit, or the file it was imported from. */
  source: z.exactOptional(text),
  /** Why it is damaged. */
  reason: z.exactOptional(messageSchema),
});
export type ModelListing = Of<typeof modelListing>;

/** What a referee says of a saved picture. */
export const refereeReport = z.object({
  /** The network that judged. */
  network: text,
  /** Whether it is another than the one that painted. */
  independent: z.boolean(),
  /** Squared Wasserstein-2 distances of features to the style's, in mean units, by layer. */
  distances: z.record(text, z.number()),
  /** Their mean. */
  distance: z.number(),
  /** The same mean for the content image: what there was to gain. */
  contentDistance: z.number(),
  /** |F − P| / |P| at the content layer. */
  contentError: z.number(),
  /** Share of samples at black or full. */
  clipped: z.number(),
  /** Strength of the colours between 0.08 and 0.25 cycles per pixel over the style's. */
  chroma: z.number(),
});
export type RefereeReport = Of<typeof refereeReport>;
