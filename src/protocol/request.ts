/** What the engine's requests carry. */
import * as z from 'zod/mini';
import { DEVICES, PRECISIONS } from '../backends/device';
import { fieldSchemas } from '../recipe/fieldSchema';
import { fieldsHaving, pickHaving, rowOf, type FieldsHaving } from '../recipe/fields';
import type { Recipe } from '../recipe/recipe';
import { amount, counter, name, text, weights, type Of } from './schema';

/** Choice of the device for a job: the ladder, or one by name. */
const device = z.enum(['auto', ...DEVICES]);
export type DeviceChoice = Of<typeof device>;

const precision = z.enum(PRECISIONS);
export type PrecisionChoice = Of<typeof precision>;

/** Settings of the machine, not of the picture: they do not travel with a recipe. */
export const settings = z.strictObject({
  device,
  /** Threads for the CPU; 0 means all physical cores. */
  threads: counter,
  /** Folder for models, jobs and what was measured about devices. */
  storage: name,
  /** Mirror base URL or folder for model downloads; empty for the original host. */
  mirror: text,
  /** Proxy for downloads, by default that of the environment; empty for none at all. */
  proxy: z.exactOptional(text),
  /** Hosts that are reached without a proxy, with what lies below them. */
  noProxy: z.exactOptional(z.array(text)),
  /** Folder of a TensorFlow to use in place of the one that Atelier installs. */
  tensorflow: z.exactOptional(name),
  /** The NVIDIA card to compute on, by number or UUID; by default the fastest. */
  card: z.exactOptional(text),
  /** Whether it takes turns with the other engines of the machine, as by default, or computes at once. */
  turns: z.exactOptional(z.boolean()),
  /** Whether a card may round products; by default not. */
  precision: z.exactOptional(precision),
  /**
   * Of results that are saved beside their content image, or in a folder: a template (see `outputName`), their format, and
   * the quality of JPEG and WebP, 1 to 100.
   */
  naming: z.exactOptional(
    z.strictObject({
      name,
      format: z.enum(['png', 'jpeg', 'webp']),
      quality: z.int().check(z.minimum(1), z.maximum(100)),
    }),
  ),
  /** Of the pages that are written; `bundle`: file with its texts, by the English ones. English by default. */
  language: z.exactOptional(z.strictObject({ tag: text, bundle: name })),
});
export type EngineSettings = Of<typeof settings>;

type Tunable = FieldsHaving<'tunable'>;

/** Changes to the strengths of a running job; absent fields stay. The layers themselves cannot change. */
export type Tuning = {
  readonly [F in Tunable]?: Recipe[F] extends number ? number : Readonly<Record<string, number>>;
};
export const tuning = z.strictObject(
  Object.fromEntries(
    fieldsHaving('tunable').map(name => [
      name,
      z.exactOptional<z.ZodMiniType>(rowOf(name).type.kind === 'layers' ? weights : amount),
    ]),
  ),
) as unknown as z.ZodMiniType<Tuning>;

const pixels = z.int().check(z.positive());
/** What of a recipe its cost depends on, and the size of the content image. */
export const plan = z.strictObject({
  image: z.strictObject({ width: pixels, height: pixels }),
  ...pickHaving(fieldSchemas, 'costs'),
});
export type PaintingPlan = Of<typeof plan>;

/** What an animated picture of a painting's course looks like. Sides in pixels, times in seconds. */
export const timelineLook = {
  /** Longest side; never larger than the pictures that were kept. */
  size: z.int().check(z.minimum(16), z.maximum(4096)),
  /** From the first picture to the last. */
  seconds: z.number().check(z.minimum(0.1), z.maximum(120)),
  /** How long the last picture stays beside its own time. */
  hold: z.number().check(z.minimum(0), z.maximum(60)),
};
/** `job` is its folder; the ending of `to` says whether it becomes an animated WebP, a GIF or an MP4. */
export const timeline = z.strictObject({ job: name, to: name, ...timelineLook });
export type TimelineRequest = Of<typeof timeline>;

const figure = {
  /** Longest side of each picture in pixels. */
  size: z.int().check(z.minimum(16), z.maximum(4096)),
  /** Optimizer steps for each picture, at least 4. */
  steps: z.exactOptional(z.int().check(z.minimum(4), z.maximum(100_000))),
  model: name,
};

/** A figure that a person asks for; everything else has its default. Images are absolute paths, or `swatch:ID`. */
export const figureInput = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('reconstructions'),
      /** A row for each that is there. */
      content: z.exactOptional(name),
      style: z.exactOptional(name),
      ...figure,
    })
    .check(z.refine(({ content, style }) => (content ?? style) !== undefined)),
  z.strictObject({
    kind: z.literal('tradeoff'),
    content: name,
    /** Several are blended in equal shares. */
    styles: z.array(name).check(z.minLength(1)),
    ...figure,
    /** Whether drafts start from their neighbours (the default) or each by itself. */
    start: z.exactOptional(z.enum(['warm', 'cold'])),
  }),
  /** One image in each of several styles. */
  z.strictObject({
    kind: z.literal('styles'),
    content: name,
    styles: z.array(name).check(z.minLength(1)),
    ...figure,
  }),
  /** A run with less and more style, and with a smaller and a larger style image. */
  z.strictObject({
    kind: z.literal('variations'),
    /** Absolute path of its folder. */
    job: name,
    size: figure.size,
    steps: figure.steps,
  }),
]);
export type FigureInput = Of<typeof figureInput>;
