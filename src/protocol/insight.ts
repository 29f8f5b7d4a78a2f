import * as z from 'zod/mini';
import { amount, counter, loss, name, text, type Of } from './schema';

/** What can be looked at beside a painting; computed only while someone looks. */
export const insightKind = z.enum(['reconstructions', 'layers']);
export type InsightKind = Of<typeof insightKind>;

/** One of the paper's reconstructions, and how far it is. */
const reconstruction = z.object({
  kind: z.literal('reconstruction'),
  id: text,
  of: z.enum(['content', 'style']),
  layers: z.array(text),
  state: z.enum(['waiting', 'running', 'done']),
  /** Relative to the job folder, with forward slashes; another name whenever the picture changes. */
  file: z.exactOptional(name),
  /** 0 … 1. */
  progress: amount,
  /** Loss over that of the white noise it began from. */
  relativeLoss: z.exactOptional(amount),
});
export type ReconstructionInsight = Of<typeof reconstruction>;

/** A Gram matrix in mean units, shrunk to size × size cells by averaging: size² values, row by row. */
const gramMap = z.object({ size: counter, values: z.array(loss) });

/** What one layer sees: of the style and of the painting, or of the content. */
const layer = z.object({
  kind: z.literal('layer'),
  /** A layer in both parts is found twice. */
  of: z.enum(['style', 'content']),
  layer: text,
  /** Side in input pixels. */
  receptiveField: counter,
  channels: counter,
  /** a_l of the style image, or of the content image. */
  meanActivation: z.number(),
  /** Of style layers. */
  styleGram: z.exactOptional(gramMap),
  resultGram: z.exactOptional(gramMap),
  /** Gradient of this layer's loss: a PNG in the job folder, transparent where it is small. */
  gradientOverlay: z.exactOptional(name),
});
export type LayerInsight = Of<typeof layer>;

export const insight = z.discriminatedUnion('kind', [reconstruction, layer]);
export type Insight = Of<typeof insight>;
