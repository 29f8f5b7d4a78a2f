import type { GramMap } from '../../nst/gramMap';

/** What can be looked at beside a painting; computed only while someone looks. */
export type InsightKind = 'reconstructions' | 'layers';

/** One of the paper's reconstructions, and how far it is. */
export interface ReconstructionInsight {
  readonly kind: 'reconstruction';
  readonly id: string;
  readonly of: 'content' | 'style';
  readonly layers: readonly string[];
  readonly state: 'waiting' | 'running' | 'done';
  /** Relative to the job folder, with forward slashes; another name whenever the picture changes. */
  readonly file?: string;
  /** 0 … 1. */
  readonly progress: number;
  /** Loss over that of the white noise it began from. */
  readonly relativeLoss?: number;
}

/** What one layer sees: of the style and of the painting, or of the content. */
export interface LayerInsight {
  readonly kind: 'layer';
  /** A layer in both parts is found twice. */
  readonly of: 'style' | 'content';
  readonly layer: string;
  /** Side in input pixels. */
  readonly receptiveField: number;
  readonly channels: number;
  /** a_l of the style image, or of the content image. */
  readonly meanActivation: number;
  /** Of style layers. */
  readonly styleGram?: GramMap;
  readonly resultGram?: GramMap;
  /** Gradient of this layer's loss: a PNG in the job folder, transparent where it is small. */
  readonly gradientOverlay?: string;
}

export type Insight = ReconstructionInsight | LayerInsight;
