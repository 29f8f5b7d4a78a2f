import type { GramMap } from '../../nst/gramMap';

/** What can be looked at beside a painting; computed only while someone looks. */
export type StudyKind = 'reconstructions' | 'layers';

/** One of the paper's reconstructions, and how far it is. */
export interface ReconstructionFinding {
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
export interface LayerFinding {
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
  /** Where this layer's loss pulls: a PNG in the job folder, transparent where the gradient is small. */
  readonly pull?: string;
}

export type Finding = ReconstructionFinding | LayerFinding;
