import {
  isAmount,
  isNumber,
  isNumbers,
  isString,
  listOf,
  oneOf,
  optional,
  shaped,
  type Guard,
} from '../../common/guard';

/** One of the paper's reconstructions; `style` ones carry a growing subset of layers. */
export interface Reconstruction {
  readonly id: string;
  readonly kind: 'content' | 'style';
  readonly layers: readonly string[];
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly uri?: string | undefined;
  /** 0 … 1. */
  readonly progress: number;
  /** Loss relative to the start. */
  readonly relativeLoss?: number | undefined;
}

/** A Gram matrix (N x N, mean units) shrunk to size x size cells by averaging, row by row. */
export interface GramMap {
  /** 1 … 128. */
  readonly size: number;
  readonly values: readonly number[];
}

/** What one layer sees and knows. A layer in both parts has one of each kind. */
export interface LayerInsight {
  readonly kind: 'content' | 'style';
  readonly layer: string;
  /** Side in input pixels. */
  readonly receptiveField: number;
  readonly channels: number;
  /** a_l of the style image (of the content image for a content layer). */
  readonly meanActivation: number;
  /** Of style layers. */
  readonly styleGram?: GramMap | undefined;
  readonly resultGram?: GramMap | undefined;
  /** A picture of the gradient's magnitude of this layer's loss, transparent where it is small. */
  readonly gradientOverlay?: string | undefined;
}

export const isReconstruction: Guard<Reconstruction> = shaped<Reconstruction>({
  id: isString,
  kind: oneOf('content', 'style'),
  layers: listOf(isString),
  state: oneOf('waiting', 'running', 'done', 'failed'),
  uri: optional(isString),
  progress: isAmount,
  relativeLoss: optional(isAmount),
});

const isGramMap: Guard<GramMap> = (value): value is GramMap =>
  shaped<GramMap>({ size: isAmount, values: isNumbers })(value) &&
  value.size >= 1 &&
  value.size <= 128 &&
  value.values.length === value.size ** 2;

export const isInsight: Guard<LayerInsight> = shaped<LayerInsight>({
  kind: oneOf('content', 'style'),
  layer: isString,
  receptiveField: isAmount,
  channels: isAmount,
  meanActivation: isNumber,
  styleGram: optional(isGramMap),
  resultGram: optional(isGramMap),
  gradientOverlay: optional(isString),
});
